import type { OwnershipEvidence } from "@regulars/core/assignment/assignment";
import type { Deal } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Lease } from "@regulars/core/leads/assignment-store";
import type { QueueEntry } from "@regulars/core/leads/queued-lead";
import { assignBatch } from "@regulars/core/assignment/assign-batch";
import { isOpenDeal } from "@regulars/core/deals/deal";
import { toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";
import { workloadOf } from "./workload.ts";

const UNASSIGNED_CHUNK = 20;
/**
 * Most leads of one commit: a deal and a log row each, plus a counter per manager and a dirty marker per board block.
 */
export const MOST_LEADS = 30;

/** What an assignment run reads: the next sequence numbers, the unassigned queue, and the input of the rule. */
export interface AssignmentInput {
  readonly lease: Lease;
  readonly plan: SalesPlan;
  /** Queued leads that can be assigned now: no gap before them. */
  readonly ready: readonly QueueEntry[];
  /** Sequence numbers missing before the next queued lead. */
  readonly gap: readonly number[];
  /** No queued leads follow these. */
  readonly isAll: boolean;
  readonly unassigned: readonly Deal[];
  /** The queue has no entries at all, not even ones that are no longer retried. */
  readonly isUnassignedEmpty: boolean;
  /** The unassigned queue continues after this page. */
  readonly hasMoreUnassigned: boolean;
  readonly lastUnassigned: number;
  readonly view: Parameters<typeof assignBatch>[3];
  readonly evidence: ReadonlyMap<string, readonly OwnershipEvidence[]>;
}

export async function readAssignmentInput(
  context: SalesContext,
  lease: Lease,
  unassignedAfter: number,
): Promise<AssignmentInput> {
  const { tenant, store, effects } = context;
  const { planId, assignmentState } = lease;
  const [plan, entries, page, users] = await Promise.all([
    store.salesPlans.plan(planId),
    store.assignment.queuedAfter(planId, assignmentState.lastSequence, MOST_LEADS),
    lease.hasUnassigned ? store.assignment.unassigned(planId, UNASSIGNED_CHUNK, unassignedAfter) : [],
    store.salesPlans.users(assignmentState.rules.members.map(({ userId }) => userId)),
  ]);
  if (plan === undefined) throw new Error(`plan ${planId} has an assignment state but does not exist`);
  const ready = inARow(entries, assignmentState.lastSequence);
  const [load, deals, evidence] = await Promise.all([
    workloadOf(store, plan, [assignmentState.rules.distribution]),
    store.deals.deals(page.map(({ dealId }) => dealId)),
    evidenceOfLeads(context, lease, ready),
  ]);
  const unassigned = page
    .map(({ dealId }) => deals.get(dealId))
    .filter((deal) => deal !== undefined)
    .filter((deal) => deal.managerId === undefined && isOpenDeal(deal));
  const next = entries[ready.length];
  const hasMoreUnassigned = page.length === UNASSIGNED_CHUNK;
  const first = assignmentState.lastSequence + ready.length + 1;
  return {
    lease,
    plan,
    // Leads in the unassigned queue are older: queued leads wait until all of them were retried.
    ready: hasMoreUnassigned ? [] : ready,
    gap: next === undefined ? [] : Array.from({ length: next.sequence - first }, (_, i) => first + i),
    isAll: entries.length < MOST_LEADS && next === undefined && !hasMoreUnassigned,
    unassigned,
    isUnassignedEmpty: lease.hasUnassigned && unassignedAfter === 0 && page.length === 0,
    hasMoreUnassigned,
    lastUnassigned: page.at(-1)?.sequence ?? 0,
    view: { now: toInstant(effects.clock()), tenantZone: tenant.timeZone, users, ...load },
    evidence: new Map([...evidence, ...(await evidenceOfDeals(context, lease, unassigned))]),
  };
}

/** The entries that follow each other without a gap. */
function inARow(entries: readonly QueueEntry[], lastSequence: number): QueueEntry[] {
  const broken = entries.findIndex(({ sequence }, i) => sequence !== lastSequence + 1 + i);
  return broken === -1 ? [...entries] : entries.slice(0, broken);
}

/** The evidence of leads whose contact is known and whose manager is not chosen, by deal. */
export async function evidenceOfLeads(context: SalesContext, lease: Lease, entries: readonly QueueEntry[]) {
  const known = entries
    .filter((queueEntry) => queueEntry.kind === "lead")
    .filter(({ isNewPerson, chosen }) => !isNewPerson && chosen === undefined);
  return evidenceOfDeals(
    context,
    lease,
    known.map(({ deal }) => deal),
  );
}

/** Earlier contacts between the deals' persons and managers, by deal; empty if the rule does not use them. */
async function evidenceOfDeals({ store }: SalesContext, { assignmentState }: Lease, deals: readonly Deal[]) {
  const { distribution } = assignmentState.rules;
  if (distribution.mode === "manual" || distribution.affinity === "random") return [];
  return Promise.all(
    deals.map(async ({ dealId, personId }) => [dealId, await store.contacts.evidenceOf(personId)] as const),
  );
}
