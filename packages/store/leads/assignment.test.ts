import type { User } from "@regulars/core/access/user";
import type { OwnershipEvidence } from "@regulars/core/assignment/assignment";
import { type AssignmentState, newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { draftDeal } from "@regulars/core/leads/draft-deal";
import { contactIdSchema } from "@regulars/core/platform/ids";
import type { AssignmentCommit, Lease } from "@regulars/core/leads/assignment-store";
import type { QueuedLead, QueueEntry } from "@regulars/core/leads/queued-lead";
import {
  type BatchEntry,
  type BatchLead,
  isAwaitingAssignment,
  assignBatch,
} from "@regulars/core/assignment/assign-batch";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { assignWaiting, LEASE_MS } from "@regulars/flows/assignment/assign-waiting";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  PLAN_NOW,
  type SalesPlanFixture,
  aSalesPlan,
  inParallel,
  spreadOf,
} from "../../../test/fixtures/sales-plan.ts";

const MEMBERS = ["A", "B", "C"];

/** A sales plan with stored leads that are not assigned yet. */
async function aWaitingPlan(fixture: SalesPlanFixture, count: number) {
  const plan = await fixture.plan("related>even", MEMBERS);
  const { sales: plans } = fixture.testTenant.store;
  const first = await plans.assignment.reserveSequences(plan.planId, count);
  const status = plan.statuses[0]?.statusId;
  if (status === undefined) throw new Error("the plan has no status");
  const entries = Array.from({ length: count }, (_, i): QueuedLead => {
    const personId = contactIdSchema.parse(`per_${i}`);
    const terms = { title: "x", amountMinor: plan.averageMinor, currency: plan.currency, statusId: status };
    const deal = draftDeal(plan, terms, { sequence: first + i, personId, now: toInstant(PLAN_NOW), isExtra: false });
    return { kind: "lead", sequence: first + i, deal, isNewPerson: true, actorId: "key:k1", requestId: `r${i}` };
  });
  const saved = await plans.leads.save(entries.map((queueEntry) => ({ queueEntry, newIdentities: [] })));
  expect(new Set(saved)).toEqual(new Set(["saved"]));
  return { plan, entries };
}

/** What the holder of a lease would commit for these sequence numbers. */
async function commitOf(
  fixture: SalesPlanFixture,
  lease: Lease,
  entries: readonly QueuedLead[],
): Promise<AssignmentCommit> {
  const users = await fixture.testTenant.store.sales.salesPlans.users(
    lease.assignmentState.rules.members.map(({ userId }) => userId),
  );
  const leads = entries.map((queueEntry) => ({
    kind: "lead" as const,
    sequence: queueEntry.sequence,
    lead: { dealId: queueEntry.deal.dealId, personId: queueEntry.deal.personId, evidence: [], isOpen: true },
  }));
  const view = { now: toInstant(PLAN_NOW), tenantZone: "UTC", users, loads: new Map() };
  const batchResult = assignBatch(lease.assignmentState, [], leads, view, 30);
  const added = batchResult.outcomes.map((outcome, i) => {
    const queueEntry = entries[i];
    if (queueEntry === undefined) throw new Error("an outcome has no sequence number");
    return { queueEntry, outcome };
  });
  return {
    lease,
    assignmentState: batchResult.assignmentState,
    hasUnassigned: false,
    leaseUntil: 0,
    added,
    handedOut: [],
    at: toInstant(PLAN_NOW),
  };
}

it("BX12 scenario 12: a crashed holder blocks until its lease ends; its late commit is refused", async () => {
  const fixture = aSalesPlan();
  const { plan, entries } = await aWaitingPlan(fixture, 30);
  const { sales: plans } = fixture.testTenant.store;
  const zombie = await plans.assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + LEASE_MS);
  if (zombie === undefined) throw new Error("nobody holds the lease, and it was not to be had");
  const late = await commitOf(fixture, zombie, entries.slice(0, 3));
  const heir = fixture.another();
  heir.nowMs = fixture.nowMs + LEASE_MS - 1;
  expect(await assignWaiting(heir.context, plan.planId)).toBe("busy");
  heir.nowMs = fixture.nowMs + LEASE_MS;
  expect(await assignWaiting(heir.context, plan.planId)).toBe("done");
  const managers = await fixture.managersInOrder(plan);
  expect(managers).toHaveLength(30);
  expect(spreadOf(managers, MEMBERS)).toBe(1);
  expect(await plans.assignment.commit(late)).toBe("lost");
  expect(await fixture.managersInOrder(plan)).toEqual(managers);
});

it("a lease has one holder at a time, and each holder gets a new fence", async () => {
  const fixture = aSalesPlan();
  const plan = await fixture.plan("related>even", MEMBERS);
  const { sales: plans } = fixture.testTenant.store;
  const leases = await Promise.all(
    Array.from({ length: 10 }, () => plans.assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + LEASE_MS)),
  );
  const [held, ...others] = leases.filter((lease) => lease !== undefined);
  expect(others).toEqual([]);
  if (held !== undefined) await plans.assignment.release(held);
  const next = await plans.assignment.takeLease(plan.planId, fixture.nowMs, fixture.nowMs + LEASE_MS);
  expect(next?.fence).toBe((held?.fence ?? 0) + 1);
});

it("a sequence number of a crashed process is skipped after a moment; if the process goes on, it takes a new one", async () => {
  const fixture = aSalesPlan({}, { elapsed: () => performance.now() * 20 });
  const plan = await fixture.plan("related>even", MEMBERS);
  const { sales: plans } = fixture.testTenant.store;
  const lost = await plans.assignment.reserveSequences(plan.planId, 1);
  const added = await fixture.add(plan);
  expect(added.deal?.managerId).toBe("A");
  expect(await plans.assignment.sequence(plan.planId, lost)).toMatchObject({ kind: "void" });
  expect(await fixture.managersInOrder(plan)).toEqual(["A"]);
});

