import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inParallel, spreadOf, counter } from "../fixtures/sales-plan.ts";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { hostileLeads } from "../fixtures/hostile-leads.ts";
import { runDealsOperation } from "../fixtures/deal-steps.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** Sentences about sales plans, tested over HTTP; titles begin with the sentence's id. */

const STRICT = { query: "?strict=true" };
const FIVE = ["A", "B", "C", "D", "E"];
const INTEGRATION_LEAD = {
  person: { externalId: "sub881", name: "Olena K.", email: "o@x.ua", phone: "+380671234567" },
};

let apiClient: ApiTestClient;
/** The same API in another process. */
let second: ApiTestClient;
let home: SalesPlanClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  second = await anApiClient();
  home = await SalesPlanClient.open(apiClient, { phoneCountry: "UA" });
});

afterAll(async () => {
  await apiClient.close();
  await second.close();
});

/** Clocks of both processes. */
function setClocks(nowMs: number): void {
  apiClient.clock.nowMs = nowMs;
  second.clock.nowMs = nowMs;
}

afterEach(() => setClocks(API_NOW));

const managerOf = ({ body }: { readonly body: { assignment: { managerId: string | null } } }) =>
  body.assignment.managerId;

const signatureOf = (secret: string, id: string, seconds: number, raw: string) =>
  `v1,${createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(`${id}.${seconds}.${raw}`)
    .digest("base64")}`;

/** Headers of a request signed at the current time. */
function signedHeaders(secret: string, id: string, raw: string): Record<string, string> {
  const seconds = Math.floor(API_NOW / 1000);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureOf(secret, id, seconds, raw),
  };
}

describe("plans", () => {
  it("SP01 lists the plans by name, and shows a chosen one", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const zebra = await own.plan("manual", [], { name: "Zebra" });
    await own.plan("manual", [], { name: "Ant" });
    const { body } = await own.ask("GET", "/plans");
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(["Ant", "Zebra"]);
    expect((await own.ask("GET", `/plans/${zebra.planId}`)).body).toMatchObject({
      name: "Zebra",
      planId: zebra.planId,
    });
  });

  it("SP02 creates a plan with name, average bill, label, distribution and managers", async () => {
    await home.fixture.users("A", "B");
    const { status, body } = await home.ask("POST", "/plans", {
      name: "Course A",
      averageAmount: "199.00",
      currency: "UAH",
      label: "Курс А",
      distribution: { mode: "uniform", affinity: "related", balance: "least" },
      members: [{ userId: "A" }, { userId: "B", weight: 2, cap: 50 }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "Course A",
      label: "Курс А",
      averageBill: { minor: 19_900, currency: "UAH" },
      distribution: { mode: "uniform", affinity: "related", balance: "least", ownerAway: "fallback" },
      members: [
        { userId: "A", weight: 1 },
        { userId: "B", weight: 2, cap: 50 },
      ],
    });
    expect(body.statuses.map(({ kind }: { kind: string }) => kind)).toEqual([
      "intermediate",
      "intermediate",
      "won",
      "lost",
    ]);
  });

  it("SP02 refuses a manager who is not a user, and names the field", async () => {
    const { status, body } = await home.ask("POST", "/plans", {
      name: "x",
      members: [{ userId: "boss" }, { userId: "nobody" }],
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: "members[1].userId", code: "unknown-user" }]);
  });

  it("SP03 scenario 23: a label of 12 characters is accepted, one of 13 refused", async () => {
    const make = (label: string) => home.ask("POST", "/plans", { name: "x", label });
    expect((await make("Продаж курсу")).body).toMatchObject({ label: "Продаж курсу" });
    expect((await make("👍🏽".repeat(12))).status).toBe(201);
    expect((await make("   x")).body).toMatchObject({ label: "x" });
    expect(await make("Продаж курсів")).toMatchObject({
      status: 422,
      body: { type: "label-too-long", errors: [{ path: "label" }] },
    });
    expect((await make("é".normalize("NFD").repeat(13))).status).toBe(422);
  });

  it("SP04 a deal is added by hand into any status", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    for (const { statusId, kind } of plan.statuses) {
      const { status, body } = await home.ask("POST", `/plans/${plan.planId}/deals`, {
        person: { email: `${kind}-${statusId}@example.com` },
        deal: { title: "By hand", amount: "10.50", statusId },
        assign: { managerId: "B" },
      });
      expect({ status, ...body }).toMatchObject({
        status: 201,
        statusId,
        managerId: "B",
        amount: { minor: 1_050, currency: "EUR" },
        state: kind === "intermediate" ? "open" : kind,
      });
    }
    // An assignment by hand takes no turn, and closed deals do not count as load.
    expect(managerOf(await home.inbound(plan))).toBe("A");
  });

  it("SP13 a manual plan gives leads to the chosen manager, and keeps the others in the unassigned queue", async () => {
    const plan = await home.plan("manual", ["A", "B"]);
    expect(managerOf(await home.inbound(plan, { assign: { managerId: "B" } }))).toBe("B");
    expect(await home.inbound(plan)).toMatchObject({
      status: 202,
      body: { assignment: { state: "unassigned", reason: "manual-plan" } },
    });
    const bulk = await home.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: {} });
    expect(bulk).toMatchObject({ status: 422, body: { type: "manager-required" } });
  });

  it("SP19 scenario 11: mode and members change during a burst: no lead is lost or given to a removed member, turns continue", async () => {
    const plan = await home.plan("related>even", ["A", "B", "C"]);
    const burst = inParallel(120, 20, () => home.inbound(plan));
    await inParallel(20, 20, () => home.inbound(plan));
    const saved = await home.ask("PATCH", `/plans/${plan.planId}`, { members: [{ userId: "A" }, { userId: "C" }] });
    expect(saved.status).toBe(200);
    await burst;
    const { sales: plans } = home.fixture.testTenant.store;
    const entries = await plans.assignment.queuedAfter(home.fixture.idOf(plan).planId, 0, 10_000);
    const change = entries.find(({ kind }) => kind === "rules")?.sequence ?? 0;
    expect(change).toBeGreaterThan(20);
    const deals = await home.fixture.dealsInOrder(home.fixture.idOf(plan));
    expect(deals).toHaveLength(140);
    const before = deals.filter(({ sequence = 0 }) => sequence < change).map(({ managerId = "-" }) => managerId);
    const after = deals.filter(({ sequence = 0 }) => sequence > change).map(({ managerId = "-" }) => managerId);
    expect(spreadOf(before, ["A", "B", "C"])).toBeLessThanOrEqual(1);
    expect(spreadOf(after, ["A", "C"])).toBeLessThanOrEqual(1);
    expect(after.filter((manager) => manager === "B")).toEqual([]);
  });

  it("SP19 a stale version is refused and changes nothing", async () => {
    const plan = await home.plan("related>even", ["A"]);
    expect((await home.ask("PATCH", `/plans/${plan.planId}?version=1`, { name: "First" })).body.version).toBe(2);
    expect(await home.ask("PATCH", `/plans/${plan.planId}?version=1`, { name: "Second" })).toMatchObject({
      status: 409,
      body: { type: "stale-version" },
    });
    expect((await home.ask("GET", `/plans/${plan.planId}`)).body.name).toBe("First");
  });

  it("SP20 statuses are added, renamed, recoloured, reordered in one request, and deleted", async () => {
    const plan = await home.plan("manual", []);
    const [first, next, won, lost] = plan.statuses.map(({ statusId }) => statusId);
    const at = `/plans/${plan.planId}`;
    const added = await home.ask("POST", `${at}/statuses`, { name: "Offer", kind: "intermediate", colour: "#1d4ed8" });
    expect(added.body.statuses.map(({ name }: { name: string }) => name)).toEqual([
      "New",
      "In progress",
      "Offer",
      "Closed: successful",
      "Closed: failed",
    ]);
    const offer = added.body.statuses[2].statusId;
    const renamed = await home.ask("PATCH", `${at}/statuses/${offer}`, { name: "Proposal", colour: "#B91C1C" });
    expect(renamed.body.statuses[2]).toMatchObject({ statusId: offer, name: "Proposal", colour: "#B91C1C" });
    expect((await home.ask("PATCH", `${at}/statuses/${offer}`, { colour: "#FFFF00" })).body.type).toBe(
      "colour-unreadable",
    );
    const order = [offer, next, first, lost, won];
    const ordered = await home.ask("PUT", `${at}/status-order`, { order });
    expect(ordered.body.statuses.map(({ statusId }: { statusId: string }) => statusId)).toEqual(order);
    expect((await home.ask("PUT", `${at}/status-order`, { order: order.slice(1) })).body.type).toBe("order-incomplete");
    expect((await home.ask("DELETE", `${at}/statuses/${offer}`)).body.statuses).toHaveLength(4);
    expect((await home.ask("DELETE", `${at}/statuses/${won}`)).body.type).toBe("one-won-needed");
    expect((await home.ask("DELETE", `${at}/statuses/${lost}`)).body.type).toBe("lost-needed");
  });

  it("SP20 scenario 27: a status with deals is deleted only with moveTo, and the sums are unchanged", async () => {
    const plan = await home.plan("related>even", ["A", "B"], { averageAmount: "19.99" });
    const [first = "", next = ""] = plan.statuses.map(({ statusId }) => statusId);
    await inParallel(12, 6, () => home.inbound(plan));
    const refused = await home.ask("DELETE", `/plans/${plan.planId}/statuses/${first}`);
    expect(refused).toMatchObject({ status: 409, body: { type: "status-has-deals" } });
    expect(refused.body.detail).toContain("12 deals");
    expect(refused.body.errors).toHaveLength(10);
    expect((await home.ask("DELETE", `/plans/${plan.planId}/statuses/${first}?moveTo=${next}`)).status).toBe(200);
    const id = home.fixture.idOf(plan);
    const counts = await home.fixture.testTenant.store.sales.deals.counts(id.planId);
    expect(new Set(counts.map(({ statusId }) => statusId))).toEqual(new Set([next]));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    expect(counts.reduce((sum, { sums }) => sum + (Object.values(sums)[0] ?? 0), 0)).toBe(12 * 1_999);
    for (const deal of await home.fixture.dealsInOrder(id)) {
      const log = (await home.ask("GET", `/plans/${plan.planId}/deals/${deal.dealId}/log`)).body.data;
      expect(log.map(({ action }: { action: string }) => action)).toEqual(["added", "moved"]);
    }
  });
});

