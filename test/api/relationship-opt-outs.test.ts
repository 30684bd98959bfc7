import { builtInInsights } from "@regulars/core/insights/catalog";
import { day, toInstant } from "@regulars/core/platform/values";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { testTenantOf } from "../fixtures/tenant.ts";

/** A Thursday; the messages wait since Monday. */
const AS_OF = "2026-11-19";
let apiClient: ApiTestClient;
let home: SalesPlanClient;

const mail = (activityId: string, direction: string, occurredAt: string, more: object = {}) => ({
  activityId,
  type: "email",
  direction,
  userId: "anna",
  personId: "eva",
  customerId: "oak",
  occurredAt,
  ...more,
});
const weekly = (personId: string, more: object = {}) =>
  Array.from({ length: 8 }, (_, i) => {
    const occurredAt = new Date(Date.parse("2026-11-12T09:00:00Z") - i * 7 * 86_400_000).toISOString();
    return mail(`${personId}-${i}`, "none", occurredAt, { type: "meeting", personId, durationMinutes: 30, ...more });
  });

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  await home.ask("POST", "/customers/batch", { items: [{ customerId: "oak", name: "Oak", repId: "anna" }] });
  await home.ask("POST", "/persons/batch", {
    items: ["eva", "ida", "uwe"].map((personId) => ({ personId, customerId: "oak", name: `Name of ${personId}` })),
  });
  await home.ask("POST", "/users/batch", {
    items: ["anna", "bo"].map((userId) => ({ userId, name: userId, role: "admin", email: `${userId}@own.example` })),
  });
  await home.ask("POST", "/activities/batch", {
    items: [...weekly("eva"), ...weekly("ida"), mail("asks", "in", "2026-11-16T08:00:00Z")],
  });
  const { tenant, store } = testTenantOf(home.tenant);
  await runNightly({
    tenant,
    catalog: builtInInsights,
    store: store.nightly,
    asOf: day(AS_OF),
    now: toInstant(API_NOW),
    links: { finding: () => "", rep: () => "", introductions: () => "" },
    isScheduled: false,
    isOnHold: true,
  });
});
afterAll(() => apiClient.close());

const read = async (path: string) =>
  (await home.ask("GET", `${path}${path.includes("?") ? "&" : "?"}asOf=${AS_OF}`)).body;
const change = (type: string, id: string, isOut: boolean) =>
  home.ask("PUT", "/who-knows/opt-outs", { subject: { type, id }, isOut });
/** The list of the page, as it is exported. */
const exported = async (): Promise<string> => {
  const path = `/relationships/${home.tenant.tenantId}?csv=1&asOf=${AS_OF}`;
  const answer = await aConsole(apiClient.runtime).request(path);
  return answer.text();
};
/** The persons whose health a criterion finds. */
const foundByHealth = async () =>
  (
    await home.ask("POST", "/criteria/select", {
      ownerType: "person",
      criteria: { field: "health", op: ">=", value: 0 },
      asOf: AS_OF,
    })
  ).body;
const everything = async () => ({
  csv: await exported(),
  found: await foundByHealth(),
  customer: await read("/customers/oak/health"),
  list: await read("/relationships"),
  eva: await read("/persons/eva/health"),
  preview: (await home.ask("POST", "/relationships:preview", { asOf: AS_OF, settings: { goodMin: 100, fairMin: 99 } }))
    .body,
  findings: await read("/findings?kind=weak-relationship"),
});

