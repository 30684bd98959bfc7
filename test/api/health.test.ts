import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { move } from "../fixtures/deal-steps.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;

/** A Thursday. */
const AS_OF = "2026-11-19";
const get = (path: string) => home.ask("GET", `${path}${path.includes("?") ? "&" : "?"}asOf=${AS_OF}`);
const ofHealth = (customer: string) => get(`/customers/${customer}/health`);
const meetings = (customerId: string, personId: string, last: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    activityId: `${customerId}-meeting-${i}`,
    type: "meeting",
    userId: "anna",
    personId,
    customerId,
    occurredAt: new Date(Date.parse(`${last}T09:00:00Z`) - i * 7 * 86_400_000).toISOString(),
  }));
const mail = (activityId: string, customerId: string, direction: string, occurredAt: string, more: object = {}) => ({
  activityId,
  type: "email",
  direction,
  userId: "anna",
  personId: `${customerId}-1`,
  customerId,
  occurredAt,
  ...more,
});

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  await home.ask("POST", "/customers/batch", {
    items: [
      { customerId: "oak", name: "Oak", category: "hotel" },
      { customerId: "elm", name: "Elm" },
      { customerId: "fir", name: "Fir" },
    ],
  });
  await home.ask("POST", "/persons/batch", {
    items: ["oak-1", "oak-2", "elm-1", "fir-1"].map((personId) => ({
      personId,
      customerId: personId.slice(0, 3),
      name: `Person ${personId}`,
      email: `${personId}@customer.example`,
    })),
  });
  await home.ask("POST", "/activities/batch", {
    items: [
      ...meetings("oak", "oak-1", "2026-11-12", 12),
      mail("oak-asks", "oak", "in", "2026-11-16T08:00:00Z"),
      ...meetings("elm", "elm-1", "2026-11-12", 12),
      ...meetings("fir", "fir-1", "2026-10-05", 12),
    ],
  });
});
afterAll(() => apiClient.close());

