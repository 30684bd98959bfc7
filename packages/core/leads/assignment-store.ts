import type { Instant, UserId } from "../platform/values.ts";
import type { Evidence } from "../assignment/assignment.ts";
import type { Deal } from "../deals/deal.ts";
import type { Desk } from "../assignment/assignment-state.ts";
import type { DealId, LeadPersonId, PlanId, StatusId } from "../platform/ids.ts";
import type { LeadTicket, StoredTicket } from "./queued-lead.ts";
import type { Outcome } from "../assignment/assign-batch.ts";

/** The right to give out a plan's leads until it ends; a commit with an older fence is refused. */
export interface Lease {
  readonly planId: PlanId;
  readonly fence: number;
  readonly desk: Desk;
  /** There may be leads in the tray. */
  readonly hasTray: boolean;
}

export interface TrayLead {
  readonly ticket: number;
  readonly dealId: DealId;
}

/** A lead that lay in the tray, as it is now. */
export interface TrayOutcome extends Outcome {
  readonly deal: Deal;
}

/** What one run of the desk changes: all of it, on the condition that the lease still stands, or nothing. */
export interface DeskCommit {
  readonly lease: Lease;
  readonly desk: Desk;
  readonly hasTray: boolean;
  /** When the lease ends; in the past lets go of it. */
  readonly leaseUntil: number;
  readonly added: readonly { readonly ticket: LeadTicket; readonly outcome: Outcome }[];
  readonly handedOut: readonly TrayOutcome[];
  readonly at: Instant;
}

/** Where leads wait and are given out. */
export interface DeskStore {
  readonly takeLease: (planId: PlanId, now: number, until: number) => Promise<Lease | undefined>;
  /** The desk as it stands, without taking it. */
  readonly deskOf: (planId: PlanId) => Promise<(Lease & { readonly leaseUntil: number }) | undefined>;
  readonly ticketsAfter: (planId: PlanId, done: number, limit: number) => Promise<readonly StoredTicket[]>;
  readonly ticket: (planId: PlanId, ticket: number) => Promise<StoredTicket | undefined>;
  readonly tray: (planId: PlanId, limit: number, after?: number) => Promise<readonly TrayLead[]>;
  readonly loads: (planId: PlanId, openStatuses: ReadonlySet<StatusId>) => Promise<ReadonlyMap<UserId, number>>;
  readonly evidenceOf: (personId: LeadPersonId) => Promise<readonly Evidence[]>;
  /** `lost`: the lease is somebody else's now. `stale`: a lead of the tray has changed meanwhile. */
  readonly commit: (commit: DeskCommit) => Promise<"saved" | "stale" | "lost">;
  /** Lets go of a lease, and says whether there is a tray. */
  readonly releaseLease: (lease: Lease) => Promise<void>;
  /** A deal, once its ticket is done, and until when somebody holds the lease: what whoever waits for it looks at. */
  readonly peek: (
    planId: PlanId,
    dealId: DealId,
  ) => Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number }>;
}
