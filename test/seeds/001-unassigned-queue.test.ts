import { startWorkOf } from "@regulars/functions/workers/plans-tick";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** Leads in the unassigned queue are assigned as soon as a manager is available, and not only by the schedule. */

let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());
afterEach(() => {
  apiClient.clock.nowMs = API_NOW;
});

const capped = { userId: "A", cap: 1 };

/** A plan with one manager at their cap, and three leads in the unassigned queue. */
async function aFullPlan(members: Parameters<SalesPlanClient["plan"]>[1] = [capped]) {
  const own = await SalesPlanClient.open(apiClient);
  const plan = await own.plan("related>least", members);
  const given = (await own.inbound(plan)).body.dealId;
  const waiting: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { status, body } = await own.inbound(plan);
    expect([status, body.assignment.state]).toEqual([202, "unassigned"]);
    waiting.push(body.dealId);
  }
  const at = `/plans/${plan.planId}`;
  const managers = async () =>
    Promise.all(waiting.map(async (dealId) => (await own.ask("GET", `${at}/deals/${dealId}`)).body.managerId));
  expect(await managers()).toEqual([null, null, null]);
  return { own, plan, at, given, managers };
}

it("BX11 raising a cap, adding or unpausing a member assigns the oldest leads in the same save", async () => {
  const { own, at, managers } = await aFullPlan([capped, { userId: "B", isPaused: true }]);
  const save = (members: readonly object[]) => own.ask("PATCH", at, { members });
  await save([
    { ...capped, cap: 2 },
    { userId: "B", isPaused: true },
  ]);
  expect(await managers()).toEqual(["A", null, null]);
  await save([
    { ...capped, cap: 2 },
    { userId: "B", cap: 1 },
  ]);
  expect(await managers()).toEqual(["A", "B", null]);
  await own.fixture.users("N");
  await save([{ ...capped, cap: 2 }, { userId: "B", cap: 1 }, { userId: "N" }]);
  expect(await managers()).toEqual(["A", "B", "N"]);
});

it("BX11 closing, removing, transferring or bulk-changing a deal frees its manager for the oldest lead", async () => {
  const { own, plan, at, given, managers } = await aFullPlan([capped, { userId: "B", isPaused: true }]);
  const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
  await own.ask("POST", `/hooks${at}/deals:remove`, { dealId: given }, { as: own.integration });
  expect(await managers()).toEqual(["A", null, null]);
  const mine = async () =>
    (await own.ask("GET", `${at}/deals?managerId=A&statusId=${plan.statuses[0]?.statusId}`)).body.data;
  const [first] = await mine();
  await own.ask("POST", `${at}/deals/${first.dealId}:transfer`, { managerId: "B" });
  expect(await managers()).toEqual(["B", "A", null]);
  const [second] = await mine();
  await own.ask("PATCH", `${at}/deals/${second.dealId}`, { statusId: won });
  expect(await managers()).toEqual(["B", "A", "A"]);
});

it("BX11 a lead that was closed without a manager is queued again once its deal is reopened", async () => {
  const own = await SalesPlanClient.open(apiClient);
  const plan = await own.plan("related>least", [{ userId: "A", isPaused: true }]);
  const at = `/plans/${plan.planId}`;
  const lost = plan.statuses.find(({ kind }) => kind === "lost")?.statusId;
  const { dealId } = (await own.inbound(plan)).body;
  const now = async () => (await own.ask("GET", `${at}/deals/${dealId}`)).body;
  const { tenantId } = own.tenant;
  const due = async () => (await startWorkOf(tenantId, apiClient.runtime)).plans;
  expect(await due()).toBe(1);
  await own.ask("PATCH", `${at}/deals/${dealId}`, { statusId: lost });
  await own.ask("PATCH", at, { members: [{ userId: "A" }] });
  expect(await now()).toMatchObject({ state: "lost", managerId: null });
  expect(await due()).toBe(0);
  expect((await own.ask("POST", `${at}/deals/${dealId}:cancel`, {})).status).toBe(200);
  expect(await now()).toMatchObject({ state: "open", managerId: "A" });
  // A lead that is added closed and without a manager is not queued.
  await own.ask("PATCH", at, { members: [{ userId: "A", isPaused: true }] });
  const closed = (await own.inbound(plan, { deal: { statusId: lost } })).body;
  expect(closed.assignment.state).toBe("unassigned");
  expect(await due()).toBe(0);
});

it("BX11 reactivating a user starts the assignment at once in the plans where leads wait for them", async () => {
  const own = await SalesPlanClient.open(apiClient);
  const [plan] = [await own.plan("related>even", ["A"]), await own.plan("related>even", ["A"])];
  await own.ask("PUT", "/users/A", { name: "A", role: "rep", isActive: false });
  expect((await own.inbound(plan)).body.assignment.reason).toBe("user-inactive");
  apiClient.sent.length = 0;
  await own.ask("PUT", "/users/A", { name: "A", role: "rep", isActive: true });
  expect(apiClient.sent).toEqual([{ queue: "plans", body: { tenantId: own.tenant.tenantId, planId: plan.planId } }]);
  await own.assignBatch(plan);
  expect(await own.fixture.managersInOrder(own.fixture.idOf(plan))).toEqual(["A"]);
});

it("BX11 leads are offered to a reactivated user by the same request again when its message was lost", async () => {
  const own = await SalesPlanClient.open(apiClient);
  const plan = await own.plan("related>even", ["A"]);
  await own.ask("PUT", "/users/A", { name: "A", role: "rep", isActive: false });
  await own.inbound(plan);
  const reactivate = async () => {
    const headers = { "idempotency-key": "back" };
    return (await own.ask("PUT", "/users/A", { name: "A", role: "rep", isActive: true }, { headers })).status;
  };
  vi.spyOn(apiClient.runtime.queues, "send").mockRejectedValueOnce(new Error("the queue is away"));
  apiClient.sent.length = 0;
  expect([await reactivate(), apiClient.sent]).toEqual([500, []]);
  expect(await reactivate()).toBe(200);
  expect(apiClient.sent).toContainEqual({
    queue: "plans",
    body: { tenantId: own.tenant.tenantId, planId: plan.planId },
  });
});

it("BX11 scenario 10: the tick before a manager's working hours schedules the unassigned queue for their first minute", async () => {
  const own = await SalesPlanClient.open(apiClient);
  const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "18:00" }];
  const plan = await own.plan("related>even", [{ userId: "A", hours }]);
  const { tenantId } = own.tenant;
  const offer = { queue: "plans", body: { tenantId, planId: plan.planId } };
  const tickAt = async (time: string) => {
    apiClient.clock.nowMs = Date.parse(time);
    apiClient.sent.length = 0;
    await startWorkOf(tenantId, apiClient.runtime);
    return apiClient.sent;
  };
  apiClient.clock.nowMs = Date.parse("2026-11-24T03:00:00Z");
  expect((await own.inbound(plan)).body.assignment.reason).toBe("outside-hours");
  expect(await tickAt("2026-11-24T08:52:00Z")).toEqual([offer]);
  expect(await tickAt("2026-11-24T08:57:10Z")).toEqual([offer, { ...offer, delaySeconds: 170 }]);
  apiClient.clock.nowMs += 170_000;
  await own.assignBatch(plan);
  expect(await own.fixture.managersInOrder(own.fixture.idOf(plan))).toEqual(["A"]);
  expect(await tickAt("2026-11-24T09:02:00Z")).toEqual([]);
});
