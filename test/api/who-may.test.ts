import type { Right } from "@regulars/core/access/rights";
import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** Each case of who may do what to whose things, at the API's door. */

let apiClient: ApiTestClient;
let home: SalesPlanClient;
let plan: SalesPlanBody;
/** Two reps; the first has the open deal of olena@x.ua. */
let ana: string;
let ben: string;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  plan = await home.plan("related>even", ["ana", "ben"]);
  ana = await apiClient.tokenOf(home.tenant, "ana");
  ben = await apiClient.tokenOf(home.tenant, "ben");
});
afterAll(() => apiClient.close());

const add = (lead: object, as: string) => home.ask("POST", `/plans/${plan.planId}/deals`, lead, { as });
const person = { email: "olena@x.ua", name: "Olena" };
const secretOf = async (actions: readonly Right[], given: object = {}): Promise<string> =>
  (await home.ask("POST", "/api-keys", { name: actions.join(" ").slice(0, 64), actions, ...given })).body.secret;

describe("somebody else's open deal", () => {
  let dealId: string;
  const asItIs = async () => (await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}`)).body;

  beforeAll(async () => {
    const lead = { person, deal: { title: "Secret course", amount: "900.00" }, assign: { managerId: "ana" } };
    dealId = (await add(lead, home.manager)).body.dealId;
  });

  it("A1: is told as a duplicate without its content, and an update of it is refused", async () => {
    const before = await asItIs();
    const again = await add({ person, deal: { title: "Mine", amount: "1.00" } }, ben);
    expect(again).toMatchObject({ status: 200, body: { duplicate: true, dealId: null, planId: plan.planId } });
    expect(JSON.stringify(again.body)).not.toMatch(/Secret course|90000|ana|per_/);
    const update = await add({ person, onDuplicate: "update", deal: { title: "Mine", amount: "1.00" } }, ben);
    expect(update).toMatchObject({ status: 404, body: { type: "unknown-deal" } });
    expect(JSON.stringify(update.body)).not.toContain(dealId);
    expect(await asItIs()).toMatchObject({
      title: "Secret course",
      amount: { minor: 90_000 },
      version: before.version,
    });
    const own = await add({ person, onDuplicate: "update", deal: { title: "Longer course" } }, ana);
    expect(own).toMatchObject({ status: 200, body: { dealId, title: "Longer course" } });
  });

  it("A1: gives no identity of another rep's to a person whom that rep cannot see", async () => {
    const mine = { ...person, externalId: "ben's own id" };
    await add({ person: mine }, ben);
    await add({ person: mine, onDuplicate: "create" }, ben);
    const found = await add({ person: { externalId: "ben's own id" } }, home.manager);
    expect(found.status).toBe(201);
    expect(found.body.personId).not.toBe((await asItIs()).personId);
  });

  it("A4: is 404 for another rep in every operation that names it", async () => {
    const at = `/plans/${plan.planId}/deals`;
    const lost = plan.statuses.find(({ kind }) => kind === "lost")?.statusId;
    const before = await asItIs();
    for (const [method, path, body] of [
      ["GET", `${at}/${dealId}`],
      ["GET", `${at}/${dealId}/log`],
      ["PATCH", `${at}/${dealId}`, { statusId: lost }],
      ["POST", `${at}/${dealId}:cancel`, {}],
      ["POST", `${at}/${dealId}:transfer`, { managerId: "ben" }],
    ] as const) {
      const { status, body: said } = await home.ask(method, path, body, { as: ben });
      expect({ method, path, status, type: said.type }).toEqual({ method, path, status: 404, type: "unknown-deal" });
    }
    expect((await asItIs()).version).toBe(before.version);
  });
});

it("A4: a key that adds leads reads its own deals, also after it was replaced, and no others", async () => {
  const others = (await home.inbound(plan)).body.dealId;
  const first = await secretOf(["leads.add"], { name: "tunnel of courses" });
  const own = (await home.inbound(plan, {}, { as: first })).body.dealId;
  const second = await secretOf(["leads.add"], { name: "tunnel of courses" });
  const read = async (as: string, dealId: string) =>
    (await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}`, undefined, { as })).status;
  expect([await read(first, own), await read(second, own)]).toEqual([200, 200]);
  expect([await read(first, others), await read(second, others)]).toEqual([404, 404]);
});

it("A4: a duplicate of a deal that a key did not add is told to it without its status and manager", async () => {
  const lead = { person: { email: "twice@x.ua" }, assign: { managerId: "ana" } };
  const { dealId } = (await add(lead, home.manager)).body;
  const as = await secretOf(["leads.add"], { name: "another tunnel" });
  const { status, body } = await home.inbound(plan, { person: lead.person }, { as });
  expect(status).toBe(200);
  expect(body).toMatchObject({ duplicate: true, dealId, personId: null, statusId: null, version: null });
  expect(body.assignment.managerId).toBeNull();
});

