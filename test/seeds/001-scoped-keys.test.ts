import { planRights } from "@regulars/core/access/rights";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** An API key for some sales plans only: it reaches nothing of any other plan, on any route. */

let apiClient: ApiTestClient;
let own: SalesPlanClient;
let mine: SalesPlanBody;
let others: SalesPlanBody;
let as: string;

beforeAll(async () => {
  apiClient = await anApiClient();
  own = await SalesPlanClient.open(apiClient);
  mine = await own.plan("related>even", ["A"], { name: "Mine" });
  others = await own.plan("related>even", ["A"], { name: "Of others" });
  const asked = { name: "some plans", actions: planRights, planIds: [mine.planId] };
  as = (await own.ask("POST", "/api-keys", asked)).body.secret;
});
afterAll(() => apiClient.close());

/** A plan's deal that was closed and reopened, with a bulk operation of each kind. */
async function livelyPlan({ planId, statuses }: SalesPlanBody, name: string) {
  const lost = statuses.find(({ kind }) => kind === "lost")?.statusId;
  const lead = { person: { email: `${name.replace(" ", ".")}@x.ua`, name }, assign: { managerId: "A" } };
  const { dealId, personId } = (await own.inbound({ planId }, lead)).body;
  const closed = (await own.inbound({ planId }, { deal: { statusId: lost } })).body.dealId;
  const bulk = (await own.ask("POST", `/plans/${planId}/leads:bulk`, { audience: { search: name } })).body.operationId;
  const change = { change: { action: "move", statusId: statuses[1]?.statusId }, dealIds: [dealId] };
  const operation = (await own.ask("POST", `/plans/${planId}/deals:change`, change)).body.operationId;
  return { dealId, personId, closed, bulk, operation };
}

it("SP25 an API key for some plans finds nothing of another: deals, boards, bulk operations, reports, people", async () => {
  const [here, there] = [await livelyPlan(mine, "here"), await livelyPlan(others, "there")];
  const at = (planId: string, { dealId, personId, closed, bulk, operation }: typeof here) =>
    [
      ["GET", `/plans/${planId}`],
      ["PATCH", `/plans/${planId}`, { name: "Renamed" }],
      ["GET", `/plans/${planId}/board`],
      ["GET", `/plans/${planId}/deals`],
      ["GET", `/plans/${planId}/deals/${dealId}`],
      ["GET", `/plans/${planId}/deals/${dealId}/log`],
      ["POST", `/plans/${planId}:dry-run`, { count: 1 }],
      ["POST", `/plans/${planId}/deals/${closed}:cancel`, {}],
      ["GET", `/audience-operations/${bulk}`],
      ["GET", `/audience-operations/${bulk}/results`],
      ["GET", `/deal-operations/${operation}`],
      ["GET", `/deal-operations/${operation}/results`],
      ["GET", `/refusal-report?planId=${planId}`],
      ["GET", `/refusal-report/csv?planId=${planId}`],
      ["GET", `/refusal-report/chart?planId=${planId}`],
      ["GET", `/refusal-report/deals?planId=${planId}`],
      ["GET", `/contacts/${personId}`],
      ["PUT", `/contacts/${personId}/owner`, { ownerId: "A" }],
    ] as const;
  const statusesOf = async (requests: ReturnType<typeof at>) => {
    const said = [];
    for (const [method, path, body] of requests) {
      const { status } = await apiClient.ask(`/v1${path}`, { method, as, body });
      said.push(`${method} ${path.replace(/\?.*/, "")} ${status}`);
    }
    return said;
  };
  // A deal of another plan is not found under a plan of the key either.
  const crossed = await apiClient.ask(`/v1/plans/${mine.planId}/deals/${there.dealId}`, { as });
  expect(crossed.status).toBe(404);
  expect((await statusesOf(at(mine.planId, here))).filter((said) => !said.endsWith(" 200"))).toEqual([]);
  expect((await statusesOf(at(others.planId, there))).filter((said) => !said.endsWith(" 404"))).toEqual([]);
  expect((await own.ask("GET", `/plans/${others.planId}`)).body).toMatchObject({ name: "Of others", version: 1 });
});

it("SP25 an API key for some plans sees no others in lists and in reports over all plans", async () => {
  await livelyPlan(mine, "again here");
  await livelyPlan(others, "again there");
  expect((await own.ask("GET", "/plans", undefined, { as })).body.data).toMatchObject([{ planId: mine.planId }]);
  for (const path of ["/refusal-report", "/refusal-report/csv", "/refusal-report/chart", "/refusal-report/deals"]) {
    const text = await (await apiClient.ask(`/v1${path}`, { as })).text();
    expect(text).not.toContain(others.planId);
    expect(text).not.toContain("Of others");
  }
  expect((await own.ask("GET", "/refusal-report")).body.rows).toHaveLength(2);
});

it("SP25 an API key for some plans cannot have or use rights over the whole tenant", async () => {
  const asked = { name: "too wide", actions: ["leads.add", "webhooks.manage"], planIds: [mine.planId] };
  expect(await own.ask("POST", "/api-keys", asked)).toMatchObject({
    status: 422,
    body: { errors: [{ path: "actions[1]", code: "reaches-tenant" }] },
  });
  for (const [method, path, body] of [
    ["POST", "/plans", { name: "New" }],
    ["PUT", "/refusal-reasons/rsn_x", { name: "X" }],
    ["GET", "/webhooks", undefined],
    ["POST", "/webhooks", { url: "http://127.0.0.1:9/" }],
    ["GET", "/users", undefined],
    ["GET", "/customers", undefined],
    ["GET", "/api-keys", undefined],
  ] as const)
    expect({ path, status: (await own.ask(method, path, body, { as })).status }).toEqual({ path, status: 403 });
});