describe("the API of relationship health", () => {
  it("RH01, RH03, BX07: answers an account with score, KPIs, persons and breadth", async () => {
    const { status, body } = await ofHealth("elm");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      asOf: AS_OF,
      customerId: "elm",
      score: 100,
      grade: "good",
      trend: { direction: "neutral" },
      caps: [],
      lastOn: "2026-11-12",
      kpis: { days: 90, counts: [{ type: "meeting", direction: "none", count: 12 }], silentPersons: [] },
      persons: [{ personId: "elm-1", name: "Person elm-1", score: 100 }],
      breadth: { persons: 1, users: 1, onlyUserId: "anna" },
    });
  });

  it("scenario 2: caps who waits since Monday at fair on Thursday, says so, and lets any answer clear it", async () => {
    expect((await ofHealth("oak")).body).toMatchObject({
      score: 59,
      grade: "fair",
      caps: [{ reason: "waits", since: "2026-11-16", days: 3 }],
      weaknesses: [{ reason: "waits", since: "2026-11-16", personId: "oak-1" }],
      kpis: { longestWait: { personId: "oak-1", workingDays: 3 }, silentPersons: ["oak-2"] },
    });
    const call = { activityId: "oak-call", type: "call", direction: "out", customerId: "oak", personId: "oak-1" };
    await home.ask("POST", "/activities/batch", {
      items: [{ ...call, userId: "anna", occurredAt: `${AS_OF}T10:00:00Z` }],
    });
    expect((await ofHealth("oak")).body).toMatchObject({ score: 100, caps: [], weaknesses: [] });
  });

  it("takes an address of a colleague for no person at the customer", async () => {
    const colleague = { personId: "elm-9", customerId: "elm", name: "Anna", email: "anna.berg@own.example" };
    await home.ask("POST", "/users/batch", { items: [{ userId: "anna", email: "Anna.Berg@own.example" }] });
    await home.ask("POST", "/persons/batch", { items: [colleague] });
    const elm = (await ofHealth("elm")).body;
    expect([elm.persons.length, elm.kpis.silentPersons]).toEqual([1, []]);
    expect((await get("/persons/elm-9/health")).status).toBe(404);
  });

  it("RH05: lists customers with rating and trend, what to act on first", async () => {
    const { body } = await get("/relationships?onlyWeak=true");
    expect(
      body.data.map(({ customerId, weaknesses }: { customerId: string; weaknesses: { reason: string }[] }) => [
        customerId,
        weaknesses[0]?.reason,
      ]),
    ).toContainEqual(["fir", "fell"]);
    const good = await get("/relationships?grades=good");
    expect(good.body.data.map(({ customerId }: { customerId: string }) => customerId)).toContain("elm");
    expect(good.body.counts.good).toBe(good.body.data.length);
    expect((await get("/relationships?grades=great")).status).toBe(400);
  });

  it("scenario 5: a newsletter to 4,000 people and an out-of-office move no score", async () => {
    const before = (await ofHealth("fir")).body;
    await home.ask("POST", "/activities/batch", {
      items: [
        mail("fir-letter", "fir", "out", `${AS_OF}T08:00:00Z`, { mass: true, attendees: 4_000 }),
        mail("fir-away", "fir", "in", `${AS_OF}T08:01:00Z`, { automatic: true }),
      ],
    });
    const after = (await ofHealth("fir")).body;
    expect(after).toEqual({ ...before, kpis: { ...before.kpis, automatic: 2 } });
  });

  it("an activity in the future is the next contact, and counts after its day", async () => {
    const planned = { ...mail("elm-next", "elm", "in", "2026-12-24T10:00:00Z"), type: "meeting" };
    expect((await home.ask("POST", "/activities/batch", { items: [planned] })).body.results[0].outcome).toBe("created");
    expect((await ofHealth("elm")).body).toMatchObject({ lastOn: "2026-11-12", kpis: { nextOn: "2026-12-24" } });
  });

  it("says of a customer in the top fifth by turnover that it has one contact only, and of no other", async () => {
    const flags = async () => {
      const { body } = await get("/relationships");
      const rows: { customerId: string; breadth: { persons: number; hasOneContactOnly: boolean } }[] = body.data;
      return rows
        .map(({ customerId, breadth }) => `${customerId} ${breadth.persons} ${breadth.hasOneContactOnly}`)
        .toSorted();
    };
    expect(await flags()).toEqual(["elm 1 false", "fir 1 false", "oak 1 false"]);
    const order = (customerId: string, unitPrice: string) => ({
      orderId: `of-${customerId}`,
      customerId,
      orderedAt: "2026-10-05",
      currency: "EUR",
      lines: [{ itemId: "chair", quantity: "1", unitPrice }],
    });
    const sent = await home.ask("POST", "/orders/batch", { items: [order("elm", "900.00"), order("fir", "899.00")] });
    expect(sent.body.results).toMatchObject([{ outcome: "created" }, { outcome: "created" }]);
    expect(await flags()).toEqual(["elm 1 true", "fir 1 false", "oak 1 false"]);
    expect((await ofHealth("elm")).body.breadth).toMatchObject({ persons: 1, hasOneContactOnly: true });
  });

  it("RH09 scenario 12: a preview saves nothing, and names exactly those who have another grade once it is saved", async () => {
    const grades = async (): Promise<ReadonlyMap<string, string>> => {
      const { body } = await get("/relationships");
      const customers: { customerId: string; grade: string | null }[] = body.data;
      const told = await Promise.all(customers.map(({ customerId }) => ofHealth(customerId)));
      const persons: { personId: string; grade: string | null }[] = told.flatMap((one) => one.body.persons);
      return new Map([
        ...customers.map(({ customerId, grade }) => [`${customerId} null`, grade ?? "none"] as const),
        ...persons.map(({ personId, grade }) => [`${personId.slice(0, 3)} ${personId}`, grade ?? "none"] as const),
      ]);
    };
    const { score } = (await ofHealth("fir")).body;
    const before = await grades();
    for (const settings of [
      { fairMin: 1, goodMin: score },
      { goodMin: 100, fairMin: 99, contactDays: 7 },
      { "goodMin@hotel": 100 },
    ]) {
      const { status, body } = await home.ask("POST", "/relationships:preview", { asOf: AS_OF, settings });
      expect([status, await grades()]).toEqual([200, before]);
      expect((await home.ask("PATCH", "/tenant/settings", { relationships: settings })).status).toBe(200);
      const after = await grades();
      const moved = [...before].flatMap(([who, from]) =>
        after.get(who) === from ? [] : [`${who} ${from} ${after.get(who)}`],
      );
      const examples: { customerId: string; personId: string | null; from: string; to: string }[] = body.examples;
      const named = examples.map(({ customerId, personId, from, to }) => `${customerId} ${personId} ${from} ${to}`);
      expect(named.toSorted()).toEqual(moved.toSorted());
      const counts: { count: number }[] = body.moves;
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(moved.length);
      const usual = Object.fromEntries(Object.keys(settings).map((name) => [name, null]));
      await home.ask("PATCH", "/tenant/settings", { relationships: usual });
    }
    expect(await grades()).toEqual(before);
  });

  it("RH11, RH12 scenario 12: a minimum of 50 for good makes 49 the most of fair, at once", async () => {
    await home.ask("PATCH", "/tenant/settings", { relationships: { goodMin: 50 } });
    expect((await ofHealth("elm")).body.ranges).toEqual([
      { grade: "good", min: 50, max: 100 },
      { grade: "fair", min: 40, max: 49 },
      { grade: "poor", min: 0, max: 39 },
    ]);
    await home.ask("PATCH", "/tenant/settings", { relationships: { goodMin: null } });
  });

  it("RH04 scenario 14: shows no score anywhere while it is off, and says so", async () => {
    await home.ask("PATCH", "/tenant/settings", { relationships: { health: false } });
    const off = { status: 403, body: { type: "health-off" } };
    expect(await ofHealth("elm")).toMatchObject(off);
    expect(await get("/relationships")).toMatchObject(off);
    await home.ask("PATCH", "/tenant/settings", { relationships: { health: null } });
    expect((await ofHealth("elm")).status).toBe(200);
  });

  it("RH03: answers a person of their own activities, wherever the customer's others are", async () => {
    const person = (personId: string) => get(`/persons/${personId}/health`);
    expect((await person("elm-1")).body).toMatchObject({
      personId: "elm-1",
      asOf: AS_OF,
      score: 100,
      grade: "good",
      kpis: { counts: [{ type: "meeting", direction: "none", count: 12 }], nextOn: "2026-12-24" },
    });
    expect((await person("oak-2")).body).toMatchObject({ score: null, grade: null, trend: null, formula: null });
    expect((await person("nobody")).status).toBe(404);
  });

  it("RH03: answers a lead of what was noted with them, and its deal since it was opened", async () => {
    const plan = await home.plan("manual", ["anna"]);
    const { planId } = plan;
    const lead = { person: { externalId: "lead-7", name: "Lead" }, deal: { title: "Kitchen" } };
    const { body: deal } = await home.ask("POST", `/plans/${planId}/deals`, { ...lead, assign: { managerId: "anna" } });
    const contact = `/contacts/${deal.personId}`;
    await home.ask("POST", `${contact}/activities`, { type: "call", userId: "anna" });
    const asOf = new Date(apiClient.clock.nowMs).toISOString().slice(0, 10);
    apiClient.clock.nowMs += 86_400_000;
    home = await home.signedIn();
    const read = (path: string) => home.ask("GET", `${path}?asOf=${asOf}`);
    const expected = { score: 85, grade: "good", kpis: { counts: [{ type: "call", direction: "none", count: 1 }] } };
    expect(await read(`${contact}/health`)).toMatchObject({
      status: 200,
      body: { personId: deal.personId, ...expected },
    });
    expect(await read(`/plans/${planId}/deals/${deal.dealId}/health`)).toMatchObject({ status: 200, body: expected });
    expect((await get(`/plans/${planId}/deals/${deal.dealId}/health`)).body).toMatchObject({ score: null });
    const won = plan.statuses.find(({ kind }) => kind === "won")?.name ?? "";
    expect((await move(home, plan, deal.dealId, won)).status).toBe(200);
    expect(await read(`/plans/${planId}/deals/${deal.dealId}/health`)).toMatchObject({
      status: 409,
      body: { type: "deal-closed", detail: `deal ${deal.dealId} is closed: only open deals have health` },
    });
  });

  it("knows no customer of another tenant, and none that is not there", async () => {
    expect((await ofHealth("nobody")).status).toBe(404);
  });
});