describe("rights", () => {
  it.each([
    ["role", { role: "admin" }],
    ["role", { role: "manager" }],
    ["dealRights", { dealRights: ["deals.edit_all"] }],
  ])("A4: are not given by a key that does not have them: %s %o", async (path, given) => {
    const as = await secretOf(["users.manage"], { name: `hr ${JSON.stringify(given).replaceAll(/\W/g, "")}` });
    const put = await home.ask("PUT", "/users/eve", { name: "Eve", ...given }, { as });
    expect(put).toMatchObject({ status: 403, body: { type: "not-allowed", errors: [{ path, code: "not-allowed" }] } });
    expect((await home.ask("GET", "/users/eve")).status).toBe(404);
    await home.ask("POST", `/api-keys/${as.split(".")[1]}/revoke`);
  });

  it("A4: are not given in a batch either, nor by taking back who has left; a rep's come with the job", async () => {
    const as = await secretOf(["users.manage"], { name: "hr of batches" });
    await home.ask("PUT", "/users/gone", { name: "Gone", role: "manager", isActive: false });
    const items = [
      { userId: "eve", name: "Eve", role: "admin" },
      { userId: "roy", name: "Roy", role: "rep" },
      { userId: "boss", name: "Boss, renamed" },
    ];
    expect((await home.ask("POST", "/users/batch", { items }, { as })).body.results).toMatchObject([
      { id: "eve", outcome: "rejected", errors: [{ path: "role", code: "not-allowed" }] },
      { id: "roy", outcome: "created" },
      { id: "boss", outcome: "changed" },
    ]);
    expect((await home.ask("GET", "/users/boss")).body).toMatchObject({ name: "Boss, renamed", role: "admin" });
    const back = await home.ask("PUT", "/users/gone", { name: "Gone", role: "manager" }, { as });
    expect(back).toMatchObject({ status: 403, body: { errors: [{ path: "isActive" }] } });
    expect((await home.ask("PUT", "/users/gone", { name: "Gone", isActive: false }, { as })).status).toBe(200);
  });
});

describe("a customer's findings", () => {
  const FINDING = "/v1/findings/churn-risk:acme";
  const DISMISSAL = `${FINDING}/dismissal`;
  const ask = async (path: string, as: string, body?: object, method = body === undefined ? "GET" : "PUT") =>
    apiClient.ask(path, { as, method, ...(body === undefined ? {} : { body }) });

  it("A4: are read and not dismissed with a key that only views; insights.review is what it lacks", async () => {
    const fixture = await anApiFixture(apiClient);
    const keyWith = async (name: string, actions: readonly Right[]) => {
      const asked = { method: "POST", as: fixture.tokens.ada, body: { name, actions } };
      return (await bodyOf<{ secret: string }>(await apiClient.ask("/v1/api-keys", asked))).secret;
    };
    const viewer = await keyWith("viewer", ["insights.view_all"]);
    expect((await ask(FINDING, viewer)).status).toBe(200);
    expect((await ask(DISMISSAL, viewer, {})).status).toBe(403);
    expect((await ask(DISMISSAL, viewer, {}, "DELETE")).status).toBe(403);
    expect((await ask(`${FINDING}/feedback`, viewer, { verdict: "wrong" })).status).toBe(403);
    expect((await ask(DISMISSAL, await keyWith("reviewer", ["insights.view_all", "insights.review"]), {})).status).toBe(
      200,
    );
    expect((await ask(DISMISSAL, fixture.tokens.anna, {})).status).toBe(200);
  });

  it("A3: are those of today's rep at once: the former one neither reads nor dismisses them", async () => {
    const fixture = await anApiFixture(apiClient);
    const { anna, bo } = fixture.tokens;
    expect([(await ask(FINDING, anna)).status, (await ask(FINDING, bo)).status]).toEqual([200, 404]);
    await moveTo(fixture, "acme", "bo");
    expect([(await ask(FINDING, anna)).status, (await ask(FINDING, bo)).status]).toEqual([404, 200]);
    expect((await ask(DISMISSAL, anna, {})).status).toBe(404);
    expect((await ask(`${FINDING}/feedback`, anna, { verdict: "wrong" })).status).toBe(404);
    expect((await ask(DISMISSAL, bo, {})).status).toBe(200);
  });

  it("A3: are in today's rep's lists at once, under today's rep, and in nobody else's", async () => {
    const fixture = await anApiFixture(apiClient);
    const { anna, bo, ada } = fixture.tokens;
    await moveTo(fixture, "acme", "bo");
    const listed = async (as: string, query = "") => {
      const page = await bodyOf<{ data: { id: string; repId: string }[] }>(await ask(`/v1/findings${query}`, as));
      return page.data.filter(({ id }) => id.includes("acme")).map(({ id, repId }) => `${id} ${repId}`);
    };
    const expected = await listed(bo);
    expect(expected).toContain("churn-risk:acme bo");
    expect(await listed(anna)).toEqual([]);
    expect(await listed(ada)).toEqual(expected);
    expect(await listed(ada, "?repId=bo")).toEqual(expected);
    expect(await listed(ada, "?repId=anna")).toEqual([]);
    const pageOf = async (as: string) => (await ask("/v1/for-you", as)).text();
    expect((await pageOf(bo)).includes('"churn-risk:acme"')).toBe(true);
    expect((await pageOf(anna)).includes('"churn-risk:acme"')).toBe(false);
  });
});

