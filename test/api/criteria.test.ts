import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
});
afterAll(() => apiClient.close());

const ask = (what: string, body: object) => home.ask("POST", `/criteria/${what}`, body);

describe("the API of criteria", () => {
  it("SA10, SA11: selects by counter and status, previews and explains, and saves nothing", async () => {
    const never = { field: "sale.total", op: "=", value: 0 };
    const made = { statusId: "never", name: "Never bought", ownerType: "company", criteria: never };
    expect((await home.ask("POST", "/status-monitors", made)).status).toBe(201);
    const byCounter = await ask("select", { criteria: never });
    const byStatus = await ask("select", { criteria: { field: "status", op: "hasStatus", value: "never" } });
    expect([byCounter.status, byStatus.status]).toEqual([200, 200]);
    expect(byStatus.body.ids).toEqual(byCounter.body.ids);
    const { body } = await ask("preview", { criteria: never });
    expect(body).toMatchObject({ matches: byCounter.body.ids.length, enter: byCounter.body.ids.length, leave: 0 });
    const none = { field: "status", op: "hasNotStatus", value: "never" };
    expect((await ask("preview", { criteria: none, saved: never })).body).toMatchObject({
      leave: byCounter.body.ids.length,
    });
  });

  it("SA12: counts what a program did only for a comparison that includes it, over the same records", async () => {
    const items = ["answer", "call", "mass", "nothing", "plan"].map((customerId) => ({ customerId, category: "Auto" }));
    await home.ask("POST", "/customers/batch", { items });
    const made = (customerId: string, more: object) => ({
      activityId: `auto-${customerId}`,
      customerId,
      type: "email",
      direction: "out",
      occurredAt: "2026-11-10T09:00:00Z",
      ...more,
    });
    const activities = [
      made("answer", { direction: "in", automatic: true }),
      made("call", { type: "call" }),
      made("mass", { mass: true }),
      made("plan", { type: "task", completed: false, occurredAt: "2026-11-30T09:00:00Z" }),
    ];
    expect((await home.ask("POST", "/activities/batch", { items: activities })).status).toBe(200);
    const own = { field: "category", op: "is", value: "Auto" };
    const found = async (leaf: object) => (await ask("select", { criteria: { all: [own, leaf] } })).body.ids;
    const flag = { includeAutomatic: true };
    const contacted = { field: "activity.total", op: ">", value: 0 };
    expect(await found(contacted)).toEqual(["call"]);
    expect(await found({ ...contacted, includeAutomatic: false })).toEqual(["call"]);
    expect(await found({ ...contacted, ...flag })).toEqual(["answer", "call", "mass"]);
    const never = { field: "activity.email.last", op: "isNull" };
    expect(await found(never)).toEqual(["answer", "call", "mass", "nothing", "plan"]);
    expect(await found({ ...never, ...flag })).toEqual(["call", "nothing", "plan"]);
    const silent = { field: "activity.last", op: "olderThan", value: 10, unit: "days", orNever: true };
    expect(await found(silent)).toEqual(["answer", "call", "mass", "nothing", "plan"]);
    expect(await found({ not: { ...silent, ...flag } })).toEqual([]);

    // Both in one tree, its preview and its explanation; a status keeps the word as it was written.
    const onlyByProgram = { all: [own, { ...contacted, ...flag }, { not: contacted }] };
    expect((await ask("preview", { criteria: onlyByProgram })).body).toMatchObject({
      matches: 2,
      examples: ["answer", "mass"],
    });
    const explained = (await ask("explain", { criteria: onlyByProgram, ownerId: "mass" })).body;
    expect(explained.leaves).toMatchObject([
      { path: "all[0]", truth: true },
      { path: "all[1]", value: 1, truth: true },
      { path: "all[2].not", value: 0, truth: false },
    ]);
    const status = { statusId: "by-program", name: "By a program", ownerType: "company", criteria: onlyByProgram };
    expect((await home.ask("POST", "/status-monitors", status)).body.criteria).toEqual(onlyByProgram);
    for (const field of ["sale.total", "category", "request.total"]) {
      const wrong = await ask("select", { criteria: { field, op: "isNotNull", ...flag } });
      expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "criteria.includeAutomatic" }] } });
    }
  });

  it("previews other criteria of a status against its saved ones, with who would enter and leave", async () => {
    await home.ask("POST", "/customers/batch", {
      items: ["in", "out", "stays"].map((customerId) => ({ customerId, category: customerId })),
    });
    const categories = (...value: string[]) => ({ field: "category", op: "oneOf", value });
    const made = { statusId: "picked", name: "Picked", ownerType: "company", criteria: categories("out", "stays") };
    expect((await home.ask("POST", "/status-monitors", made)).status).toBe(201);
    const asked = { statusId: "picked", criteria: categories("in", "stays") };
    expect((await ask("preview", asked)).body).toMatchObject({
      matches: 2,
      examples: ["in", "stays"],
      enter: 1,
      entering: ["in"],
      leave: 1,
      leaving: ["out"],
    });
    expect((await home.ask("GET", "/status-monitors/picked")).body.criteria).toEqual(made.criteria);
    expect((await ask("preview", { statusId: "none", criteria: categories("in") })).status).toBe(404);
    const circle = { statusId: "picked", criteria: { field: "categry", op: "isNull" } };
    expect((await ask("preview", circle)).status).toBe(422);
    expect((await home.ask("GET", "/status-monitors/picked/regeneration")).body).toEqual({
      isPending: true,
      partsDone: 0,
      parts: 16,
      customers: 0,
      matches: 0,
      failure: null,
    });
  });

  it("previews those of a status for its owners, and refuses what contradicts it", async () => {
    const criteria = { field: "revenue", op: ">", value: 7 };
    const made = { statusId: "large", name: "Large", ownerType: "project", criteria };
    expect((await home.ask("POST", "/status-monitors", made)).status).toBe(201);
    expect((await ask("preview", { statusId: "large" })).body).toMatchObject({ owners: 0, enter: 0, leave: 0 });
    expect((await ask("preview", {})).body.errors).toMatchObject([{ path: "criteria", code: "missing" }]);
    for (const ownerType of [{}, { ownerType: "project" }])
      expect((await ask("preview", { statusId: "large", criteria, ...ownerType })).status).toBe(200);
    const contradicting = { statusId: "large", criteria, ownerType: "company", saved: criteria };
    expect(await ask("preview", contradicting)).toMatchObject({
      status: 422,
      body: {
        errors: [
          { path: "ownerType", message: "company does not go with a status of a project" },
          { path: "saved", message: "does not go with statusId: the status has saved criteria" },
        ],
      },
    });
  });

  it("refuses criteria with path, value and what is allowed, and an owner that there is not", async () => {
    expect(await ask("select", {})).toMatchObject({ status: 422, body: { errors: [{ path: "criteria" }] } });
    expect(await ask("select", { criteria: { all: [{ field: "nmae", op: "isNull" }] } })).toMatchObject({
      status: 422,
      body: {
        type: "unusable-criteria",
        errors: [
          {
            path: "criteria.all[0].field",
            code: "unknown-field",
            message: '"nmae" is no field of a company: did you mean name? Allowed: fields like name',
          },
        ],
      },
    });
    const criteria = { field: "name", op: "isNotNull" };
    expect(await ask("explain", { criteria, ownerId: "nobody" })).toMatchObject({
      status: 404,
      body: { type: "unknown-company" },
    });
    expect((await ask("entering", { criteria, days: 0 })).status).toBe(422);
    expect((await ask("select", { criteria, asOf: "2999-01-01" })).body).toMatchObject({ type: "not-over" });
  });
});
