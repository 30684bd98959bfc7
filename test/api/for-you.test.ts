import { day, toInstant } from "@regulars/core/platform/values";
import { aboutCustomer } from "@regulars/core/insights/subject";
import { anOrder } from "@regulars/core/testing";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, DESK_NOW, type ProblemBody, bodyOf, anApiClient } from "../fixtures/api-client.ts";
import { type ApiWorld, anApiWorld } from "../fixtures/api-world.ts";

/** The For You page over HTTP: who sees whose, and what people say of findings. */

interface Page {
  readonly scope: string;
  readonly forYou: {
    readonly ranked: readonly { readonly id: string; readonly state: string }[];
    readonly setAside: readonly { readonly id: string; readonly state: string; readonly dismissedUntil?: string }[];
  };
  readonly insights: { readonly weeklySales: object; readonly lowestPerformers: object };
}

let desk: ApiTestClient;
let world: ApiWorld;

beforeAll(async () => {
  desk = await anApiClient();
});

afterAll(() => desk.close());

beforeEach(async () => {
  world = await anApiWorld(desk);
});

const pageOf = async (as: string, query = "") => bodyOf<Page>(await desk.ask(`/v1/for-you${query}`, { as }));
const statusOf = async (as: string, path: string) => (await desk.ask(path, { as })).status;
const ids = ({ forYou }: Page) => forYou.ranked.map(({ id }) => id).toSorted();

const ACME = ["churn-risk:acme", "overdue-payments:acme"];
const COVE = ["churn-risk:cove", "overdue-payments:cove"];

describe("GET /v1/for-you", () => {
  it("FY01 gives a rep the own scope only, a manager the team, an admin everybody", async () => {
    const { anna, bo, max, ada } = world.tokens;
    expect(ids(await pageOf(anna))).toEqual(ACME);
    expect(ids(await pageOf(bo))).toEqual(COVE);
    expect(ids(await pageOf(max))).toEqual(ACME);
    expect(ids(await pageOf(ada))).toEqual([...ACME, ...COVE].toSorted());
    expect(ids(await pageOf(ada, "?userId=bo"))).toEqual(COVE);
    expect(ids(await pageOf(ada, "?teamId=south"))).toEqual(COVE);
    expect(ids(await pageOf(world.machineKey, "?userId=anna"))).toEqual(ACME);
    expect((await pageOf(ada, "?limit=1")).forYou).toMatchObject({ ranked: [{ rank: 1 }], counts: { ranked: 4 } });
  });

  it("FY01 hides from a rep whose page, team and territory are another's", async () => {
    const { anna, max } = world.tokens;
    for (const path of ["?userId=bo", "?teamId=south", "?teamId=north", "?territoryId=x"])
      expect([path, await statusOf(anna, `/v1/for-you${path}`)]).toEqual([path, 404]);
    expect(await statusOf(anna, "/v1/for-you/orders?userId=bo")).toBe(404);
    expect(ids(await pageOf(max, "?teamId=north"))).toEqual(ACME);
    expect(await statusOf(max, "/v1/for-you?teamId=south")).toBe(404);
    expect(await statusOf(world.machineKey, "/v1/for-you")).toBe(400);
    expect(await statusOf(max, "/v1/for-you?teamId=north&userId=anna")).toBe(422);
  });

  it("FY03 answers 403 where the plan has no For You, page and orders alike", async () => {
    await openTenantDirectory(desk.runtime.table).change(world.tenant.tenantId, { plan: "basic" });
    for (const path of [
      "/v1/for-you",
      "/v1/for-you/orders",
      "/v1/findings",
      "/v1/findings?asOf=2026-09-25",
      "/v1/findings/churn-risk:acme",
      "/v1/insights/precision",
      "/v1/insights/ended?since=2026-09-25",
    ]) {
      const reply = await desk.ask(path, { as: world.tokens.ada });
      expect([path, await bodyOf<ProblemBody>(reply)]).toMatchObject([
        path,
        { status: 403, type: "feature-not-in-plan" },
      ]);
    }
    for (const [what, body] of [
      ["dismissal", {}],
      ["feedback", { verdict: "useful" }],
    ] as const) {
      const reply = await desk.ask(`/v1/findings/churn-risk:acme/${what}`, {
        method: "PUT",
        as: world.tokens.anna,
        body,
      });
      expect([what, reply.status]).toEqual([what, 403]);
    }
    const card = await desk.ask("/v1/customers/acme", { as: world.tokens.anna });
    expect(await bodyOf<object>(card)).toMatchObject({ findings: [] });
  });

  it("FY08, FY24 has two sections, of which GP% is absent without price editing, and 404 when it is asked for", async () => {
    const page = await pageOf(world.tokens.anna);
    expect(Object.keys(page)).toEqual(["asOf", "scope", "forYou", "insights"]);
    expect(JSON.stringify(page.insights)).not.toMatch(/gpPct|grossProfit/);
    expect(await statusOf(world.tokens.anna, "/v1/for-you?lowest=gpPct")).toBe(404);
    const invoiced = await pageOf(world.tokens.anna, "?basis=invoice");
    expect(invoiced.insights).toMatchObject({ weeklySales: { basis: "invoice" } });
    await openTenantDirectory(desk.runtime.table).change(world.tenant.tenantId, { priceEditing: true });
    const withGp = await pageOf(world.tokens.anna, "?lowest=gpPct&window=90");
    expect(withGp.insights).toMatchObject({
      weeklySales: { grossProfit: { gpPct: null } },
      lowestPerformers: { metric: "gpPct", windowDays: 90 },
    });
  });

  it("FY21 shows the day's orders with the phone of whoever started them", async () => {
    const [order] = [anOrder({ on: "2026-11-23", orderId: "NEW", customerId: "acme" })];
    const startedBy = (await world.store.night.users()).find(({ userId }) => userId === "anna")?.userId;
    if (order === undefined || startedBy === undefined) throw new Error("anna is gone");
    await world.store.intake.saveOrders([{ ...order, startedBy, orderedAt: toInstant(DESK_NOW) }]);
    const asked = await bodyOf<object>(await desk.ask("/v1/for-you/orders", { as: world.tokens.anna }));
    expect(asked).toMatchObject({
      day: "2026-11-23",
      isCurrent: true,
      orders: [{ orderId: "NEW", startedBy: { userId: "anna", phone: null } }],
    });
    const past = await bodyOf<object>(await desk.ask("/v1/for-you/orders?day=2026-08-10", { as: world.tokens.anna }));
    expect(past).toMatchObject({ isCurrent: false, orders: [{ customerId: "acme" }] });
  });
});

