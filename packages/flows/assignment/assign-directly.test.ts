import { toInstant } from "@regulars/core/platform/values";
import { expect, it, vi } from "vitest";
import { aSalesPlan, inParallel, spreadOf } from "../../../test/fixtures/sales-plan.ts";
import { isUnkind } from "../../../test/fixtures/unkind-table.ts";
import { LEASE_MS } from "./assign-waiting.ts";

const MEMBERS = ["A", "B", "C"];

/** How a lead was stored: with a queue entry, or directly. */
async function queuedOf(fixture: ReturnType<typeof aSalesPlan>, plan: { readonly planId: string }): Promise<number[]> {
  const { assignment } = fixture.testTenant.store.sales;
  return (await assignment.queuedAfter(fixture.idOf(plan).planId, 0, 1_000)).map(({ sequence }) => sequence);
}

/** With others in the way of its transaction, a lead may be queued too. */
const these = (sequences: readonly number[]): unknown =>
  isUnkind() ? expect.arrayContaining([...sequences]) : sequences;

it("a lead alone is stored and assigned in one transaction, without a queue entry", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  const added = await fixture.add(plan);
  expect(added).toMatchObject({ deal: { sequence: 1, managerId: "A", assignment: { state: "assigned" } } });
  expect(await queuedOf(fixture, plan)).toEqual(these([]));
  expect((await fixture.add(plan)).deal).toMatchObject({ sequence: 2, managerId: "B" });
});

it("a lead is queued behind a sequence number that somebody has taken", async () => {
  const fixture = aSalesPlan({}, { elapsed: () => performance.now() * 20 });
  const plan = await fixture.plan("related>even", MEMBERS);
  await fixture.testTenant.store.sales.assignment.reserveSequences(plan.planId, 1);
  expect((await fixture.add(plan)).deal).toMatchObject({ sequence: 2, managerId: "A" });
  expect(await queuedOf(fixture, plan)).toEqual(these([1, 2]));
  expect((await fixture.add(plan)).deal).toMatchObject({ sequence: 3, managerId: "B" });
  expect(await queuedOf(fixture, plan)).toEqual(these([1, 2]));
});

it("a lead waits for the holder of the lease, and the holder's late commit after a direct one is refused", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  const { assignment } = fixture.testTenant.store.sales;
  const held = await assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + LEASE_MS);
  if (held === undefined) throw new Error("nobody holds the lease, and it was not to be had");
  expect((await fixture.add(plan, {}, { patienceMs: 0 })).deal).toBeUndefined();
  fixture.nowMs += LEASE_MS;
  expect((await fixture.add(plan)).deal).toMatchObject({ sequence: 2, managerId: "B" });
  const late = { lease: held, assignmentState: held.assignmentState, hasUnassigned: false, leaseUntil: 0 };
  const commit = { ...late, added: [], handedOut: [], at: toInstant(fixture.nowMs) };
  expect(await assignment.commit(commit)).toBe("lost");
});

it("a lead that saw another's lease looks whether its turn came, and does not try to take the lease", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  await fixture.add(plan);
  const { assignment } = fixture.testTenant.store.sales;
  await assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + LEASE_MS);
  const take = vi.spyOn(assignment, "takeLease");
  const look = vi.spyOn(assignment, "readWithLease");
  expect((await fixture.add(plan, {}, { patienceMs: 150 })).deal).toBeUndefined();
  expect(take).not.toHaveBeenCalled();
  expect(look).toHaveBeenCalled();
});

it("concurrent leads of one process and of several are spread as if they came one by one, each once", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  const processes = [fixture, fixture, fixture, fixture.another(), fixture.another()];
  await inParallel(90, 30, (i) =>
    (processes[i % processes.length] ?? fixture).add(plan, { person: { email: `${i}@x.ua` } }),
  );
  const managers = await fixture.managersInOrder(plan);
  expect(managers).toHaveLength(90);
  expect(spreadOf(managers, MEMBERS)).toBe(1);
});

it("leads of the same person at the same moment make one deal", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  const added = await Promise.all(
    Array.from({ length: 12 }, (_, i) => fixture.add(plan, { person: { email: "one@x.ua", externalId: `x${i % 2}` } })),
  );
  const dealIds = new Set(added.map(({ dealId }) => dealId));
  expect(dealIds.size).toBe(1);
  expect(await fixture.managersInOrder(plan)).toHaveLength(1);
});

it("a lead that nobody can take is in the unassigned queue, and the next one waits behind it", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", []);
  expect((await fixture.add(plan)).deal).toMatchObject({ assignment: { state: "unassigned" } });
  const { assignment } = fixture.testTenant.store.sales;
  expect((await assignment.assignmentStateOf(plan.planId))?.hasUnassigned).toBe(true);
  expect(await assignment.unassigned(plan.planId, 10)).toHaveLength(1);
});

// Others in the way of a write would change what is counted.
it.skipIf(isUnkind())(
  "a lead alone takes three calls of the store once its plan is known: one reads all, one asks for webhooks, one writes",
  async () => {
    const fixture = aSalesPlan();
    const plan = await fixture.plan("related>least", MEMBERS);
    await fixture.add(plan);
    const calls: string[] = [];
    fixture.testTenant.table.raw.middlewareStack.add(
      (next, context) => (args) => {
        calls.push(String(context["commandName"]));
        return next(args);
      },
      { step: "initialize", name: "count" },
    );
    const added = await fixture.add(plan, { person: { email: "alone@x.ua" } });
    fixture.testTenant.table.raw.middlewareStack.remove("count");
    expect(added.deal?.assignment?.state).toBe("assigned");
    expect(calls).toEqual(["BatchGetItemCommand", "QueryCommand", "TransactWriteItemsCommand"]);
  },
);

it("a member who came since the last lead gets leads at once", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", ["A"]);
  await fixture.add(plan);
  await fixture.users("B");
  await fixture.change(plan, { members: [{ userId: "B" }] });
  expect((await fixture.add(plan)).deal?.managerId).toBe("B");
});
