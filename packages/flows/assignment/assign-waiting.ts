import { type Deal, addedDeal } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { AssignmentCommit, Lease } from "@regulars/core/leads/assignment-store";
import type { QueuedLead } from "@regulars/core/leads/queued-lead";
import { statusNow } from "@regulars/core/sales-plans/status";
import {
  type BatchEntry,
  type BatchLead,
  type BatchResult,
  isAwaitingAssignment,
  assignBatch,
} from "@regulars/core/assignment/assign-batch";
import { isOpenDeal } from "@regulars/core/deals/deal";
import type { SalesContext } from "../sales-context.ts";
import { type AssignmentInput, MOST_LEADS, readAssignmentInput } from "./read-state.ts";
import { GapWatch, waitForGap } from "./wait-for-gap.ts";

/** How long a lease is valid without a commit, ms: then another process takes over. */
export const LEASE_MS = 5_000;
/** Most leads of one commit if each takes three writes (unassigned queue) or five (a lead that arrives closed). */
const MOST_WITH_UNASSIGNED = 18;
const MOST_WITH_CLOSED = 15;
const FREE = 0;
/** Successive commits that may fail because of concurrent changes; more of them indicate an error. */
const MOST_STALE = 50;

/**
 * `busy`: another process holds the lease. `lost`: this run took longer than its lease, and another process took over.
 */
type AssignmentRun = "done" | "busy" | "lost";

/** Runs the assignment of a plan, retrying the unassigned queue in any case; one run per process at a time. */
export function assignWaiting(
  context: SalesContext,
  planId: PlanId,
  isEnough: () => boolean = () => false,
): Promise<AssignmentRun> {
  const batcher = context.batchers.forPlan(context.tenant.tenantId, planId);
  return batcher.runExclusively(() => runAssignment(context, planId, isEnough, true));
}

/**
 * Assigns the queued leads of a plan in sequence order, as the holder of its lease, until none is left or `isEnough`.
 * No lead is assigned twice or out of order, also with concurrent runs and crashes: every commit carries the lease's
 * fence (docs/reference/sales-plans.md 8).
 */
export async function runAssignment(
  context: SalesContext,
  planId: PlanId,
  isEnough: () => boolean,
  retriesUnassigned = false,
): Promise<AssignmentRun> {
  const { store, effects } = context;
  const now = effects.clock();
  const taken = await store.assignment.takeLease(planId, now, now + LEASE_MS);
  if (taken === undefined) return "busy";
  // A reopened deal returns to the unassigned queue without a change of the assignment state.
  let lease = retriesUnassigned ? { ...taken, hasUnassigned: true } : taken;
  const gaps = new GapWatch(effects.elapsed);
  let unassignedAfter = 0;
  let stale = 0;
  for (;;) {
    const seen = await readAssignmentInput(context, lease, unassignedAfter);
    if (seen.gap.length > 0 && seen.ready.length === 0 && !seen.hasMoreUnassigned && !isEnough()) {
      await waitForGap(context, planId, seen.gap, gaps);
      continue;
    }
    const batchResult = work(seen);
    const isLast = (!batchResult.hasMore && seen.isAll) || isEnough();
    if (!isChanged(lease, batchResult)) {
      unassignedAfter = nextUnassignedAfter(seen, batchResult);
      if (unassignedAfter > 0) continue;
      await store.assignment.release(seen.isUnassignedEmpty ? { ...lease, hasUnassigned: false } : lease);
      return "done";
    }
    const commit = commitOf(context, lease, seen, batchResult, isLast);
    const outcome = await store.assignment.commit(commit);
    if (outcome === "lost") return "lost";
    if (outcome === "stale") {
      stale += 1;
      if (stale < MOST_STALE) continue;
      throw new Error(
        `the assignment of plan ${planId} cannot write what it gives out: its deals are others' each time`,
      );
    }
    stale = 0;
    publishAdded(context, commit);
    if (isLast) return "done";
    lease = { ...lease, assignmentState: batchResult.assignmentState, hasUnassigned: commit.hasUnassigned };
    unassignedAfter = 0;
  }
}

