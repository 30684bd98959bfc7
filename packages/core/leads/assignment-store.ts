import type { Instant, UserId } from "../platform/values.ts";

import type { Deal } from "../deals/deal.ts";
import type { AssignmentState } from "../assignment/assignment-state.ts";
import type { DealId, PlanId, StatusId } from "../platform/ids.ts";
import type { QueuedLead, QueueEntry } from "./queued-lead.ts";
import type { AssignmentOutcome } from "../assignment/assign-batch.ts";

/** The right to give out a plan's leads until it ends; a commit with an older fence is refused. */
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

/** A lead that lay in the unassigned queue, as it is now. */
export interface UnassignedOutcome extends AssignmentOutcome {
  readonly deal: Deal;
}

/** What one run of the assignment changes: all of it, on the condition that the lease still stands, or nothing. */
export interface AssignmentCommit {
  readonly lease: Lease;
  readonly assignmentState: AssignmentState;
  readonly hasUnassigned: boolean;
  /** When the lease ends; in the past lets go of it. */
  readonly leaseUntil: number;
  readonly added: readonly { readonly queueEntry: QueuedLead; readonly outcome: AssignmentOutcome }[];
  readonly handedOut: readonly UnassignedOutcome[];
  readonly at: Instant;
}

/** Where leads wait and are given out. */
export interface AssignmentStore {
  /** The first of so many sequence numbers that nobody else has. */
  readonly reserveSequences: (planId: PlanId, count: number) => Promise<number>;
  /** Says of sequence numbers that nothing comes of them. `false` for one that something has come of. */
  readonly voidSequence: (planId: PlanId, sequence: number) => Promise<boolean>;
  readonly lastReserved: (planId: PlanId) => Promise<number>;
  readonly takeLease: (planId: PlanId, now: number, until: number) => Promise<Lease | undefined>;
  /** The assignment as it stands, without taking it. */
  readonly assignmentStateOf: (planId: PlanId) => Promise<(Lease & { readonly leaseUntil: number }) | undefined>;
  readonly queuedAfter: (planId: PlanId, lastSequence: number, limit: number) => Promise<readonly QueueEntry[]>;
  readonly sequence: (planId: PlanId, sequence: number) => Promise<QueueEntry | undefined>;
  readonly unassigned: (planId: PlanId, limit: number, after?: number) => Promise<readonly UnassignedLead[]>;
  readonly loads: (planId: PlanId, openStatuses: ReadonlySet<StatusId>) => Promise<ReadonlyMap<UserId, number>>;
  /** `lost`: the lease is somebody else's now. `stale`: a lead of the unassigned queue has changed meanwhile. */
  readonly commit: (commit: AssignmentCommit) => Promise<"saved" | "stale" | "lost">;
  /** Lets go of a lease, and says whether there is an unassigned queue. */
  readonly release: (lease: Lease) => Promise<void>;
  /** A deal, once its sequence number is done, and until when somebody holds the lease: what whoever waits for it looks at. */
  readonly readWithLease: (
    planId: PlanId,
    dealId: DealId,
  ) => Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number }>;
}