describe("distribution over HTTP", () => {
  describe("500 leads, 50 at a time", () => {
    let plan: SalesPlanBody;
    const statuses: number[] = [];

    beforeAll(async () => {
      plan = await home.plan("related>even", FIVE);
      const other = home.through(second);
      await inParallel(500, 50, async (i) => {
        const { status } = await (i % 2 === 0 ? home : other).inbound(plan);
        statuses.push(status);
      });
      await home.assignBatch(plan);
    });

    it("SP16 scenario 2: are taken, each with its manager or with the word that one will be assigned", () => {
      expect(statuses).toHaveLength(500);
      expect(statuses.filter((status) => status !== 201 && status !== 202)).toEqual([]);
    });

    it("SP16 scenario 2: are exactly 100 each, and counts differ by at most one at every sequence number", async () => {
      const managers = await home.fixture.managersInOrder(home.fixture.idOf(plan));
      expect(counter(managers)).toEqual({ A: 100, B: 100, C: 100, D: 100, E: 100 });
      expect(spreadOf(managers, FIVE)).toBe(1);
    });

    it("SP16 scenario 2: have an assignment each in their log", async () => {
      const deals = await home.fixture.dealsInOrder(home.fixture.idOf(plan));
      const logs = await mapConcurrent(deals, (deal) => home.fixture.assignmentOf(deal));
      expect(logs).toHaveLength(500);
    });
  });

  it("SP17 scenario 3: 40 leads at once on loads of 0, 0, 0, 0 and 10 end in 10 each", async () => {
    const plan = await home.plan("related>least", FIVE);
    await inParallel(10, 10, () => home.inbound(plan, { assign: { managerId: "E" } }));
    await inParallel(40, 40, () => home.inbound(plan));
    await home.assignBatch(plan);
    expect(counter(await home.fixture.managersInOrder(home.fixture.idOf(plan)))).toEqual({
      A: 10,
      B: 10,
      C: 10,
      D: 10,
      E: 10,
    });
  });

  it("SP17 scenario 4: closed deals do not count as load, and a manager without any deal so far goes first", async () => {
    const plan = await home.plan("related>least", ["A", "B", "C"]);
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const first = await home.inbound(plan, { assign: { managerId: "B" } });
    expect(managerOf(await home.inbound(plan))).toBe("A");
    const { planId, dealId } = (await home.inbound(plan)).body;
    expect(managerOf(await home.inbound(plan, { assign: { managerId: "C" } }))).toBe("C");
    // A has one, B one, C two. Closing one of C's and A's leaves A with none.
    const deals = await home.fixture.dealsInOrder(home.fixture.idOf(plan));
    const ofA = deals.find(({ managerId }) => managerId === "A")?.dealId;
    for (const closed of [dealId, ofA])
      expect((await home.ask("PATCH", `/plans/${planId}/deals/${closed}`, { statusId: won })).body.state).toBe("won");
    expect(first.status).toBe(201);
    expect(managerOf(await home.inbound(plan))).toBe("A");
  });

  it("SP18 scenario 1: known persons go to their own manager, new ones to the manager with the fewest open deals", async () => {
    const plan = await home.plan("related>least", ["A", "B", "C"]);
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const known = { person: { email: "known@example.com" } };
    const { dealId } = (await home.inbound(plan, { ...known, assign: { managerId: "A" } })).body;
    await home.ask("PATCH", `/plans/${plan.planId}/deals/${dealId}`, { statusId: won });
    for (const managerId of ["A", "A", "C"]) await home.inbound(plan, { assign: { managerId } });
    const again = await home.inbound(plan, known);
    expect(again.body.assignment).toMatchObject({
      managerId: "A",
      rule: "related>least",
      why: "had the person's newest closed deal",
    });
    expect((await home.inbound(plan)).body.assignment).toMatchObject({ managerId: "B", why: "fewest open deals (0)" });
    // B and C have one each, and B got the last one.
    expect(managerOf(await home.inbound(plan))).toBe("C");
  });

  it("SP15 scenario 8: if the newest related manager left the plan, the older one gets the lead, then the balance rule decides; the owner is unchanged", async () => {
    const [old, now] = [await home.plan("manual", ["X", "Y", "Z"]), await home.plan("related>even", ["Y", "Z"])];
    const person = { person: { email: "walker@example.com" } };
    const won = old.statuses.find(({ kind }) => kind === "won")?.statusId;
    for (const managerId of ["Y", "X"]) {
      apiClient.clock.nowMs += 60_000;
      const { dealId } = (await home.inbound(old, { ...person, assign: { managerId } })).body;
      await home.ask("PATCH", `/plans/${old.planId}/deals/${dealId}`, { statusId: won });
    }
    const first = (await home.inbound(now, person)).body;
    expect(first.assignment).toMatchObject({ managerId: "Y", why: "had the person's newest closed deal" });
    await home.ask(
      "POST",
      `/hooks/plans/${now.planId}/deals:remove`,
      { dealId: first.dealId },
      { as: home.integration },
    );
    await home.fixture.testTenant.store.imports.saveUsers([
      { userId: home.fixture.userId("Y"), name: "Y", role: "rep", isActive: false },
    ]);
    const next = (await home.inbound(now, { ...person, occurredAt: "2026-11-24T10:00:00Z" })).body;
    expect(next.assignment).toMatchObject({ managerId: "Z", why: "next in turn" });
    expect((await home.fixture.testTenant.store.sales.contacts.person(next.personId))?.ownerId).toBeUndefined();
  });

  it("SP15 the person's owner, and an activity with the person, count as evidence", async () => {
    const plan = await home.plan("related>even", ["A", "B", "C"]);
    const made = (await home.inbound(plan, { person: { email: "owned@example.com" } })).body;
    expect(made.assignment.managerId).toBe("A");
    await home.ask(
      "POST",
      `/hooks/plans/${plan.planId}/deals:remove`,
      { dealId: made.dealId },
      { as: home.integration },
    );
    expect(
      (await home.ask("POST", `/contacts/${made.personId}/activities`, { type: "call", userId: "C" })).status,
    ).toBe(201);
    const called = await home.inbound(plan, {
      person: { email: "owned@example.com" },
      occurredAt: "2026-11-25T08:00:00Z",
    });
    expect(called.body.assignment).toMatchObject({ managerId: "C", why: "had the newest activity with the person" });
    await home.ask(
      "POST",
      `/hooks/plans/${plan.planId}/deals:remove`,
      { dealId: called.body.dealId },
      { as: home.integration },
    );
    expect((await home.ask("PUT", `/contacts/${made.personId}/owner`, { ownerId: "B" })).body.ownerId).toBe("B");
    const owned = await home.inbound(plan, {
      person: { email: "owned@example.com" },
      occurredAt: "2026-11-26T08:00:00Z",
    });
    expect(owned.body.assignment).toMatchObject({ managerId: "B", why: "owns the person" });
  });

  it("BX11 scenario 10: a lead at 03:00 is queued with its reason; at 09:00 the queue is assigned, oldest first, each lead once", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "18:00" }];
    const plan = await own.plan("related>even", [
      { userId: "A", hours },
      { userId: "B", hours },
    ]);
    setClocks(Date.parse("2026-11-24T03:00:00Z"));
    const nightly = [];
    for (let i = 0; i < 5; i += 1) nightly.push(await own.inbound(plan));
    expect(nightly.map(({ status, body }) => [status, body.assignment.reason])).toEqual(
      Array.from({ length: 5 }, () => [202, "outside-hours"]),
    );
    expect(nightly[0]?.headers.get("location")).toBe(`/v1/plans/${plan.planId}/deals/${nightly[0]?.body.dealId}`);
    await own.assignBatch(plan);
    expect(await own.fixture.managersInOrder(own.fixture.idOf(plan))).toEqual(["-", "-", "-", "-", "-"]);
    setClocks(Date.parse("2026-11-24T09:00:00Z"));
    // Two schedules that overlap.
    await Promise.all([own.assignBatch(plan), own.through(second).assignBatch(plan)]);
    expect(await own.fixture.managersInOrder(own.fixture.idOf(plan))).toEqual(["A", "B", "A", "B", "A"]);
    setClocks(API_NOW);
    for (const { body } of nightly) {
      const log = (await own.ask("GET", `/plans/${plan.planId}/deals/${body.dealId}/log`)).body.data;
      expect(log.map(({ action }: { action: string }) => action)).toEqual(["added", "assigned"]);
    }
  });

  it("BX11 closing a deal frees its manager for the oldest lead in the unassigned queue", async () => {
    const plan = await home.plan("related>least", [{ userId: "A", cap: 1 }]);
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const [first, waiting, younger] = [await home.inbound(plan), await home.inbound(plan), await home.inbound(plan)];
    expect(waiting.body.assignment).toMatchObject({ state: "unassigned", reason: "at-cap" });
    await home.ask("PATCH", `/plans/${plan.planId}/deals/${first.body.dealId}`, { statusId: won });
    const state = async (dealId: string) =>
      (await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}`)).body.managerId;
    expect(await state(waiting.body.dealId)).toBe("A");
    expect(await state(younger.body.dealId)).toBeNull();
  });

  it("BX10 scenario 9: a manager back from leave is not flooded", async () => {
    const plan = await home.plan("related>even", ["A", "B", "C"]);
    const save = (members: readonly object[]) => home.ask("PATCH", `/plans/${plan.planId}`, { members });
    await save([{ userId: "A" }, { userId: "B", isPaused: true }, { userId: "C" }]);
    await inParallel(40, 10, () => home.inbound(plan));
    await save([{ userId: "A" }, { userId: "B" }, { userId: "C" }]);
    await inParallel(60, 10, () => home.inbound(plan));
    await home.assignBatch(plan);
    const managers = await home.fixture.managersInOrder(home.fixture.idOf(plan));
    expect(counter(managers.slice(0, 40))).toEqual({ A: 20, C: 20 });
    expect(counter(managers.slice(40))).toEqual({ A: 20, B: 20, C: 20 });
    expect(/(.),\1/.test(managers.slice(40).join(","))).toBe(false);
  });

  it("BX12 every assignment shows its rule, the candidates with their loads, and who was skipped and why", async () => {
    const plan = await home.plan("related>least", ["A", { userId: "B", isPaused: true }, "C"]);
    await home.inbound(plan);
    const { dealId } = (await home.inbound(plan)).body;
    const log = (await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}/log`)).body.data;
    expect(log).toMatchObject([
      {
        action: "added",
        actorId: expect.stringMatching(/^key:k/),
        requestId: expect.stringMatching(/^req_/),
        assignment: {
          state: "assigned",
          managerId: "C",
          rule: "related>least",
          why: "fewest open deals (0)",
          candidates: [
            { userId: "A", load: 1, weight: 1 },
            { userId: "C", load: 0, weight: 1 },
          ],
          skipped: [{ userId: "B", reason: "paused" }],
        },
      },
    ]);
  });

  it("BX13 a dry run predicts the assignments that follow, also for plan changes that are not saved yet", async () => {
    const plan = await home.plan("random>least", ["A", "B", "C"]);
    await inParallel(7, 7, () => home.inbound(plan));
    const change = { members: [{ userId: "A" }, { userId: "B", weight: 2 }, { userId: "C", isPaused: true }] };
    const preview = await home.ask("POST", `/plans/${plan.planId}:dry-run`, { count: 12, change });
    expect(preview.status).toBe(200);
    await home.ask("PATCH", `/plans/${plan.planId}`, change);
    const outcome = [];
    for (let i = 0; i < 12; i += 1) outcome.push(managerOf(await home.inbound(plan)));
    expect(outcome).toEqual(preview.body.assignments.map(({ managerId }: { managerId: string }) => managerId));
    const one = await home.inbound(plan, {}, { query: "?dryRun=true" });
    expect(one).toMatchObject({ status: 200, body: { dryRun: true, assignment: { state: "assigned" } } });
    expect(managerOf(await home.inbound(plan))).toBe(one.body.assignment.managerId);
  });
});