/** Informs those in this process that wait for these deals, so that they need not poll. */
function publishAdded({ batchers, tenant }: SalesContext, { lease, added, at }: AssignmentCommit): void {
  const batcher = batchers.forPlan(tenant.tenantId, lease.planId);
  for (const { queueEntry, outcome } of added) batcher.publish(addedDeal(queueEntry, outcome.assignment, at));
}

/** A deal that is to be assigned, as the rule sees it. */
export const batchLeadOf = (
  deal: Deal,
  evidence: AssignmentInput["evidence"],
  chosen?: QueuedLead["chosen"],
): BatchLead => ({
  dealId: deal.dealId,
  personId: deal.personId,
  chosen,
  evidence: evidence.get(deal.dealId) ?? [],
  isOpen: isOpenDeal(deal),
});

function work({ lease, ready, unassigned, view, evidence }: AssignmentInput): BatchResult {
  const leadOf = (deal: Deal, chosen?: QueuedLead["chosen"]): BatchLead => batchLeadOf(deal, evidence, chosen);
  const entries = ready.map((queueEntry): BatchEntry =>
    queueEntry.kind === "lead"
      ? { kind: "lead", sequence: queueEntry.sequence, lead: leadOf(queueEntry.deal, queueEntry.chosen) }
      : queueEntry,
  );
  const hasClosed = ready.some((queueEntry) => queueEntry.kind === "lead" && !isOpenDeal(queueEntry.deal));
  const most = hasClosed ? MOST_WITH_CLOSED : unassigned.length > 0 ? MOST_WITH_UNASSIGNED : MOST_LEADS;
  return assignBatch(
    lease.assignmentState,
    unassigned.map((deal) => leadOf(deal)),
    entries,
    view,
    most,
  );
}

const isChanged = ({ assignmentState }: Lease, batchResult: BatchResult): boolean =>
  batchResult.assignmentState.lastSequence !== assignmentState.lastSequence || batchResult.handedOut.length > 0;

/** Where to continue in the unassigned queue if no lead of this page got a manager; 0: at the start. */
const nextUnassignedAfter = (
  { hasMoreUnassigned, lastUnassigned }: AssignmentInput,
  { isNobodyAvailable }: BatchResult,
): number => (hasMoreUnassigned && !isNobodyAvailable ? lastUnassigned : 0);

function commitOf(
  { effects }: SalesContext,
  lease: Lease,
  { plan, ready, unassigned, hasMoreUnassigned, view }: AssignmentInput,
  batchResult: BatchResult,
  isLast: boolean,
): AssignmentCommit {
  const entries = new Map(
    ready.flatMap((queueEntry) => (queueEntry.kind === "lead" ? [[queueEntry.deal.dealId, queueEntry] as const] : [])),
  );
  const unassignedDeals = new Map(unassigned.map((deal) => [deal.dealId, deal]));
  const added = batchResult.outcomes.map((outcome) => {
    const queueEntry = entries.get(outcome.lead.dealId);
    if (queueEntry === undefined)
      throw new Error(`deal ${outcome.lead.dealId} has no sequence number in the assignment of ${plan.planId}`);
    return { queueEntry: { ...queueEntry, deal: inStatusNow(queueEntry.deal, plan) }, outcome };
  });
  const handedOut = batchResult.handedOut.map((outcome) => {
    const deal = unassignedDeals.get(outcome.lead.dealId);
    if (deal === undefined)
      throw new Error(`deal ${outcome.lead.dealId} is not in the unassigned queue of ${plan.planId}`);
    return { ...outcome, deal };
  });
  const hasLeftUnassigned = unassigned.length - handedOut.length > 0 || hasMoreUnassigned;
  return {
    lease,
    assignmentState: batchResult.assignmentState,
    hasUnassigned:
      hasLeftUnassigned || added.some(({ outcome }) => outcome.lead.isOpen && isAwaitingAssignment(outcome.assignment)),
    leaseUntil: isLast ? FREE : effects.clock() + LEASE_MS,
    added,
    handedOut,
    at: view.now,
  };
}

/** The lead's status may have been deleted since the intake. */
export function inStatusNow(deal: Deal, plan: SalesPlan): Deal {
  const status = statusNow(plan, deal.statusId);
  if (status === undefined) throw new Error(`plan ${plan.planId} never had the status ${deal.statusId}`);
  return status.statusId === deal.statusId ? deal : { ...deal, statusId: status.statusId };
}