describe("what people say of a finding", () => {
  const put = (path: string, as: string, body: object) => desk.ask(path, { method: "PUT", as, body });

  it("BX04 sets it aside until a day, and takes that back", async () => {
    const { anna } = world.tokens;
    const path = "/v1/findings/churn-risk:acme/dismissal";
    const done = await bodyOf<object>(await put(path, anna, { until: "2026-12-01" }));
    expect(done).toEqual({ findingId: "churn-risk:acme", state: "dismissed", until: "2026-12-01" });
    const { forYou } = await pageOf(anna);
    expect(forYou.ranked.map(({ id }) => id)).toEqual(["overdue-payments:acme"]);
    expect(forYou.setAside).toMatchObject([
      { id: "churn-risk:acme", state: "dismissed", dismissedUntil: "2026-12-01" },
    ]);
    expect((await desk.ask(path, { method: "DELETE", as: anna })).status).toBe(200);
    expect(ids(await pageOf(anna))).toEqual(ACME);
  });

  it("BX04 refuses a day that is no later than today, and fields that nobody reads", async () => {
    const { anna } = world.tokens;
    const path = "/v1/findings/churn-risk:acme/dismissal";
    expect(await bodyOf<ProblemBody>(await put(path, anna, { until: "2026-11-23" }))).toMatchObject({
      status: 422,
      type: "not-later",
    });
    expect((await put(path, anna, { till: "2026-12-01" })).status).toBe(422);
  });

  it("is nobody's who does not see the customer", async () => {
    const { bo, max } = world.tokens;
    for (const path of ["dismissal", "feedback"].map((what) => `/v1/findings/churn-risk:acme/${what}`)) {
      const body = path.endsWith("feedback") ? { verdict: "wrong" } : {};
      expect([path, (await put(path, bo, body)).status]).toEqual([path, 404]);
      expect([path, (await put(path, max, body)).status]).toEqual([path, 200]);
    }
    expect((await put("/v1/findings/churn-risk:nobody/feedback", max, { verdict: "wrong" })).status).toBe(404);
  });

  it("BX22 is kept, and gives each rule's precision to those who manage", async () => {
    const { anna, max } = world.tokens;
    const told = await put("/v1/findings/churn-risk:acme/feedback", anna, { verdict: "useful", note: "ordered" });
    expect(await bodyOf<object>(told)).toEqual({
      findingId: "churn-risk:acme",
      rule: "churn-risk/1",
      verdict: "useful",
    });
    expect(await statusOf(anna, "/v1/insights/precision")).toBe(403);
    const { data } = await bodyOf<{ data: object[] }>(await desk.ask("/v1/insights/precision", { as: max }));
    expect(data).toMatchObject([{ rule: "churn-risk/1", useful: 1, wrong: 0, precision: 1 }]);
  });

  it("BX04 is followed by what became of it", async () => {
    await world.store.night.saveFindings({
      customerId: anOrder({ on: "2026-11-22", customerId: "acme" }).customerId,
      put: [],
      remove: [],
      notify: [],
      ended: [
        {
          kind: "churn-risk",
          subject: aboutCustomer(anOrder({ on: "2026-11-22", customerId: "acme" }).customerId),
          level: "high",
          episode: "2026-08-10",
          foundOn: day("2026-09-25"),
          endedOn: day("2026-11-20"),
          outcome: "won_back",
        },
      ],
    });
    const ended = async (since: string) =>
      bodyOf<{ data: object[] }>(await desk.ask(`/v1/insights/ended?since=${since}`, { as: world.tokens.ada }));
    expect((await ended("2026-11-20")).data).toMatchObject([{ id: "churn-risk:acme", outcome: "won_back" }]);
    expect((await ended("2026-11-21")).data).toEqual([]);
    expect(await statusOf(world.tokens.anna, "/v1/insights/ended?since=2026-11-20")).toBe(403);
  });
});