const moveTo = ({ store }: ApiFixture, customerId: string, repId: string) =>
  store.imports.saveCustomers(
    [{ customerId: customerIdSchema.parse(customerId), repId: userIdSchema.parse(repId) }],
    ["name", "phone"],
  );

describe("who has left", () => {
  it("A2: is not let in at the next request, and makes no key", async () => {
    const fixture = await anApiFixture(apiClient);
    const body = { name: "Ada Ek", role: "admin", isActive: false };
    const admin = await apiClient.tokenOf(fixture.tenant, "bea");
    await apiClient.ask("/v1/users/bea", {
      method: "PUT",
      as: fixture.tokens.ada,
      body: { name: "Bea", role: "admin" },
    });
    expect((await apiClient.ask("/v1/me", { as: fixture.tokens.ada })).status).toBe(200);
    await apiClient.ask("/v1/users/ada", { method: "PUT", as: admin, body });
    const made = { method: "POST", as: fixture.tokens.ada, body: { name: "outlives", actions: ["users.manage"] } };
    for (const [path, asked] of [
      ["/v1/me", { as: fixture.tokens.ada }],
      ["/v1/customers", { as: fixture.tokens.ada }],
      ["/v1/api-keys", made],
    ] as const)
      expect([path, (await apiClient.ask(path, asked)).status]).toEqual([path, 401]);
    await apiClient.ask("/v1/users/ada", { method: "PUT", as: admin, body: { ...body, isActive: true } });
    expect((await apiClient.ask("/v1/me", { as: fixture.tokens.ada })).status).toBe(200);
  });
});

describe("a webhook's secret", () => {
  it("A6: is answered once: a repeated request gets null, and no stored answer has it", async () => {
    const ask = (method: string, path: string, key: string, body?: object) =>
      home.ask(method, path, body, { headers: { "idempotency-key": key } });
    const url = { url: "https://example.com/deals" };
    const made = await ask("POST", "/webhooks", "make-it", url);
    expect(made).toMatchObject({ status: 201 });
    expect(made.body.secret).toMatch(/^whsec_/);
    expect(await ask("POST", "/webhooks", "make-it", url)).toMatchObject({
      status: 201,
      body: { webhookId: made.body.webhookId, secret: null },
    });
    const at = `/webhooks/${made.body.webhookId}:rotate`;
    const rotated = await ask("POST", at, "turn-it");
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect((await ask("POST", at, "turn-it")).body.secret).toBeNull();
    const stored = home.writtenItems().filter((item) => !item.includes('"version"'));
    expect(stored.filter((item) => item.includes("whsec_"))).toEqual([]);
  });
});

describe("a user's addresses", () => {
  it.each([
    ["email", "a@x.example, b@x.example"],
    ["email", "a@x.example\r\nBcc: b@x.example"],
    ["email", "Anna <a@x.example>"],
    ["phone", "call me maybe"],
    ["phone", "+45 12 34\r\n56 78"],
    ["name", "Anna\r\nBcc: b@x.example"],
    ["slackUserId", "U1> <!channel"],
    ["slackUserId", "@anna"],
  ])("A7: are refused with their path, alone and in a batch: %s %j", async (path, value) => {
    const put = await home.ask("PUT", "/users/mia", { [path]: value });
    expect(put).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    const { results } = (await home.ask("POST", "/users/batch", { items: [{ userId: "mia", [path]: value }] })).body;
    expect(results).toMatchObject([{ id: "mia", outcome: "rejected", errors: [{ path }] }]);
    expect((await home.ask("GET", "/users/mia")).status).toBe(404);
  });
});