describe("bulk operations", () => {
  it("SP24 adds the audience as it was filtered at the start, with progress and a result for each member", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const [source, plan] = [await own.plan("manual", ["A", "B"]), await own.plan("related>even", ["A", "B"])];
    await inParallel(25, 10, (i) =>
      own.inbound(source, { person: { externalId: `a${i}`, ...(i < 20 ? { email: `a${i}@x.ua` } : {}) } }),
    );
    await own.inbound(plan, { person: { externalId: "a3" } });
    const started = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: { hasEmail: true } });
    expect(started).toMatchObject({ status: 202, body: { state: "running", total: 20, done: 0 } });
    // A person who is added later is not part of it.
    await own.inbound(source, { person: { externalId: "late", email: "late@x.ua" } });
    await own.runAudienceOperation(started.body.operationId);
    const operation = (await own.ask("GET", `/audience-operations/${started.body.operationId}`)).body;
    expect(operation).toMatchObject({ state: "done", total: 20, done: 20, added: 19, duplicates: 1, failed: 0 });
    const results = (await own.ask("GET", `/audience-operations/${started.body.operationId}/results`)).body.data;
    expect(counter(results.map(({ state }: { state: string }) => state))).toEqual({ added: 19, duplicate: 1 });
    const managers = await own.fixture.managersInOrder(own.fixture.idOf(plan));
    expect(managers).toHaveLength(20);
    expect(spreadOf(managers, ["A", "B"])).toBe(1);
  });

  it("SP24 takes imported contacts into an audience, each person once, by any matching identity", async () => {
    const own = await SalesPlanClient.open(apiClient, { phoneCountry: "UA" });
    const [source, plan] = [await own.plan("manual", ["A"]), await own.plan("related>even", ["A", "B"])];
    await own.inbound(source, { person: { email: "Known@x.ua" } });
    await own.imported(
      { externalId: "crm-known", email: "known@x.ua" },
      { externalId: "crm-silent", name: "No Address" },
      { externalId: "crm-00", email: "twin@x.ua", phone: "0671234567" },
      // The same person, further down in the list.
      { externalId: "crm-99", email: "twin@y.ua", phone: "+380 67 123-45-67" },
      ...Array.from({ length: 40 }, (_, i) => ({ externalId: `crm-${i + 10}`, email: `crm-${i}@x.ua` })),
    );
    const bulk = (from: SalesPlanClient, audience: object) =>
      from.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience }, { as: own.integration });
    const other = own.through(second);
    const operations = await Promise.all([own, other].map((from) => bulk(from, { hasEmail: true })));
    expect(operations.map(({ status, body }) => [status, body.total])).toEqual([
      [202, 42],
      [202, 42],
    ]);
    await Promise.all(operations.map(({ body }, i) => (i === 0 ? own : other).runAudienceOperation(body.operationId)));
    const managers = await own.fixture.managersInOrder(own.fixture.idOf(plan));
    expect(managers).toHaveLength(42);
    expect(counter(managers)).toEqual({ A: 21, B: 21 });
    for (const person of [{ externalId: "crm-known" }, { externalId: "crm-99" }, { email: "twin@y.ua" }])
      expect(await own.inbound(plan, { person })).toMatchObject({ status: 200, body: { duplicate: true } });
    expect((await own.inbound(plan, { person: { externalId: "crm-silent" } })).status).toBe(201);
  });

  it("SP24 leaves imported contacts out when the filter is on fields that they do not have", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("related>even", ["A"]);
    await own.imported({ externalId: "crm-1", name: "Olena K.", email: "olena@x.ua" }, { externalId: "crm-2" });
    const totals = [];
    for (const audience of [{ ownerId: "A" }, { knownTo: "2099-12-31" }, { search: "OLENA" }, {}])
      totals.push((await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience })).body.total);
    expect(totals).toEqual([0, 0, 1, 2]);
  });

  it("SP13 gives an audience to the chosen manager", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("manual", ["A", "B"]);
    const other = await own.plan("manual", ["A"]);
    await inParallel(10, 5, () => own.inbound(other));
    const started = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, { audience: {}, managerId: "B" });
    await own.runAudienceOperation(started.body.operationId);
    expect(counter(await own.fixture.managersInOrder(own.fixture.idOf(plan)))).toEqual({ B: 10 });
  });
});

