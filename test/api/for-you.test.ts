import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { aboutCustomer } from "@regulars/core/insights/subject";
import { anOrder } from "@regulars/core/testing";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, type ProblemBody, bodyOf, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** The For You page over HTTP: its scope, dismissals and feedback. */

interface Page {
  readonly scope: string;
  readonly forYou: {
    readonly ranked: readonly { readonly id: string; readonly state: string }[];
    readonly toDo: { readonly count: number; readonly tasks: readonly object[] };
    readonly setAside: readonly { readonly id: string; readonly state: string; readonly dismissedUntil?: string }[];
  };
  readonly insights: { readonly weeklySales: object; readonly lowestPerformers: object };
}

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
});

afterAll(() => apiClient.close());

beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
});

const pageOf = async (as: string, query = "") => bodyOf<Page>(await apiClient.ask(`/v1/for-you${query}`, { as }));
const statusOf = async (as: string, path: string) => (await apiClient.ask(path, { as })).status;
const ids = ({ forYou }: Page) => forYou.ranked.map(({ id }) => id).toSorted();

const ACME = ["churn-risk:acme", "overdue-payments:acme"];
const COVE = ["churn-risk:cove", "overdue-payments:cove"];

describe("GET /v1/for-you", () => {
  it("FY01 gives a rep their own scope only, a manager the team's, an admin all", async () => {
    const { anna, bo, max, ada } = fixture.tokens;
    expect(ids(await pageOf(anna))).toEqual(ACME);
    expect(ids(await pageOf(bo))).toEqual(COVE);
    expect(ids(await pageOf(max))).toEqual(ACME);
    expect(ids(await pageOf(ada))).toEqual([...ACME, ...COVE].toSorted());
    expect(ids(await pageOf(ada, "?userId=bo"))).toEqual(COVE);
    expect(ids(await pageOf(ada, "?teamId=south"))).toEqual(COVE);
    expect(ids(await pageOf(fixture.apiKey, "?userId=anna"))).toEqual(ACME);
    expect((await pageOf(ada, "?limit=1")).forYou).toMatchObject({ ranked: [{ rank: 1 }], counts: { ranked: 4 } });
  });

  it("SA04: has the open follow-ups of the user, of customers that the reader sees; none for groups and past days", async () => {
    const toDoOf = async (as: string, query = "") => (await pageOf(as, query)).forYou.toDo;
    const { anna, bo, max, ada } = fixture.tokens;
    const task = {
      followUpId: "company:acme:status:neglected:2026-11-20",
      ownerType: "company",
      ownerId: "acme",
      customerId: "acme",
      customerName: "Acme Café",
      type: "call",
      text: "Call Acme Café",
      dueOn: "2026-11-23",
      isLate: false,
    };
    expect(await toDoOf(anna)).toEqual({ count: 1, tasks: [task] });
    expect(await toDoOf(max, "?userId=anna")).toEqual({ count: 1, tasks: [task] });
    for (const [as, query] of [
      [bo, ""],
      [max, "?teamId=north"],
      [ada, "?userId=anna&asOf=2026-11-20"],
    ] as const)
      expect(await toDoOf(as, query)).toEqual({ count: 0, tasks: [] });
  });

  it("FY01 hides other reps' pages, teams and territories from a rep", async () => {
    const { anna, max } = fixture.tokens;
    for (const path of ["?userId=bo", "?teamId=south", "?teamId=north", "?territoryId=x"])
      expect([path, await statusOf(anna, `/v1/for-you${path}`)]).toEqual([path, 404]);
    expect(await statusOf(anna, "/v1/for-you/orders?userId=bo")).toBe(404);
    expect(ids(await pageOf(max, "?teamId=north"))).toEqual(ACME);
    expect(await statusOf(max, "/v1/for-you?teamId=south")).toBe(404);
    expect(await statusOf(fixture.apiKey, "/v1/for-you")).toBe(400);
    expect(await statusOf(max, "/v1/for-you?teamId=north&userId=anna")).toBe(422);
  });

  it("FY03 answers 403 where the edition has no For You page, for the page and the orders", async () => {
    await openTenantDirectory(apiClient.runtime.table).change(fixture.tenant.tenantId, { edition: "basic" });
    for (const path of [
      "/v1/for-you",
      "/v1/for-you/orders",
      "/v1/findings",
      "/v1/findings?asOf=2026-09-25",
      "/v1/findings/churn-risk:acme",
      "/v1/insights/precision",
      "/v1/insights/resolved?since=2026-09-25",
    ]) {
      const reply = await apiClient.ask(path, { as: fixture.tokens.ada });
      expect([path, await bodyOf<ProblemBody>(reply)]).toMatchObject([
        path,
        { status: 403, type: "feature-not-in-edition" },
      ]);
    }
    for (const [what, body] of [
      ["dismissal", {}],
      ["feedback", { verdict: "useful" }],
    ] as const) {
      const reply = await apiClient.ask(`/v1/findings/churn-risk:acme/${what}`, {
        method: "PUT",
        as: fixture.tokens.anna,
        body,
      });
      expect([what, reply.status]).toEqual([what, 403]);
    }
    const card = await apiClient.ask("/v1/customers/acme", { as: fixture.tokens.anna });
    expect(await bodyOf<object>(card)).toMatchObject({ findings: [] });
  });

  it("FY08, FY24 has two sections, without GP% when price editing is off; asking for it answers 404", async () => {
    const page = await pageOf(fixture.tokens.anna);
    expect(Object.keys(page)).toEqual(["asOf", "scope", "forYou", "insights"]);
    expect(JSON.stringify(page.insights)).not.toMatch(/gpPct|grossProfit/);
    expect(await statusOf(fixture.tokens.anna, "/v1/for-you?lowest=gpPct")).toBe(404);
    const invoiced = await pageOf(fixture.tokens.anna, "?basis=invoice");
    expect(invoiced.insights).toMatchObject({ weeklySales: { basis: "invoice" } });
    await openTenantDirectory(apiClient.runtime.table).change(fixture.tenant.tenantId, { priceEditing: true });
    const withGp = await pageOf(fixture.tokens.anna, "?lowest=gpPct&window=90");
    expect(withGp.insights).toMatchObject({
      weeklySales: { grossProfit: { gpPct: null } },
      lowestPerformers: { metric: "gpPct", windowDays: 90 },
    });
  });

  it("G4: it and the findings say how many customers they are without; of one customer only to who sees them", async () => {
    const { tenant, tokens, apiKey } = fixture;
    const { nightly } = openTenantStore(apiClient.runtime.table, tenant);
    const record = await nightly.lastNightly();
    if (record === undefined) throw new Error("no nightly run has run");
    const customerId = customerIdSchema.parse("acme");
    await nightly.saveNightly({ ...record, setAside: { count: 1, first: [{ customerId, reason: "cut off" }] } });
    const counted = async (as: string, query = "") =>
      (await bodyOf<{ customersSetAside: number }>(await apiClient.ask(`/v1/findings${query}`, { as })))
        .customersSetAside;
    expect([await counted(tokens.anna), await counted(tokens.bo), await counted(apiKey)]).toEqual([1, 1, 1]);
    expect(await counted(tokens.anna, "?asOf=2026-09-25")).toBe(0);
    for (const [as, one] of [
      [tokens.anna, 1],
      [tokens.bo, 0],
      [tokens.max, 1],
    ] as const)
      expect(await counted(as, "?customerId=acme")).toBe(one);
    expect(await pageOf(tokens.anna)).toMatchObject({ forYou: { customersSetAside: 1 } });
  });

  it("FY21 shows the day's orders with the phone number of the employee who started them", async () => {
    const [order] = [anOrder({ on: "2026-11-23", orderId: "NEW", customerId: "acme" })];
    const startedBy = (await fixture.store.nightly.users()).find(({ userId }) => userId === "anna")?.userId;
    if (order === undefined || startedBy === undefined) throw new Error("anna is gone");
    await fixture.store.imports.saveOrders([{ ...order, startedBy, orderedAt: toInstant(API_NOW) }]);
    const asked = await bodyOf<object>(await apiClient.ask("/v1/for-you/orders", { as: fixture.tokens.anna }));
    expect(asked).toMatchObject({
      day: "2026-11-23",
      isCurrent: true,
      orders: [{ orderId: "NEW", startedBy: { userId: "anna", phone: null } }],
    });
    const past = await bodyOf<object>(
      await apiClient.ask("/v1/for-you/orders?day=2026-08-10", { as: fixture.tokens.anna }),
    );
    expect(past).toMatchObject({ isCurrent: false, orders: [{ customerId: "acme" }] });
  });
});

