import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

const AS_OF = "asOf=2026-11-22";

let apiClient: ApiTestClient;
let home: SalesPlanClient;
let other: SalesPlanClient;

const activity = (activityId: string, more: object = {}) => ({
  activityId,
  type: "meeting",
  userId: "anna",
  personId: "eva",
  customerId: "oak",
  occurredAt: "2026-11-12T09:00:00Z",
  ...more,
});

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  other = await SalesPlanClient.open(apiClient);
  for (const [client, customerId, personId] of [
    [home, "oak", "eva"],
    [other, "elm", "theirs"],
  ] as const) {
    await client.ask("POST", "/customers/batch", { items: [{ customerId, name: customerId }] });
    const email = `${personId}@customer.example`;
    await client.ask("POST", "/persons/batch", { items: [{ personId, customerId, name: personId, email }] });
    await client.ask("POST", "/activities/batch", { items: [activity("a1", { customerId, personId })] });
  }
  await home.ask("POST", "/users/batch", {
    items: [
      { userId: "anna", name: "Anna", role: "admin", email: "anna@own.example" },
      { userId: "bo", name: "Bo", role: "admin", email: "bo@own.example" },
    ],
  });
});
afterAll(() => apiClient.close());

const asUser = async (userId: string, method: string, path: string, body?: object) => {
  const as = await apiClient.tokenOf(home.tenant, userId);
  const answer = await apiClient.ask(`/v1${path}`, { method, as, body });
  return { status: answer.status, body: await answer.json() };
};
const ask = (personId: string, colleagueId: string) =>
  asUser("bo", "POST", "/introductions", { personId, colleagueId });

describe("settings of relationships", () => {
  it.each([
    [{ weightEmail: 2 }, "relationships.weightEmail: is not a whole number from 3 to 9 (given 2)"],
    [{ weightMeeting: 10 }, "relationships.weightMeeting: is not a whole number from 3 to 9 (given 10)"],
    [{ weightCall: 6.5 }, "relationships.weightCall: is not a whole number from 3 to 9 (given 6.5)"],
    [{ "weightTask@hotel": 2 }, "relationships.weightTask@hotel: is not a whole number from 3 to 9 (given 2)"],
    [{ goodMin: 40, fairMin: 40 }, "relationships.fairMin: is not below goodMin (given 40)"],
    [{ goodMin: 39, fairMin: 40 }, "relationships.fairMin: is not below goodMin (given 40)"],
    [{ contactDays: 15 }, "relationships.contactDays: is not one of 7, 14, 30, 60, 90 days (given 15)"],
    [{ "contactDays@hotel": 15 }, "relationships.contactDays@hotel: is not one of 7, 14, 30, 60, 90 days (given 15)"],
  ])("RH06: %o is refused with its path, its value and what is allowed", async (settings, detail) => {
    const refused = { status: 422, body: { type: "unusable-setting", detail } };
    expect(await home.ask("PATCH", "/tenant/settings", { relationships: settings })).toMatchObject(refused);
    expect(await home.ask("POST", "/relationships:preview", { settings })).toMatchObject(refused);
  });
});

describe("persons", () => {
  it.each([
    ["nobody has told of", "stranger"],
    ["is another tenant's", "theirs"],
    ["is a colleague", "anna@own.example"],
  ])("RH13: who %s is unknown to health, to who knows whom and to introductions", async (_, personId) => {
    const unknown = { status: 404, body: { type: "unknown-person", detail: `there is no person ${personId}` } };
    expect(await home.ask("GET", `/persons/${personId}/health?${AS_OF}`)).toMatchObject(unknown);
    expect(await home.ask("GET", `/persons/${personId}/who-knows?${AS_OF}`)).toMatchObject(unknown);
    expect(await ask(personId, "anna")).toMatchObject(unknown);
  });
});

describe("introductions", () => {
  it("RH14: cannot be asked of oneself, and nobody is named to themselves", async () => {
    expect(await ask("eva", "bo")).toMatchObject({
      status: 422,
      body: { type: "oneself", detail: "bo cannot be asked by themselves: name another colleague" },
    });
    const named = (userId: string) => asUser(userId, "GET", `/persons/eva/who-knows?${AS_OF}`);
    expect(await named("bo")).toMatchObject({ body: { colleagues: [{ userId: "anna" }] } });
    expect(await named("anna")).toMatchObject({ body: { colleagues: [] } });
  });

  it("RH14: are refused of a colleague who is out as of one without contact", async () => {
    const change = (isOut: boolean) =>
      home.ask("PUT", "/who-knows/opt-outs", { subject: { type: "user", id: "anna" }, isOut });
    expect((await change(true)).status).toBe(200);
    expect(await ask("eva", "anna")).toMatchObject({
      status: 422,
      body: { type: "no-connection", detail: "anna is not known to have been in touch with person eva" },
    });
    expect((await change(false)).status).toBe(200);
    expect(await ask("eva", "anna")).toMatchObject({ status: 201, body: { state: "requested" } });
  });
});

describe("activities", () => {
  it.each([
    [
      "without a person and a customer",
      { personId: undefined, customerId: undefined },
      { path: "customerId", message: "customerId is missing, and so is a personId to find it by" },
    ],
    [
      "with an end before its start",
      { durationMinutes: -1 },
      { path: "durationMinutes", message: "is not a whole number of minutes from 0 to 10080 (given -1)" },
    ],
    [
      "that would last over a week",
      { durationMinutes: 10_081 },
      { path: "durationMinutes", message: "is not a whole number of minutes from 0 to 10080 (given 10081)" },
    ],
  ])("one %s is refused", async (_, more, error) => {
    const told = await home.ask("POST", "/activities/batch", { items: [activity("bad", more)] });
    expect(told.body.results).toMatchObject([{ id: "bad", outcome: "rejected", errors: [error] }]);
  });

  it("one in the future is the next, and counts after its day", async () => {
    const before = (await home.ask("GET", `/persons/eva/health?${AS_OF}`)).body;
    const next = activity("next", { occurredAt: "2026-11-25T09:00:00Z" });
    await home.ask("POST", "/activities/batch", { items: [next] });
    const { body } = await home.ask("GET", `/persons/eva/health?${AS_OF}`);
    expect(body.score).toBe(before.score);
    expect([before.kpis.nextOn, body.kpis.nextOn]).toEqual([null, "2026-11-25"]);
  });

  it("a thousand in one day are stored, three counted, and it is said how many are not", async () => {
    const flood = (from: number) =>
      Array.from({ length: 100 }, (_, i) =>
        activity(`flood-${from + i}`, { type: "email", direction: "in", occurredAt: "2026-11-20T09:00:00Z" }),
      );
    for (let from = 0; from < 1_000; from += 100)
      expect(await home.ask("POST", "/activities/batch", { items: flood(from) })).toMatchObject({ status: 200 });
    const { body } = await home.ask("GET", `/persons/eva/health?${AS_OF}`);
    expect(body.kpis).toMatchObject({ overDailyLimit: 997 });
    expect(body.score).toBeLessThanOrEqual(100);
  });
});
