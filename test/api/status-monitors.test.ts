import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { toInstant } from "@regulars/core/platform/values";
import { settleChanged } from "@regulars/flows/monitors/settle-changed";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { Operations } from "@regulars/store/engine/operations";
import { noUsage } from "@regulars/store/engine/table";
import { keysOf } from "@regulars/store/keys";
import { openTenantStore } from "@regulars/store/tenant-store";
import { ok } from "@regulars/core/platform/result";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { PIXEL } from "../fixtures/pixel.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
});
afterAll(() => apiClient.close());

const sleeping = { field: "category", op: "is", value: "Customer" };
const create = (body: object) => home.ask("POST", "/status-monitors", body);
const idsOf = async (query = ""): Promise<string[]> =>
  (await home.ask("GET", `/status-monitors?limit=200${query}`)).body.data.map(
    ({ statusId }: { statusId: string }) => statusId,
  );

describe("the API of status monitors", () => {
  it("SA01 scenario 11: has monitors of companies, persons and projects, the lowest rank first, equals by id", async () => {
    for (const [statusId, ownerType, rank] of [
      ["b", "company", 5],
      ["a", "person", 5],
      ["c", "project", 1],
    ] as const)
      expect((await create({ statusId, name: `Status ${statusId}`, ownerType, rank })).status).toBe(201);
    expect(await idsOf()).toEqual(["c", "a", "b"]);
    expect(await idsOf("&ownerType=person")).toEqual(["a"]);
    expect(await create({ name: "Other", ownerType: "order" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "ownerType" }] },
    });
  });

  it("SA18: takes picture, follow-up, criteria and description in any order", async () => {
    const steps: Readonly<Record<string, (statusId: string) => Promise<{ status: number }>>> = {
      picture: (id) => home.ask("PUT", `/status-monitors/${id}/picture`, { content: PIXEL, altText: "A cobweb" }),
      followUp: (id) =>
        home.ask("PATCH", `/status-monitors/${id}`, { followUp: { type: "call", textTemplate: "Call <name>" } }),
      criteria: (id) => home.ask("PATCH", `/status-monitors/${id}`, { criteria: sleeping }),
      text: (id) => home.ask("PATCH", `/status-monitors/${id}`, { description: "<name> sleeps" }),
    };
    const made: unknown[] = [];
    for (const [number, order] of [
      ["picture", "followUp", "criteria", "text"],
      ["text", "criteria", "followUp", "picture"],
      ["criteria", "picture", "text", "followUp"],
    ].entries()) {
      const id = `steps${number}`;
      await create({ statusId: id, name: "Sleeping", ownerType: "company" });
      for (const step of order) expect((await steps[step]?.(id))?.status).toBe(200);
      const { statusId: _id, ...rest } = (await home.ask("GET", `/status-monitors/${id}`)).body;
      made.push(rest);
    }
    expect(made[0]).toMatchObject({
      picture: { altText: "A cobweb", width: 1, height: 1, type: "image/png" },
      followUp: { type: "call", textTemplate: "Call <name>", mode: "by-hand" },
      criteria: sleeping,
      description: "<name> sleeps",
      version: 5,
    });
    expect(made[1]).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
  });

  it("SA02: serves a picture under its own address, as nothing but a picture, for ever", async () => {
    await create({ statusId: "pictured", name: "Pictured", ownerType: "company" });
    const { body } = await home.ask("PUT", "/status-monitors/pictured/picture", {
      content: PIXEL,
      altText: "A cobweb",
    });
    const reply = await apiClient.ask(body.picture.path, { as: home.manager });
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=31536000, immutable",
    });
    expect(Buffer.from(await reply.arrayBuffer()).toString("base64")).toBe(PIXEL);
    const gone = await home.ask("DELETE", "/status-monitors/pictured/picture");
    expect(gone.body.picture).toBeNull();
  });

  it.each([
    ["HTML with a PNG's name", { content: Buffer.from("<html>").toString("base64"), altText: "x" }, "content"],
    ["an SVG", { content: Buffer.from("<svg/>").toString("base64"), altText: "x" }, "content"],
    ["no base64", { content: "!", altText: "x" }, "content"],
    ["no alternative text", { content: PIXEL, altText: " " }, "altText"],
    ["a text that cannot be stored", { content: PIXEL, altText: "A\ud800" }, "altText"],
  ])("SA02: refuses a picture that is %s, and keeps the former one", async (_name, picture, path) => {
    const id = "refusals";
    await create({ statusId: id, name: "Refusals", ownerType: "company" });
    await home.ask("PUT", `/status-monitors/${id}/picture`, { content: PIXEL, altText: "A cobweb" });
    expect(await home.ask("PUT", `/status-monitors/${id}/picture`, picture)).toMatchObject({
      status: 422,
      body: { errors: [{ path }] },
    });
    expect((await home.ask("GET", `/status-monitors/${id}`)).body.picture.altText).toBe("A cobweb");
  });

  it("SA05: has the type and the text of its follow-up, and warns of what is no variable", async () => {
    const followUp = { type: "call", textTemplate: "Call <name> (<cpho>) about <xyzq>", mode: "automatic" };
    const { body } = await create({ statusId: "told", name: "Told", ownerType: "company", followUp });
    expect(body.followUp).toEqual(followUp);
    expect(body.warnings).toEqual(["followUp.textTemplate: <xyzq> is no variable of a company: it stays as it is"]);
    expect(await home.ask("PATCH", "/status-monitors/told", { description: "Call <name" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "description", message: expect.stringContaining("character 6") }] },
    });
    expect((await home.ask("PATCH", "/status-monitors/told", { followUp: null })).body.followUp).toBeNull();
  });

  it("deletes softly and restores; a status that others ask for stays, with their names", async () => {
    await create({ statusId: "base", name: "Base", ownerType: "company", criteria: sleeping });
    const uses = { field: "status", op: "hasNotStatus", value: "base" };
    await create({ statusId: "user", name: "Not in base", ownerType: "company", criteria: uses });
    const refused = await home.ask("DELETE", "/status-monitors/base");
    expect([refused.status, refused.body.type]).toEqual([409, "status-in-use"]);
    expect(refused.body.detail).toContain("Not in base");
    expect((await home.ask("DELETE", "/status-monitors/user")).body.deletedAt).not.toBeNull();
    expect((await home.ask("DELETE", "/status-monitors/base")).status).toBe(200);
    expect(await idsOf()).not.toContain("base");
    expect(await idsOf("&deleted=true")).toContain("base");
    expect((await home.ask("POST", "/status-monitors/base:restore")).body.deletedAt).toBeNull();
    expect(await idsOf()).toContain("base");
  });

  it("deletes no status that a selection asks for, and restores none before those that it asks for", async () => {
    const asks = (value: string) => ({ not: { field: "status", op: "hasStatus", value } });
    await create({ statusId: "root", name: "Root", ownerType: "person", criteria: { field: "name", op: "isNotNull" } });
    await create({ statusId: "leaf", name: "Leaf", ownerType: "person", criteria: asks("root") });
    const selection = { name: "Without leaf", ownerType: "person", criteria: asks("leaf") };
    const { selectionId } = (await home.ask("POST", "/selections", selection)).body;
    const refused = await home.ask("DELETE", "/status-monitors/leaf");
    expect([refused.status, refused.body.type]).toEqual([409, "status-in-use"]);
    expect(refused.body.detail).toBe("Leaf is asked for by Without leaf: change these first");
    expect((await home.ask("DELETE", `/selections/${selectionId}`)).status).toBe(200);
    for (const statusId of ["leaf", "root"])
      expect((await home.ask("DELETE", `/status-monitors/${statusId}`)).status).toBe(200);
    const early = await home.ask("POST", "/status-monitors/leaf:restore");
    expect([early.status, early.body.type]).toEqual([409, "asks-for-deleted"]);
    expect(early.body.detail).toBe("Leaf asks for Root, which is deleted: restore that first");
    for (const statusId of ["root", "leaf"])
      expect((await home.ask("POST", `/status-monitors/${statusId}:restore`)).body.deletedAt).toBeNull();
  });

  it("refuses to overwrite what somebody else has saved, ids that are taken, and unknown ones", async () => {
    await create({ statusId: "mine", name: "Mine", ownerType: "company" });
    expect((await create({ statusId: "mine", name: "Mine", ownerType: "company" })).status).toBe(409);
    expect((await home.ask("PATCH", "/status-monitors/mine", { version: 9, rank: 1 })).status).toBe(409);
    expect((await home.ask("PATCH", "/status-monitors/none", { rank: 1 })).status).toBe(404);
    expect((await home.ask("PATCH", "/status-monitors/mine", { criteria: { all: [] } })).status).toBe(422);
  });

  it("has a number for each of several that are created at once, which a change and a repetition leave as it is", async () => {
    const ids = ["n1", "n2", "n3", "n4"];
    const made = (statusId: string) => ({ statusId, name: statusId, ownerType: "company" });
    const answers = await Promise.all(ids.map((statusId) => create(made(statusId))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { monitors } = openTenantStore(apiClient.runtime.table, home.tenant);
    const numbers = async () => {
      const known = await monitors.monitors();
      return known.map(({ statusId, number }) => [statusId, number] as const);
    };
    const before = await numbers();
    expect(new Set(before.map(([, number]) => number)).size).toBe(before.length);
    expect(Math.max(...before.map(([, number]) => number ?? Infinity))).toBe(before.length);
    expect((await create(made("n1"))).status).toBe(409);
    expect((await home.ask("PATCH", "/status-monitors/n2", { rank: 7 })).status).toBe(200);
    expect(new Map(await numbers())).toEqual(new Map(before));
    expect((await home.ask("GET", "/status-monitors/n2")).body).not.toHaveProperty("number");
  });

  it("names one that cannot be read, and takes it saved anew or deleted; its number stays taken", async () => {
    const table = apiClient.runtime.table;
    const { monitors } = openTenantStore(table, home.tenant);
    const operations = new Operations(table, noUsage());
    const newest = async () => Math.max(...(await monitors.monitors()).map(({ number = 0 }) => number));
    for (const statusId of ["torn", "bare"]) {
      await create({ statusId, name: "Torn", ownerType: "company", criteria: sleeping, rank: 3 });
      const key = keysOf(home.tenant.tenantId).monitor(monitorIdSchema.parse(statusId));
      const { version, ...item } = (await operations.get(key)) ?? {};
      await operations.put({ ...item, ...key, ...(statusId === "torn" ? { version, rank: "first" } : {}) });
    }
    const before = await newest();
    const torn = (await home.ask("GET", "/status-monitors?limit=200")).body.data.filter(
      (one: { readonly unreadable?: string }) => one.unreadable !== undefined,
    );
    expect(torn).toMatchObject([
      { statusId: "bare", unreadable: expect.stringMatching(/^version: /) },
      { statusId: "torn", name: "Torn", rank: 100, unreadable: expect.stringMatching(/^rank: /) },
    ]);
    expect((await create({ statusId: "after", name: "After", ownerType: "company" })).status).toBe(201);
    expect(await newest()).toBe(before + 1);
    const mended = await home.ask("PATCH", "/status-monitors/torn", { rank: 4 });
    expect(mended).toMatchObject({ status: 200, body: { rank: 4, criteria: sleeping } });
    expect(mended.body).not.toHaveProperty("unreadable");
    expect((await home.ask("DELETE", "/status-monitors/bare")).body.deletedAt).not.toBeNull();
    expect((await home.ask("POST", "/status-monitors/bare:restore")).body).toMatchObject({ name: "Torn", rank: 3 });
  });

  it("refuses a circle over three statuses with the way, and takes one that is used twice", async () => {
    const uses = (...values: readonly string[]) => ({
      all: values.map((value) => ({ field: "status", op: "hasStatus", value })),
    });
    await create({ statusId: "c1", name: "C1", ownerType: "company", criteria: sleeping });
    await create({ statusId: "c2", name: "C2", ownerType: "company", criteria: uses("c1") });
    await create({ statusId: "c3", name: "C3", ownerType: "company", criteria: uses("c1") });
    expect(
      (await create({ statusId: "c4", name: "C4", ownerType: "company", criteria: uses("c2", "c3") })).status,
    ).toBe(201);
    const refused = await home.ask("PATCH", "/status-monitors/c1", { criteria: uses("c4") });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "criteria.all[0].value" }] } });
    expect((await home.ask("GET", "/status-monitors/c1")).body.criteria).toEqual(sleeping);
  });

  it("SA02, SA03: shows who has a status, lowest rank first, with text and picture", async () => {
    await home.ask("POST", "/customers/batch", {
      items: [{ customerId: "acme", name: "Acme & Sons", category: "Customer" }],
    });
    for (const [statusId, rank] of [
      ["z-card", 0],
      ["y-card", 0],
    ] as const)
      await create({
        statusId,
        name: statusId,
        ownerType: "company",
        rank,
        description: "<name> <sinc>",
        criteria: sleeping,
      });
    await home.ask("PUT", "/status-monitors/y-card/picture", { content: PIXEL, altText: "A cobweb" });
    const { tenant } = home;
    const store = openTenantStore(apiClient.runtime.table, tenant);
    const now = toInstant(apiClient.clock.nowMs);
    await settleChanged({ tenant, catalog: builtInInsights, store, now, newId: () => "1", isEverybody: true });
    const { body } = await home.ask("GET", "/customers/acme/statuses");
    expect(body.data.slice(0, 2)).toMatchObject([
      { statusId: "y-card", ownerType: "company", ownerId: "acme", picture: { altText: "A cobweb" }, isPending: false },
      { statusId: "z-card", text: "Acme & Sons 2026-11-23", since: "2026-11-23", picture: null },
    ]);
    expect((await home.ask("GET", "/customers/none/statuses")).status).toBe(404);
  });

  it("SA21: are for the editions pro and enterprise", async () => {
    const directory = openTenantDirectory(apiClient.runtime.table);
    const setEdition = (edition: "basic" | "pro") =>
      directory.revise(home.tenant.tenantId, (stored) => ok({ ...stored, edition }));
    await setEdition("basic");
    for (const [method, path, body] of [
      ["GET", "/status-monitors"],
      ["GET", "/status-monitors/told"],
      ["POST", "/status-monitors", { name: "New", ownerType: "company" }],
      ["PATCH", "/status-monitors/told", { rank: 1 }],
      ["DELETE", "/status-monitors/told"],
    ] as const)
      expect(await home.ask(method, path, body)).toMatchObject({
        status: 403,
        body: { type: "feature-not-in-edition" },
      });
    await setEdition("pro");
    expect((await home.ask("GET", "/status-monitors/told")).status).toBe(200);
  });
});