describe("the integration webhook", () => {
  it("SP25 adds a lead and answers its manager and the reason", async () => {
    const plan = await home.plan("related>least", ["A", "B"]);
    const answer = await home.inbound(
      plan,
      {
        ...INTEGRATION_LEAD,
        deal: { title: "Course A", amount: "199.00", currency: "UAH" },
        source: { tunnelId: "42", blockId: "9" },
      },
      { headers: { "idempotency-key": '"tunnel42:block9:sub881:run3"' } },
    );
    expect(answer).toMatchObject({
      status: 201,
      body: {
        planId: plan.planId,
        duplicate: false,
        version: 1,
        assignment: { state: "assigned", managerId: "A", rule: "related>least", why: "fewest open deals (0)" },
      },
    });
    const deal = (await home.ask("GET", `/plans/${plan.planId}/deals/${answer.body.dealId}`)).body;
    expect(deal).toMatchObject({ title: "Course A", amount: { minor: 19_900, currency: "UAH" }, state: "open" });
  });

  it("SP25 scenario 5: twenty concurrent retries through two processes, and one an hour later, make one deal and take one turn", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const given = { headers: { "idempotency-key": "k-5" } };
    const other = home.through(second);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? home : other).inbound(plan, INTEGRATION_LEAD, given)),
    );
    apiClient.clock.nowMs += 3_600_000;
    const later = await home.inbound(plan, INTEGRATION_LEAD, given);
    apiClient.clock.nowMs -= 3_600_000;
    expect(counter(answers.map(({ status }) => String(status)))).toEqual({ "200": 19, "201": 1 });
    expect(new Set([...answers, later].map(({ body }) => body.dealId)).size).toBe(1);
    expect(later.headers.get("idempotency-replayed")).toBe("true");
    const { requestId, ...first } = answers.find(({ status }) => status === 201)?.body ?? {};
    for (const { body } of [...answers, later]) expect(body).toEqual({ ...first, requestId });
    expect(managerOf(await home.inbound(plan))).toBe("B");
    expect(await home.fixture.dealsInOrder(home.fixture.idOf(plan))).toHaveLength(2);
  });

  it("SP25 scenario 6: a known idempotency key with another body is refused, and nothing is created", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const given = { headers: { "idempotency-key": "k-6" } };
    expect((await home.inbound(plan, INTEGRATION_LEAD, given)).status).toBe(201);
    const other = { person: { email: "another@x.ua" } };
    expect(await home.inbound(plan, other, given)).toMatchObject({ status: 422, body: { type: "key-reused" } });
    expect(await home.fixture.dealsInOrder(home.fixture.idOf(plan))).toHaveLength(1);
  });

  it("SP25 takes the idempotency key from Idempotency-Key, else webhook-id, else eventId, else from the lead's content", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const create = (lead: object, headers: Record<string, string> = {}) =>
      home.inbound(plan, { person: { email: "same@x.ua" }, onDuplicate: "create", ...lead }, { headers });
    const statuses = async (...answers: readonly Promise<{ status: number }>[]) =>
      (await Promise.all(answers)).map(({ status }) => status).toSorted();
    const source = { source: { tunnelId: "42", blockId: "9" } };
    expect(await statuses(create({ eventId: "e1" }), create({ eventId: "e1" }))).toEqual([200, 201]);
    expect(
      await statuses(
        create({ eventId: "e2" }, { "webhook-id": "w" }),
        create({ eventId: "e3" }, { "webhook-id": "w2" }),
      ),
    ).toEqual([201, 201]);
    expect(await statuses(create(source), create(source))).toEqual([200, 201]);
    expect(
      await statuses(
        create({ source: { tunnelId: "42", blockId: "10" } }),
        create({ ...source, occurredAt: "2026-01-01T00:00:00Z" }),
      ),
    ).toEqual([201, 201]);
    // A proxy's request id is new for each attempt, so it is not used as the key.
    expect(await statuses(create(source, { "x-request-id": "1" }))).toEqual([200]);
  });

  it("SP25 scenario 7: one person through two integrations at once: one open deal, two entries on its timeline", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const keys = [await home.key("tunnel one"), await home.key("tunnel two")];
    const phones = ["+380 67 765-43-21", "0677654321"];
    const answers = await Promise.all(
      keys.map((as, i) =>
        (i === 0 ? home : home.through(second)).inbound(plan, { person: { phone: phones[i] } }, { as }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 201]);
    expect(new Set(answers.map(({ body }) => body.dealId)).size).toBe(1);
    expect(answers.map(({ body }) => body.duplicate).toSorted()).toEqual([false, true]);
    const log = (await home.ask("GET", `/plans/${plan.planId}/deals/${answers[0]?.body.dealId}/log`)).body.data;
    expect(log.map(({ action }: { action: string }) => action).toSorted()).toEqual(["added", "duplicate"]);
  });

  it("SP25 a person without an open deal gets one; an open deal is updated, or a second one is made on request", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const person = { person: { email: "again@x.ua" } };
    const add = (eventId: string, given: object = {}) => home.inbound(plan, { ...person, eventId, ...given });
    const first = await add("1");
    expect(await add("2")).toMatchObject({ status: 200, body: { dealId: first.body.dealId, duplicate: true } });
    const updated = await add("3", { onDuplicate: "update", deal: { amount: "5.00", title: "New" } });
    expect(updated).toMatchObject({ status: 200, body: { dealId: first.body.dealId, duplicate: true, version: 2 } });
    expect((await home.ask("GET", `/plans/${plan.planId}/deals/${first.body.dealId}`)).body).toMatchObject({
      title: "New",
      amount: { minor: 500 },
    });
    expect((await add("4", { onDuplicate: "create" })).body.dealId).not.toBe(first.body.dealId);
    await home.ask("PATCH", `/plans/${plan.planId}/deals/${first.body.dealId}`, { statusId: won });
    const next = await add("5");
    expect(next).toMatchObject({ status: 201, body: { duplicate: false } });
  });

  it("SP25 changes a deal's status and removes a deal, each once per idempotency key", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const [, talk = "", won = ""] = plan.statuses.map(({ statusId }) => statusId);
    const { dealId } = (await home.inbound(plan, { person: { email: "mover@x.ua" } })).body;
    const integration = (verb: string, body: object, key: string) =>
      home.ask("POST", `/hooks/plans/${plan.planId}/deals:${verb}`, body, {
        as: home.integration,
        headers: { "idempotency-key": key },
      });
    const moved = await integration("status", { person: { email: "mover@x.ua" }, statusId: talk }, "m1");
    expect(moved).toMatchObject({ status: 200, body: { dealId, statusId: talk, version: 2 } });
    const again = await integration("status", { person: { email: "mover@x.ua" }, statusId: talk }, "m1");
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await integration("status", { dealId, statusId: won }, "m1")).body.type).toBe("key-reused");
    expect((await integration("status", { dealId, statusId: won }, "m2")).body).toMatchObject({
      statusId: won,
      version: 3,
    });
    expect((await integration("status", { dealId, statusId: talk }, "m3")).body.type).toBe("deal-closed");
    expect((await integration("remove", { dealId }, "m4")).status).toBe(200);
    expect((await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}`)).body.state).toBe("removed");
    const counts = await home.fixture.testTenant.store.sales.deals.counts(home.fixture.idOf(plan).planId);
    expect(counts).toEqual([]);
  });

  it("SP25 takes a batch of a hundred, each with its own answer", async () => {
    const plan = await home.plan("related>even", FIVE);
    const items: { key?: string; lead: object }[] = Array.from({ length: 97 }, (_, i) => ({
      key: `b${i}`,
      lead: { person: { externalId: `batch-${i}` } },
    }));
    items.push(
      { key: "b0", lead: { person: { externalId: "batch-0" } } },
      { lead: { person: {} } },
      { lead: { person: { externalId: "batch-x" }, deal: { amount: 1.5 } } },
    );
    const { status, body } = await home.ask(
      "POST",
      `/hooks/plans/${plan.planId}/leads:batch`,
      { items },
      { as: home.integration },
    );
    expect(status).toBe(200);
    expect(counter(body.items.map((item: { status: number }) => String(item.status)))).toEqual({
      "200": 1,
      "201": 98,
      "422": 1,
    });
    expect(body.items[99]).toMatchObject({ status: 201, notUsed: [{ path: "deal.amount", code: "wrong-type" }] });
    const managers = await home.fixture.managersInOrder(home.fixture.idOf(plan));
    expect(managers).toHaveLength(98);
    expect(spreadOf(managers, FIVE)).toBe(1);
  });

  it("SP25 keeps unknown fields in fields, and refuses them in strict mode", async () => {
    const plan = await home.plan("related>even", ["A"]);
    const lead = { person: { email: "extra@x.ua" }, utmTerm: "spring", fields: { a: 1 } };
    const { dealId } = (await home.inbound(plan, lead)).body;
    const [deal] = (await home.fixture.dealsInOrder(home.fixture.idOf(plan))).filter((one) => one.dealId === dealId);
    expect(deal?.fields).toEqual({ a: 1, utmTerm: "spring" });
    expect(
      await home.inbound(plan, { ...lead, person: { email: "e2@x.ua" } }, { query: "?strict=true" }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ path: "utmTerm", code: "unknown-property" }] },
    });
  });

  it("SP25 an API key for some plans reaches no other plan on any route, as a bearer token or as a signature", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const [mine, others] = [await own.plan("related>even", ["A"]), await own.plan("related>even", ["A"])];
    const make = (body: object) =>
      own.ask("POST", "/api-keys", { name: "course tunnel", actions: ["leads.add", "deals.remove"], ...body });
    const made = await make({ planIds: [mine.planId] });
    expect(made).toMatchObject({ status: 201, body: { planIds: [mine.planId], strict: false } });
    expect(await make({ planIds: [mine.planId, "pln_none"] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "planIds[1]", code: "unknown-plan" }] },
    });
    expect((await own.ask("GET", "/api-keys")).body.data).toContainEqual(
      expect.objectContaining({ keyId: made.body.keyId, planIds: [mine.planId] }),
    );
    const as = made.body.secret;
    const { dealId } = (await own.inbound(others)).body;
    const at = `/hooks/plans/${others.planId}`;
    const refused = [
      await own.inbound(others, {}, { as }),
      await own.inbound(others, {}, { as, query: "?dryRun=true" }),
      await own.ask("POST", `${at}/leads:batch`, { items: [{ lead: { person: { externalId: "b" } } }] }, { as }),
      await own.ask("POST", `${at}/deals:remove`, { dealId }, { as }),
      await own.ask("GET", `/plans/${others.planId}/deals/${dealId}`, undefined, { as }),
    ];
    const unknown = await own.inbound({ planId: "pln_none" }, {}, { as: own.integration });
    for (const { status, body } of refused)
      expect([status, body.detail]).toEqual([404, unknown.body.detail.replace("pln_none", others.planId)]);
    expect((await own.ask("GET", "/plans", undefined, { as })).body.data).toMatchObject([{ planId: mine.planId }]);
    expect((await own.inbound(mine, {}, { as })).status).toBe(201);
    const secret = made.body.signingSecret;
    const raw = '{"person":{"email":"signed@x.ua"}}';
    const signed = async (planId: string) => {
      const headers = signedHeaders(secret, `msg_${planId}`, raw);
      const sender = `?sender=${own.tenant.tenantId}:course%20tunnel`;
      return own.ask("POST", `/hooks/plans/${planId}/leads${sender}`, undefined, { as: undefined, raw, headers });
    };
    expect((await signed(others.planId)).status).toBe(404);
    expect((await signed(mine.planId)).status).toBe(201);
    expect(await own.fixture.dealsInOrder(own.fixture.idOf(others))).toHaveLength(1);
  });

  it("SP25 a strict API key refuses unknown fields, whatever the query says", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("related>even", ["A"]);
    const fields = { name: "strict one", actions: ["leads.add"], strict: true };
    const made = (await own.ask("POST", "/api-keys", fields)).body;
    expect(made).toMatchObject({ strict: true, planIds: null });
    const lead = { person: { externalId: "s1" }, utmTerm: "spring" };
    const error = { errors: [{ path: "utmTerm", code: "unknown-property" }] };
    for (const query of ["", "?strict=false", "?dryRun=true"])
      expect(await own.inbound(plan, lead, { as: made.secret, query })).toMatchObject({ status: 422, body: error });
    const path = `/hooks/plans/${plan.planId}/leads:batch`;
    expect((await own.ask("POST", path, { items: [{ lead }] }, { as: made.secret })).body.items).toMatchObject([
      { status: 422, ...error },
    ]);
    expect((await own.inbound(plan, { person: { externalId: "s1" } }, { as: made.secret })).status).toBe(201);
  });

  it("SP25 scenario 28: another tenant's API key finds no plan, and writes nothing to this tenant's logs", async () => {
    const stranger = await SalesPlanClient.open(apiClient);
    const plan = await home.plan("related>even", ["A"]);
    const answer = await home.inbound(plan, INTEGRATION_LEAD, { as: stranger.integration });
    expect(answer).toMatchObject({ status: 404, body: { type: "unknown-plan" } });
    expect(await home.fixture.dealsInOrder(home.fixture.idOf(plan))).toEqual([]);
    expect(await home.fixture.testTenant.store.sales.inboundRequests.list("machine:tunnel", 200)).not.toContainEqual(
      expect.objectContaining({ planId: plan.planId }),
    );
    expect((await home.inbound(plan, {}, { as: await home.key("reader", ["insights.view_all"]) })).status).toBe(403);
    await home.ask("PATCH", `/plans/${plan.planId}`, { isArchived: true });
    expect(await home.inbound(plan)).toMatchObject({ status: 410, body: { type: "plan-archived" } });
  });

  it("SP25 the log of inbound requests shows what a key sent, without personal data, and can replay it", async () => {
    const plan = await home.plan("related>even", ["A"]);
    const as = await home.key("logged");
    const keyId = (await home.ask("GET", "/api-keys")).body.data.find(
      ({ name }: { name: string }) => name === "logged",
    ).keyId;
    await home.inbound(
      plan,
      { person: { email: "secret.person@x.ua", name: "Secret Person", phone: "+380671112233" } },
      { as },
    );
    const late = { person: { email: "late@x.ua" }, deal: { statusId: "st_later" } };
    await home.inbound(plan, late, { as, ...STRICT });
    const list = await home.ask("GET", `/api-keys/${keyId}/inbound-requests`);
    expect(list.body.data.map(({ status }: { status: number }) => status).toSorted()).toEqual([201, 422]);
    expect(JSON.stringify(list.body)).not.toMatch(/secret|Secret|671112233/);
    const refused = list.body.data.find(({ status }: { status: number }) => status === 422);
    expect(refused).toMatchObject({ problem: "unusable-fields", paths: ["deal.statusId"] });
    const done = list.body.data.find(({ status }: { status: number }) => status === 201);
    const again = await home.ask("POST", `/api-keys/${keyId}/inbound-requests/${done.requestId}:replay`);
    expect(again.body).toMatchObject({ status: 200, dealId: done.dealId });
    expect(await home.fixture.dealsInOrder(home.fixture.idOf(plan))).toHaveLength(1);
  });

  it("SP25 a replayed deal change does nothing if it had succeeded, and is done once if it had been refused", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("related>even", ["A"]);
    const [first = "", talk = ""] = plan.statuses.map(({ statusId }) => statusId);
    const as = await own.key("changer");
    const [{ keyId }] = (await own.ask("GET", "/api-keys")).body.data.filter(
      ({ name }: { name: string }) => name === "changer",
    );
    const deals = `/plans/${plan.planId}/deals`;
    const inbound = async (verb: string, body: object, headers: Record<string, string> = {}) =>
      (await own.ask("POST", `/hooks${deals}:${verb}`, body, { as, headers })).body.requestId;
    const log = async () => (await own.ask("GET", `/api-keys/${keyId}/inbound-requests`)).body.data;
    const replay = (requestId: string) => own.ask("POST", `/api-keys/${keyId}/inbound-requests/${requestId}:replay`);
    const state = async () => (await own.ask("GET", `${deals}/${dealId}`)).body;

    // Longer ago than keys are kept.
    setClocks(API_NOW - 8 * 86_400_000);
    const { dealId } = (await own.inbound(plan, {}, { as })).body;
    const moved = await inbound("status", { dealId, statusId: talk });
    setClocks(API_NOW);
    await own.ask("PATCH", `${deals}/${dealId}`, { statusId: first });
    expect((await replay(moved)).body).toMatchObject({ status: 200, dealId, statusId: first, version: 3 });
    expect(await state()).toMatchObject({ statusId: first, version: 3 });

    const person = { externalId: "comes-later" };
    const early = await inbound("status", { person, statusId: talk });
    expect((await replay(early)).body.type).toBe("unknown-deal");
    const later = (await own.inbound(plan, { person })).body.dealId;
    expect((await replay(early)).body).toMatchObject({ status: 200, dealId: later, statusId: talk, version: 2 });
    await own.ask("PATCH", `${deals}/${later}`, { statusId: first });
    // The stored answer is sent again; the deal has changed since, and is left as it is.
    expect((await replay(early)).body).toMatchObject({ status: 200, dealId: later, statusId: talk, version: 2 });
    expect((await own.ask("GET", `${deals}/${later}`)).body).toMatchObject({ statusId: first, version: 3 });

    const closed = await inbound("status", { dealId: later, statusId: "st_none" }, { "idempotency-key": "c1" });
    expect((await replay(closed)).body.type).toBe("unknown-status");
    const removed = { person: { externalId: "last" }, eventId: "r1" };
    const removal = await inbound("remove", removed);
    const last = (await own.inbound(plan, { person: { externalId: "last" } })).body.dealId;
    expect((await replay(removal)).body).toMatchObject({ status: 200, dealId: last });
    expect((await own.ask("GET", `${deals}/${last}`)).body.state).toBe("removed");
    // The sender's own retry counts as the same request.
    const retry = await own.ask("POST", `/hooks${deals}:remove`, removed, { as });
    expect([retry.status, retry.headers.get("idempotency-replayed")]).toEqual([200, "true"]);
    expect(await log()).toContainEqual(
      expect.objectContaining({ action: "deals.remove", status: 200, dealId: last, isReplayOf: removal }),
    );
    expect((await log()).filter(({ isReplayOf }: { isReplayOf: string | null }) => isReplayOf === early)).toHaveLength(
      3,
    );
    expect((await own.ask("GET", `${deals}/${last}/log`)).body.data.at(-1)).toMatchObject({
      action: "removed",
      actorId: "user:boss",
    });
  });

  it("SP25 a replayed lead that strict mode refused is refused again, and one that was accepted makes no second deal", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("related>even", ["A"]);
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const [{ keyId }] = (await own.ask("GET", "/api-keys")).body.data;
    const replay = (requestId: string) => own.ask("POST", `/api-keys/${keyId}/inbound-requests/${requestId}:replay`);
    const strict = await own.inbound(plan, { utmTerm: "spring" }, { query: "?strict=true" });
    expect(await replay(strict.body.requestId)).toMatchObject({ status: 422, body: { type: "unusable-fields" } });
    // Longer ago than keys are kept.
    setClocks(API_NOW - 8 * 86_400_000);
    const { dealId, requestId } = (await own.inbound(plan)).body;
    setClocks(API_NOW);
    await own.ask("PATCH", `/plans/${plan.planId}/deals/${dealId}`, { statusId: won });
    expect((await replay(requestId)).body).toMatchObject({ status: 200, dealId, statusId: won });
    expect(await own.fixture.dealsInOrder(own.fixture.idOf(plan))).toHaveLength(1);
  });

  it("SP25 scenario 32: no log and no problem contains a secret, a phone number or an e-mail address", async () => {
    const plan = await home.plan("related>even", ["A"]);
    const person = { email: "hidden-canary@x.ua", phone: "+380509998877", name: "Canary Hidden" };
    const from = apiClient.lines.length;
    await home.inbound(plan, { person });
    const refusals = [
      await home.inbound(plan, { person: { ...person, phone: "not a number 0509998877" } }, STRICT),
      await home.inbound(plan, { person, deal: { amount: 3.5 } }, STRICT),
      await home.inbound(plan, { person: { ...person, email: "hidden-canary@" } }, STRICT),
      await home.ask(
        "POST",
        `/hooks/plans/${plan.planId}/leads?key=${home.integration}x`,
        { person },
        { as: undefined },
      ),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422, 401]);
    const said = JSON.stringify([apiClient.lines.slice(from), refusals.map(({ body }) => body)]);
    expect(said).not.toMatch(/canary/i);
    expect(said).not.toContain("9998877");
    expect(said).not.toContain(home.integration.slice(-20));
  });
});

describe("hostile payloads", () => {
  it("SP25 are refused for a strict sender, a thousand of them, each with the path of every bad field, and nothing is stored", async () => {
    const own = await SalesPlanClient.open(apiClient);
    const plan = await own.plan("related>even", ["A"]);
    const { sales: plans } = own.fixture.testTenant.store;
    // The first request stores the day of the key's last use, so it comes before items are counted.
    await own.inbound(plan, {}, { query: "?dryRun=true" });
    const [id, before] = [own.fixture.idOf(plan).planId, own.writtenItems()];
    const payloads = hostileLeads(1_000);
    expect(payloads).toHaveLength(1_000);
    await inParallel(payloads.length, 20, async (i) => {
      const payload = payloads[i];
      if (payload === undefined) return;
      const route = `/hooks/plans/${plan.planId}/leads?strict=true`;
      const answer = await own.ask("POST", route, payload.body, { as: own.integration });
      expect({ ...payload, status: answer.status, media: answer.headers.get("content-type") }).toMatchObject({
        status: payload.status,
        media: "application/problem+json",
      });
      const paths = new Set(answer.body.errors.map(({ path }: { path: string }) => path));
      expect({ body: payload.body, paths }).toEqual({ body: payload.body, paths: new Set(payload.paths) });
    });
    expect(await plans.assignment.lastReserved(id)).toBe(0);
    expect(own.writtenItems()).toEqual(before);
  });
});

describe("signed webhooks", () => {
  it("SP25 scenario 29: a wrong secret, an old timestamp, a re-serialized body and a missing header are refused; both secrets are valid during a rotation", async () => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const asked = { name: "signer", actions: ["leads.add"] };
    const once = { headers: { "idempotency-key": "signer-1" } };
    const keys = [await home.ask("POST", "/api-keys", asked, once), await home.ask("POST", "/api-keys", asked)];
    const [first = "", other = ""] = keys.map(({ body }) => body.signingSecret);
    expect(keys[0]?.body.sender).toBe(`${home.tenant.tenantId}:signer`);
    // Shown once: neither a repeated request nor any other answers it again.
    expect((await home.ask("POST", "/api-keys", asked, once)).body).toMatchObject({
      keyId: keys[0]?.body.keyId,
      secret: null,
      signingSecret: null,
    });
    expect(JSON.stringify((await home.ask("GET", "/api-keys")).body)).not.toMatch(/whsec_/);
    expect((await home.ask("GET", `/api-keys/${keys[0]?.body.keyId}/signing-secret`)).status).toBe(404);
    expect(Buffer.from(first.slice(6), "base64").length).toBeGreaterThanOrEqual(24);
    const raw = '{ "person": { "email": "signed@x.ua" },  "onDuplicate": "create" }';
    const now = Math.floor(API_NOW / 1000);
    let nth = 0;
    const send = (given: { secret?: string; seconds?: number; sent?: string; leaveOut?: string; extra?: string }) => {
      const { secret = first, seconds = now, sent = raw, leaveOut, extra } = given;
      const id = `msg_${(nth += 1)}`;
      const signature = signatureOf(secret, id, seconds, raw);
      const headers: Record<string, string> = {
        "webhook-id": id,
        "webhook-timestamp": String(seconds),
        "webhook-signature": extra === undefined ? signature : `${extra} ${signature}`,
      };
      if (leaveOut !== undefined) delete headers[leaveOut];
      return home.ask("POST", `/hooks/plans/${plan.planId}/leads?sender=${home.tenant.tenantId}:signer`, undefined, {
        as: undefined,
        raw: sent,
        headers,
      });
    };
    expect((await send({})).status).toBe(201);
    expect((await send({ secret: other })).status).toBe(201);
    expect((await send({ extra: "v1,AAAA" })).status).toBe(201);
    expect((await send({ seconds: now - 299 })).status).toBe(201);
    expect((await send({ seconds: now - 360 })).status).toBe(401);
    expect((await send({ seconds: now + 360 })).status).toBe(401);
    expect((await send({ secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}` })).status).toBe(401);
    expect((await send({ sent: JSON.stringify(JSON.parse(raw)) })).status).toBe(401);
    for (const leaveOut of ["webhook-id", "webhook-timestamp", "webhook-signature"])
      expect((await send({ leaveOut })).status).toBe(401);
    const used = (await home.ask("GET", "/api-keys")).body.data.filter(
      ({ name }: { name: string }) => name === "signer",
    );
    expect(used.map(({ lastUsedOn }: { lastUsedOn: string }) => lastUsedOn)).toEqual(["2026-11-23", "2026-11-23"]);
    await home.ask("POST", `/api-keys/${keys[0]?.body.keyId}/revoke`);
    expect((await send({})).status).toBe(401);
    expect((await send({ secret: other })).status).toBe(201);
  });
});