describe("a finding's dismissal and feedback", () => {
  const put = (path: string, as: string, body: object) => apiClient.ask(path, { method: "PUT", as, body });

  it("BX04 dismisses it until a day, and undoes that", async () => {
    const { anna } = fixture.tokens;
    const path = "/v1/findings/churn-risk:acme/dismissal";
    const done = await bodyOf<object>(await put(path, anna, { until: "2026-12-01" }));
    expect(done).toEqual({ findingId: "churn-risk:acme", state: "dismissed", until: "2026-12-01" });
    const { forYou } = await pageOf(anna);
    expect(forYou.ranked.map(({ id }) => id)).toEqual(["overdue-payments:acme"]);
    expect(forYou.setAside).toMatchObject([
      { id: "churn-risk:acme", state: "dismissed", dismissedUntil: "2026-12-01" },
    ]);
    expect((await apiClient.ask(path, { method: "DELETE", as: anna })).status).toBe(200);
    expect(ids(await pageOf(anna))).toEqual(ACME);
  });

  it("BX04 refuses a day that is not after today, and unknown fields", async () => {
    const { anna } = fixture.tokens;
    const path = "/v1/findings/churn-risk:acme/dismissal";
    expect(await bodyOf<ProblemBody>(await put(path, anna, { until: "2026-11-23" }))).toMatchObject({
      status: 422,
      type: "not-later",
    });
    expect((await put(path, anna, { till: "2026-12-01" })).status).toBe(422);
  });

  it("is not found by a user who does not see the customer", async () => {
    const { bo, max } = fixture.tokens;
    for (const path of ["dismissal", "feedback"].map((what) => `/v1/findings/churn-risk:acme/${what}`)) {
      const body = path.endsWith("feedback") ? { verdict: "wrong" } : {};
      expect([path, (await put(path, bo, body)).status]).toEqual([path, 404]);
      expect([path, (await put(path, max, body)).status]).toEqual([path, 200]);
    }
    expect((await put("/v1/findings/churn-risk:nobody/feedback", max, { verdict: "wrong" })).status).toBe(404);
  });

  it("reach a finding without a customer, for those who see its rep", async () => {
    const { anna, bo, max, ada } = fixture.tokens;
    const { nightly } = fixture.store;
    const { customerId } = anOrder({ on: "2026-11-22", customerId: "acme" });
    const known = await nightly.finding({ kind: "churn-risk", subject: aboutCustomer(customerId) });
    if (known === undefined) throw new Error("acme is silent");
    await nightly.saveFindings({ put: [{ ...known, subject: { type: "deal", id: "d/1" } }], remove: [], notify: [] });
    const id = "churn-risk::deal:d~002f1";
    for (const [as, isSeen] of [
      [anna, true],
      [bo, false],
      [max, true],
      [ada, true],
    ] as const) {
      const { data } = await bodyOf<{ data: { id: string }[] }>(await apiClient.ask("/v1/findings", { as }));
      expect(data.some((finding) => finding.id === id)).toBe(isSeen);
      expect(await statusOf(as, `/v1/findings/${id}`)).toBe(isSeen ? 200 : 404);
      expect((await put(`/v1/findings/${id}/dismissal`, as, {})).status).toBe(isSeen ? 200 : 404);
    }
  });

  it("BX22 is stored, and gives managers each rule's precision", async () => {
    const { anna, max } = fixture.tokens;
    const given = await put("/v1/findings/churn-risk:acme/feedback", anna, { verdict: "useful", note: "ordered" });
    expect(await bodyOf<object>(given)).toEqual({
      findingId: "churn-risk:acme",
      rule: "churn-risk/2",
      verdict: "useful",
    });
    expect(await statusOf(anna, "/v1/insights/precision")).toBe(403);
    const { data } = await bodyOf<{ data: object[] }>(await apiClient.ask("/v1/insights/precision", { as: max }));
    expect(data).toMatchObject([{ rule: "churn-risk/2", useful: 1, wrong: 0, precision: 1 }]);
  });

  it("BX04 is followed by the finding's outcome", async () => {
    await fixture.store.nightly.saveFindings({
      put: [],
      remove: [],
      notify: [],
      resolved: [
        {
          kind: "churn-risk",
          subject: aboutCustomer(anOrder({ on: "2026-11-22", customerId: "acme" }).customerId),
          level: "high",
          episode: "2026-08-10",
          foundOn: day("2026-09-25"),
          resolvedOn: day("2026-11-20"),
          outcome: "won_back",
        },
      ],
    });
    const resolved = async (since: string) =>
      bodyOf<{ data: object[] }>(
        await apiClient.ask(`/v1/insights/resolved?since=${since}`, { as: fixture.tokens.ada }),
      );
    expect((await resolved("2026-11-20")).data).toMatchObject([{ id: "churn-risk:acme", outcome: "won_back" }]);
    expect((await resolved("2026-11-21")).data).toEqual([]);
    expect(await statusOf(fixture.tokens.anna, "/v1/insights/resolved?since=2026-11-20")).toBe(403);
  });
});