/** Events of a sales plan: leads, and changes that also take sequence numbers. */
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("add" as const), person: fc.integer({ min: 0, max: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("change" as const),
      rule: fc.constantFrom("related>even", "related>least", "random>even", "random>least", "manual"),
      members: fc.uniqueArray(
        fc.record({
          userId: fc.constantFrom(...MEMBERS, "D"),
          isPaused: fc.boolean(),
          weight: fc.integer({ min: 1, max: 3 }),
        }),
        { selector: ({ userId }) => userId, maxLength: 4 },
      ),
    }),
  },
);

it("SP16 concurrent events in three processes have the result of a sequence: leads, pauses, joins, leaves, changes of distribution", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
      const fixture = aSalesPlan({}, { random: () => 0.5 });
      const plan = await fixture.plan("related>even", [...MEMBERS, "D"]);
      const processes = [fixture, fixture.another(), fixture.another()];
      await inParallel(happenings.length, 10, async (i) => {
        const [one, process] = [happenings[i], processes[i % 3]];
        if (one === undefined || process === undefined) return;
        const { rule = "", members = [] } = one.kind === "change" ? one : {};
        if (one.kind === "add")
          await process.add(plan, { person: { externalId: `x${one.person}` }, onDuplicate: "create", eventId: `${i}` });
        else await process.change(plan, { distribution: distributionOf(rule), members });
      });
      const { sales: plans } = fixture.testTenant.store;
      await assignWaiting(fixture.context, plan.planId);
      const entries = await entriesInOrder(fixture, plan);
      const serial = playSerially(
        entries,
        newAssignmentState({ distribution: plan.distribution, members: plan.members }, 2 ** 31),
        await plans.salesPlans.users(plan.members.map(({ userId }) => userId)),
      );
      const deals = await fixture.dealsInOrder(plan);
      expect(deals.map(({ dealId, managerId = "-" }) => `${dealId} ${managerId}`)).toEqual(serial.ways);
      expect((await plans.assignment.assignmentStateOf(plan.planId))?.assignmentState).toEqual(serial.assignmentState);
    }),
    { numRuns: 15 },
  );
});

function distributionOf(rule: string) {
  const [affinity, balance] = rule.split(">");
  return balance === undefined ? { mode: "manual" } : { mode: "uniform", affinity, balance };
}

/** What each sequence number was used for. A lead that was assigned directly has no queue entry, only its deal. */
async function entriesInOrder(fixture: SalesPlanFixture, plan: SalesPlan): Promise<QueueEntry[]> {
  const queued = await fixture.testTenant.store.sales.assignment.queuedAfter(plan.planId, 0, 1_000);
  const known = new Set(queued.map(({ sequence }) => sequence));
  const direct = (await fixture.dealsInOrder(plan)).flatMap((deal): QueueEntry[] => {
    const { sequence = 0 } = deal;
    if (known.has(sequence)) return [];
    return [{ kind: "lead", sequence, deal, isNewPerson: true, actorId: "key:k1", requestId: "r" }];
  });
  return [...queued, ...direct].toSorted((a, b) => a.sequence - b.sequence);
}

/** The same sequence numbers in order, by the pure rule alone: each run gets one sequence number and the unassigned queue. */
function playSerially(entries: readonly QueueEntry[], start: AssignmentState, users: ReadonlyMap<UserId, User>) {
  const loads = new Map<UserId, number>();
  const known = new Map<string, Map<number, UserId>>();
  const managers = new Map<string, string>();
  let unassigned: BatchLead[] = [];
  let assignmentState = start;
  /** Managers of the contact's open deals, newest deal first. */
  const evidenceOf = (personId: string): OwnershipEvidence[] =>
    [...(known.get(personId) ?? [])].toSorted(([a], [b]) => b - a).map(([, userId]) => ({ kind: "open-deal", userId }));
  const asKnown = (lead: BatchLead): BatchLead => ({ ...lead, evidence: evidenceOf(lead.personId) });
  const asBatchEntry = (stored: QueueEntry): BatchEntry =>
    stored.kind === "lead"
      ? { kind: "lead", sequence: stored.sequence, lead: asKnown({ ...stored.deal, evidence: [], isOpen: true }) }
      : stored;
  for (let isBusy = true; isBusy || assignmentState.lastSequence < entries.length;) {
    const view = { now: toInstant(PLAN_NOW), tenantZone: "UTC", users, loads };
    const batchResult = assignBatch(
      assignmentState,
      unassigned.map(asKnown),
      entries.slice(assignmentState.lastSequence, assignmentState.lastSequence + 1).map(asBatchEntry),
      view,
      1,
    );
    isBusy = batchResult.hasMore || batchResult.handedOut.length > 0;
    assignmentState = batchResult.assignmentState;
    for (const { lead, assignment } of [...batchResult.handedOut, ...batchResult.outcomes]) {
      unassigned = unassigned.filter(({ dealId }) => dealId !== lead.dealId);
      if (isAwaitingAssignment(assignment)) unassigned.push(lead);
      managers.set(lead.dealId, assignment.managerId ?? "-");
      if (assignment.managerId === undefined) continue;
      loads.set(assignment.managerId, (loads.get(assignment.managerId) ?? 0) + 1);
      const sequence = Number(lead.dealId.split("_").at(-1));
      known.set(lead.personId, (known.get(lead.personId) ?? new Map()).set(sequence, assignment.managerId));
    }
  }
  return { assignmentState, ways: [...managers].map(([dealId, managerId]) => `${dealId} ${managerId}`) };
}