describe("who opts out of relationships", () => {
  it("scenario 8: is out of health, lists, previews and findings from the next request on when a person at a customer, and back in as if never out", async () => {
    const before = await everything();
    expect(before.customer).toMatchObject({
      score: 59,
      weaknesses: [{ reason: "waits", personId: "eva" }],
      breadth: { persons: 2 },
      kpis: { longestWait: { personId: "eva" }, topPersons: [{ personId: "eva" }, { personId: "ida" }] },
      persons: [{ personId: "eva" }, { personId: "ida" }],
    });
    expect(before.findings.data).toMatchObject([{ kind: "weak-relationship", customerId: "oak" }]);
    await change("person", "eva", true);
    // Statuses at the customer may hold by their health.
    expect(apiClient.sent.at(-1)).toMatchObject({
      queue: "rebuilds",
      body: { tenantId: home.tenant.tenantId, customerIds: ["oak"] },
    });
    const out = await everything();
    expect(JSON.stringify([out.customer, out.list, out.preview, out.findings, out.found])).not.toMatch(/eva/i);
    expect(out.csv).toBe(before.csv.replace("a message waits since 2026-11-16", ""));
    expect(out.customer).toMatchObject({
      // The customer's score is of all its contacts.
      score: 59,
      weaknesses: [],
      breadth: { persons: 1 },
      kpis: { longestWait: null, silentPersons: ["uwe"], counts: before.customer.kpis.counts },
      persons: [{ personId: "ida" }],
    });
    expect(out.findings.data).toEqual([]);
    expect(out.eva).toMatchObject({ score: null, grade: null, lastOn: null, kpis: { counts: [], lastOn: null } });
    await change("person", "eva", false);
    expect(await everything()).toEqual(before);
  });

  it("scenario 8: is in no breadth and in no figure when an employee, a team or a role, and back in as if never out", async () => {
    const before = await everything();
    expect(before.customer.breadth).toMatchObject({ users: 1, onlyUserId: "anna" });
    for (const [type, id] of [
      ["user", "anna"],
      ["role", "admin"],
    ] as const) {
      await change(type, id, true);
      const out = await everything();
      expect(JSON.stringify([out.customer, out.list, out.eva, out.preview])).not.toMatch(/anna/i);
      expect(out.customer).toMatchObject({ score: 59, breadth: { users: 0, onlyUserId: null } });
      await change(type, id, false);
      expect(await everything()).toEqual(before);
    }
  });
});

describe("health that is off", () => {
  it("RH04 scenario 14: has no score at any door: answers, lists, previews, exports, findings and criteria", async () => {
    const set = (health: false | null) => home.ask("PATCH", "/tenant/settings", { relationships: { health } });
    const before = await everything();
    await set(false);
    const { findings, found, csv, ...answers } = await everything();
    for (const answer of Object.values(answers)) expect(answer).toMatchObject({ status: 403, type: "health-off" });
    expect(csv).toContain("Relationship health is off");
    expect([findings.data, found]).toEqual([[], expect.objectContaining({ type: "unusable-criteria" })]);
    // Ids of requests are random: the score's digits may stand in one.
    const said = JSON.stringify([findings, found, answers], (name, value: unknown) =>
      name === "requestId" ? "" : value,
    );
    expect(said).not.toMatch(/score|"grade"|fair|59/);
    await set(null);
    expect(await everything()).toEqual(before);
  });
});

interface Shown {
  readonly kpis: { readonly ourMinutes: number | null; readonly ourResponse: { readonly reason: string | null } };
  readonly notice: string | null;
}

describe("figures of employees", () => {
  it("are shown to themselves, to others of three together or when the tenant wants it, with the notice of their rights", async () => {
    const seenBy = async (userId: string) => {
      const as = await apiClient.tokenOf(home.tenant, userId);
      const answer = await apiClient.ask(`/v1/customers/oak/health?asOf=${AS_OF}`, { as });
      const { kpis, notice } = await bodyOf<Shown>(answer);
      return [kpis.ourMinutes, kpis.ourResponse.reason, notice === null ? null : notice.slice(0, 27)];
    };
    expect(await seenBy("anna")).toEqual([242.5, "too-few", null]);
    expect(await seenBy("bo")).toEqual([null, "few-employees", null]);
    await home.ask("PATCH", "/tenant/settings", { relationships: { showsEachEmployee: true } });
    expect(await seenBy("bo")).toEqual([242.5, "too-few", "Figures of single employees"]);
    expect(await home.ask("PATCH", "/tenant/settings", { relationships: { showsEachEmployee: "yes" } })).toMatchObject({
      status: 422,
      body: { detail: 'relationships.showsEachEmployee: is not true or false (given "yes")' },
    });
    await home.ask("PATCH", "/tenant/settings", { relationships: { showsEachEmployee: null } });
    expect(await seenBy("bo")).toEqual([null, "few-employees", null]);
  });
});
