import type { Instant, UserId } from "../platform/values.ts";

import type { Deal } from "../deals/deal.ts";
import type { AssignmentState } from "../assignment/assignment-state.ts";
import type { DealId, PlanId, StatusId } from "../platform/ids.ts";
import type { QueuedLead, QueueEntry } from "./queued-lead.ts";
import type { AssignmentOutcome } from "../assignment/assign-batch.ts";

/** The right to assign a plan's leads until it ends; a commit with an older fence is refused. */
export interface Lease {
  readonly planId: PlanId;
  readonly fence: number;
  readonly assignmentState: AssignmentState;
  /** There may be leads in the unassigned queue. */
  readonly hasUnassigned: boolean;
}

export interface UnassignedLead {
  readonly sequence: number;
  readonly dealId: DealId;
}

/** A lead of the unassigned queue, as it is after the run. */
interface UnassignedOutcome extends AssignmentOutcome {
  readonly deal: Deal;
}

/** What one assignment run writes: everything, if the lease is still held, or nothing. */
export interface AssignmentCommit {
  readonly lease: Lease;
  readonly assignmentState: AssignmentState;
  readonly hasUnassigned: boolean;
  /** When the lease ends; a time in the past releases it. */
  readonly leaseUntil: number;
  readonly added: readonly { readonly queueEntry: QueuedLead; readonly outcome: AssignmentOutcome }[];
  readonly handedOut: readonly UnassignedOutcome[];
  readonly at: Instant;
}

/** Queued leads and their assignment. */
export interface AssignmentStore {
  /** Reserves `count` sequence numbers; returns the first of them. */
  readonly reserveSequences: (planId: PlanId, count: number) => Promise<number>;
  /** Marks a sequence number as unused. `false` when it already has a lead. */
  readonly voidSequence: (planId: PlanId, sequence: number) => Promise<boolean>;
  readonly lastReserved: (planId: PlanId) => Promise<number>;
  readonly takeLease: (planId: PlanId, now: number, until: number) => Promise<Lease | undefined>;
  /** The current assignment state, without taking the lease. */
  readonly assignmentStateOf: (planId: PlanId) => Promise<(Lease & { readonly leaseUntil: number }) | undefined>;
  readonly queuedAfter: (planId: PlanId, lastSequence: number, limit: number) => Promise<readonly QueueEntry[]>;
  readonly sequence: (planId: PlanId, sequence: number) => Promise<QueueEntry | undefined>;
  /** Removes queue entries of leads that came before an instant and were assigned since; returns how many. */
  readonly forgetAssigned: (planId: PlanId, before: Instant) => Promise<number>;
  readonly unassigned: (planId: PlanId, limit: number, after?: number) => Promise<readonly UnassignedLead[]>;
  readonly loads: (planId: PlanId, openStatuses: ReadonlySet<StatusId>) => Promise<ReadonlyMap<UserId, number>>;
  /** `lost`: somebody else holds the lease now. `stale`: a lead of the unassigned queue has changed meanwhile. */
  readonly commit: (commit: AssignmentCommit) => Promise<"saved" | "stale" | "lost">;
  /** Releases a lease; returns whether there are unassigned leads. */
  readonly release: (lease: Lease) => Promise<void>;
  /**
   * The deal once its sequence number has been processed, the end of the current lease, and how far assignment runs
   * came: for callers that wait for an assignment.
   */
  readonly readWithLease: (
    planId: PlanId,
    dealId: DealId,
  ) => Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number; readonly lastSequence: number }>;
}