describe("a lost deal", () => {
  it("BX14 scenario 13: is not closed without its required reason on any path: card, list, bulk operation, API, integration", async () => {
    await home.ask("PUT", "/refusal-reasons/rsn_price", { name: "Price" });
    await home.ask("PUT", "/refusal-reasons/rsn_other", { name: "Other", needsClarification: true });
    await home.ask("PUT", "/refusal-reasons/rsn_gone", { name: "Gone", isArchived: true });
    const plan = await home.plan("related>even", ["A", "B"]);
    const lost = plan.statuses.find(({ kind }) => kind === "lost")?.statusId;
    const refusal = { isRequired: true, reasonIds: ["rsn_price", "rsn_other", "rsn_gone"] };
    expect(
      (
        await home.ask("PATCH", `/plans/${plan.planId}/statuses/${lost}`, {
          refusal: { isRequired: true, reasonIds: [] },
        })
      ).body.type,
    ).toBe("reasons-empty");
    expect((await home.ask("PATCH", `/plans/${plan.planId}/statuses/${lost}`, { refusal })).status).toBe(200);
    const { dealId } = (await home.inbound(plan)).body;
    const at = `/plans/${plan.planId}/deals`;
    const paths = (given: object) => [
      home.ask("PATCH", `${at}/${dealId}`, { statusId: lost, ...given }),
      home
        .ask("POST", `${at}:move`, { dealIds: [dealId], statusId: lost, ...given })
        .then(({ body }) => ({ status: body.data[0].status, body: { type: body.data[0].code } })),
      home.ask("POST", `/hooks${at}:status`, { dealId, statusId: lost, ...given }, { as: home.integration }),
      home
        .ask("POST", at, { person: { email: "lost@x.ua" }, deal: { statusId: lost, ...given } })
        .then(({ status, body }) => ({ status, body: { type: body.errors[0].code } })),
    ];
    for (const { status, body } of await Promise.all(paths({})))
      expect([status, body.type]).toEqual([422, "reason-required"]);
    for (const { body } of await Promise.all(paths({ reasonId: "rsn_gone" })))
      expect(body.type).toBe("reason-not-offered");
    for (const { body } of await Promise.all(paths({ reasonId: "rsn_other", clarification: "  " })))
      expect(body.type).toBe("clarification-required");
    const many = { change: { action: "move", statusId: lost }, dealIds: [dealId] };
    const { operationId } = (await home.ask("POST", `${at}:change`, many)).body;
    await runDealsOperation(home, operationId);
    expect((await home.ask("GET", `/deal-operations/${operationId}/results`)).body.data).toEqual([
      { dealId, state: "failed", reason: "reason-required" },
    ]);
    const deal = (await home.ask("GET", `${at}/${dealId}`)).body;
    expect(deal).toMatchObject({ version: 1, state: "open" });
    expect((await home.ask("GET", `${at}/${dealId}/log`)).body.data).toHaveLength(1);
    const closed = await home.ask("PATCH", `${at}/${dealId}`, { statusId: lost, reasonId: "rsn_price", version: 1 });
    expect(closed.body).toMatchObject({ state: "lost", reasonId: "rsn_price" });
    expect(await home.ask("PATCH", `${at}/${dealId}`, { statusId: lost, version: 1 })).toMatchObject({
      status: 409,
      body: { type: "stale-version" },
    });
    expect(await home.fixture.testTenant.store.sales.deals.closings(dealId)).toMatchObject([
      { kind: "lost", reasonId: "rsn_price", managerId: "A" },
    ]);
  });
});
