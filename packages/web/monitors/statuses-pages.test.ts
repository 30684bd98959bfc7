import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import {
  customerIdSchema,
  personIdSchema,
  projectIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { setPicture } from "@regulars/flows/monitors/save-monitor";
import { settleChanged } from "@regulars/flows/monitors/settle-changed";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { monitorContextOf } from "../../../test/fixtures/monitor-context.ts";
import { PIXEL, PIXEL_ID } from "../../../test/fixtures/pixel.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { MOST_HOLDERS } from "./statuses-pages.ts";

const ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;";
const NOW = Date.parse("2026-11-23T10:00:00Z");

/** The pages of a new tenant. */
async function pagesOf(testTenant: TestTenant): Promise<ReturnType<typeof aConsole>> {
  const { table, tenant } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  return aConsole(runtime);
}

const save = ({ store }: TestTenant, statusId: string, more: object) =>
  store.monitors.create(
    newMonitor(
      monitorIdSchema.parse(statusId),
      newMonitorSchema.parse({ name: statusId, ownerType: "company", ...more }),
    ),
  );

const settle = ({ tenant, store }: TestTenant) =>
  settleChanged({
    tenant,
    catalog: builtInInsights,
    store,
    now: toInstant(NOW),
    newId: () => "1",
    isEverybody: true,
  });

describe("the page of statuses", () => {
  let testTenant: TestTenant;
  let pages: ReturnType<typeof aConsole>;
  let page: string;
  const path = (more = ""): string => `/statuses/${testTenant.tenant.tenantId}${more}`;
  /** The part of the page about one monitor. */
  const partOf = (heading: string): string =>
    page.split("<section").find((part) => part.includes(`<bdi>${heading}</bdi></h2>`)) ?? "";

  beforeAll(async () => {
    testTenant = aTenantStore();
    pages = await pagesOf(testTenant);
    const { store } = testTenant;
    await store.imports.saveUsers([{ userId: userIdSchema.parse("anna"), name: `Anna ${HOSTILE}`, role: "rep" }]);
    await store.imports.saveCustomers([
      { customerId: customerIdSchema.parse("acme"), name: `Acme ${HOSTILE}`, category: "Customer" },
      { customerId: customerIdSchema.parse("rep"), category: "Customer", repId: userIdSchema.parse("anna") },
      { customerId: customerIdSchema.parse("lead"), name: "Lead", category: "Prospect" },
      ...Array.from({ length: MOST_HOLDERS }, (_, i) => ({
        customerId: customerIdSchema.parse(`c${i}`),
        category: "Crowd",
      })),
    ]);
    const criteria = { field: "category", op: "is", value: "Customer" };
    await save(testTenant, "pictured", {
      name: `Pictured ${HOSTILE}`,
      rank: 20,
      level: "high",
      description: `<name> since <sinc>, ask <cont>`,
      criteria,
    });
    await save(testTenant, "uses", {
      rank: 10,
      isVisual: false,
      criteria: { field: "status", op: "hasStatus", value: "pictured" },
    });
    await save(testTenant, "crowd", { rank: 30, criteria: { field: "category", op: "isNotNull" } });
    await save(testTenant, "draft", { rank: 40 });
    await save(testTenant, "paused", { rank: 50, isActive: false, criteria });
    const context = monitorContextOf(testTenant, toInstant(NOW));
    const bytes = new Uint8Array(Buffer.from(PIXEL, "base64"));
    await setPicture(context, "pictured", { bytes, altText: `A cobweb ${HOSTILE}`, idOf: () => PIXEL_ID });
    await settle(testTenant);
    await save(testTenant, "pending", { rank: 60, criteria });
    page = await textOf(await pages.request(path()));
  });

  it("SA02, SA03: shows who has a status with day, text and the card's picture, all escaped", () => {
    expect(page).not.toContain("<script>");
    const part = partOf(`Pictured ${ESCAPED}`);
    expect(part).toContain("▲ High");
    expect(part).toContain("rank 20");
    expect(part).toContain("<bdi>The category is Customer.</bdi>");
    expect(part).toContain("2 customers have it.");
    expect(part).toContain(
      `<summary title="Acme ${ESCAPED} since 2026-11-23, ask Acme Foods"> <span><bdi>Acme ${ESCAPED}`,
    );
    expect(part).toContain(`<p><bdi>rep since 2026-11-23, ask Anna ${ESCAPED}</bdi></p>`);
    expect(part).toContain('<time datetime="2026-11-23">');
    expect(part).toContain(`alt="A cobweb ${ESCAPED}"`);
    expect(part).not.toContain("Lead");
    const card = `src="${path(`/pictures/${PIXEL_ID}`)}"`;
    // Its own, and on the cards of its two customers; the status of the lowest rank gives them none.
    expect(part.split(card)).toHaveLength(4);
    expect(partOf("uses").split(card)).toHaveLength(3);
  });

  it("has the lowest rank first, names other statuses, and says what is pending, paused or a draft", () => {
    const headings = [...page.matchAll(/<h2 id="status-\d+"><bdi>(.*?)<\/bdi>/g)].map(([, name = ""]) => name);
    expect(headings).toEqual(["uses", `Pictured ${ESCAPED}`, "crowd", "draft", "paused", "pending"]);
    expect(partOf("uses")).toContain(`<bdi>It has the status Pictured ${ESCAPED}.</bdi>`);
    expect(partOf("draft")).toContain("A draft without criteria: nobody has it.");
    expect(partOf("paused")).toContain("paused: nobody has it");
    expect(page.split("Being evaluated anew")).toHaveLength(2);
    expect(partOf("pending")).toContain("Being evaluated anew");
    expect(partOf("pending")).toContain("0 customers have it.");
  });

  it("scenario 11: gives the picture of the smaller id to every card, of two statuses of one rank", async () => {
    const criteria = { field: "category", op: "is", value: "Customer" };
    for (const order of [
      ["a", "b"],
      ["b", "a"],
    ]) {
      const tenantStore = aTenantStore();
      const ownPages = await pagesOf(tenantStore);
      const { tenant, store } = tenantStore;
      await store.imports.saveCustomers([{ customerId: customerIdSchema.parse("acme"), category: "Customer" }]);
      const context = monitorContextOf(tenantStore, toInstant(NOW));
      const bytes = new Uint8Array(Buffer.from(PIXEL, "base64"));
      for (const statusId of order) {
        await save(tenantStore, statusId, { rank: 1, criteria });
        await setPicture(context, statusId, { bytes, altText: `of ${statusId}`, idOf: () => statusId.repeat(64) });
      }
      await settle(tenantStore);
      const shown = await textOf(await ownPages.request(`/statuses/${tenant.tenantId}`));
      // Each status has its own in its heading; the card is in both parts.
      const counts = ["a", "b"].map((statusId) => shown.split(`/pictures/${statusId.repeat(64)}`).length - 1);
      expect(counts).toEqual([3, 1]);
    }
  });

  it("counts all who have a status and lists the newest 50", () => {
    expect(partOf("crowd")).toContain("53 customers have it.");
    expect(partOf("crowd").split("<summary")).toHaveLength(51);
    expect(partOf("crowd")).toContain("The newest 50 are shown.");
  });

  it("SA02: serves a picture as nothing but a picture, to its tenant alone", async () => {
    const answer = await pages.request(path(`/pictures/${PIXEL_ID}`));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect(Buffer.from(await answer.arrayBuffer()).toString("base64")).toBe(PIXEL);
    const other = aTenantStore();
    const otherPages = await pagesOf(other);
    const { tenantId } = other.tenant;
    expect((await otherPages.request(`/statuses/${tenantId}/pictures/${PIXEL_ID}`)).status).toBe(404);
    expect((await pages.request(path("/pictures/%3Cscript%3E"))).status).toBe(404);
    expect((await pages.request("/statuses/none")).status).toBe(404);
  });

  it("names a status that cannot be read with the reason, and draws all others", async () => {
    const torn = aTenantStore();
    const { tenant, operations, keys } = torn;
    const criteria = { field: "category", op: "is", value: "Customer" };
    for (const statusId of ["torn", "whole"]) await save(torn, statusId, { criteria });
    const key = keys.monitor(monitorIdSchema.parse("torn"));
    await operations.put({ ...(await operations.get(key)), ...key, criteria: { all: 7 } });
    const own = await pagesOf(torn);
    const [shown, editor] = await Promise.all(
      ["", "/edit/torn"].map(async (at) => textOf(await own.request(`/statuses/${tenant.tenantId}${at}`))),
    );
    const reason = /role="alert">\s*<bdi>torn<\/bdi> cannot be read: <bdi>criteria/;
    expect([shown, editor]).toEqual([expect.stringMatching(reason), expect.stringMatching(reason)]);
    expect(shown).toContain("<bdi>The category is Customer.</bdi>");
    expect(shown).not.toContain("A draft without criteria");
  });

  it("says how to begin while there is none, and that the edition basic has none", async () => {
    const empty = aTenantStore();
    const { tenantId } = empty.tenant;
    const answer = await (await pagesOf(empty)).request(`/statuses/${tenantId}`);
    expect(await textOf(answer)).toContain(
      `npx regulars status create sleeping --preset sleeping --tenant ${tenantId}</code>`,
    );
    const basic = aTenantStore({ edition: "basic" });
    const refused = await (await pagesOf(basic)).request(`/statuses/${basic.tenant.tenantId}`);
    expect([refused.status, await textOf(refused)]).toEqual([
      403,
      expect.stringContaining("Status monitors are part of the editions pro and enterprise"),
    ]);
  });
});

describe("a status of a person or a project", () => {
  it("names its owner, also in the name of the follow-up's button; without a name it is the id", async () => {
    const testTenant = aTenantStore();
    const pages = await pagesOf(testTenant);
    const { tenant, store } = testTenant;
    const customerId = customerIdSchema.parse("acme");
    await store.imports.saveCustomers([{ customerId, name: "Acme" }]);
    await store.imports.savePersons([
      { personId: personIdSchema.parse("p-17"), customerId, name: `Bob ${HOSTILE}` },
      { personId: personIdSchema.parse("p-18"), customerId },
    ]);
    await store.imports.saveProjects([{ projectId: projectIdSchema.parse("j-17"), customerId, name: "The pier" }]);
    const isThere = { any: ["isNull", "isNotNull"].map((op) => ({ field: "name", op })) };
    await save(testTenant, "man", { ownerType: "person", criteria: isThere });
    await save(testTenant, "work", { ownerType: "project", criteria: isThere });
    await settle(testTenant);
    const page = await textOf(await pages.request(`/statuses/${tenant.tenantId}`));
    for (const [status, type, name] of [
      ["man", "person", `Bob ${ESCAPED}`],
      ["man", "person", "p-18"],
      ["work", "project", "The pier"],
    ]) {
      expect(page).toContain(`<bdi>Acme</bdi>: ${type} <bdi>${name}</bdi>`);
      expect(page).toContain(`aria-label="Make a follow-up of ${status} for ${name}"`);
    }
  });
});

describe("the follow-up of a status by hand", () => {
  const FORM = { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" };

  it("SA04: is made by a button of who has the status, once, and shown to its user", async () => {
    const testTenant = aTenantStore();
    const pages = await pagesOf(testTenant);
    const { tenant, store } = testTenant;
    const anna = userIdSchema.parse("anna");
    await store.imports.saveUsers([{ userId: anna, name: "Anna", role: "rep" }]);
    await store.imports.saveCustomers([
      { customerId: customerIdSchema.parse("acme"), name: "Acme", category: "Customer", repId: anna },
    ]);
    const criteria = { field: "category", op: "is", value: "Customer" };
    await save(testTenant, "good", { criteria, followUp: { type: "call", textTemplate: "Call <name>" } });
    const path = `/statuses/${tenant.tenantId}`;
    const waiting = await textOf(await pages.request(path));
    expect(waiting).toContain("0 of 16 parts, 0 customers so far. Old values are shown.");
    await settle(testTenant);
    const page = await textOf(await pages.request(path));
    expect(page).toContain(">Make a follow-up</button>");
    expect(page).not.toContain("of 16 parts");
    const send = async (ownerId: string) =>
      pages.request(`${path}/follow-ups/good/company/${ownerId}`, { method: "POST", headers: FORM, body: "" });
    for (const _ of [1, 2]) {
      const sent = await send("acme");
      expect(sent.status).toBe(303);
      const shown = await textOf(await pages.request(sent.headers.get("location") ?? ""));
      expect(shown).toContain("The follow-up is made: <bdi>call, due on Nov 23, 2026: Call Acme</bdi>");
    }
    expect(await store.followUps.openOf(anna)).toHaveLength(1);
    const refused = await send("nobody");
    expect([refused.status, await textOf(refused)]).toEqual([
      422,
      expect.stringContaining("Company nobody does not have the status good now."),
    ]);
  });
});
