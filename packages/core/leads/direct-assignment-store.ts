import type { User } from "../access/user.ts";
import type { AssignmentOutcome } from "../assignment/assign-batch.ts";
import type { Loads } from "../assignment/assign-lead.ts";
import type { AssignmentState } from "../assignment/assignment-state.ts";
import type { PlanId } from "../platform/ids.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import type { Lease } from "./assignment-store.ts";
import type { LeadIntakeWrite } from "./lead-intake.ts";

/** What a sales plan's next assignments depend on, read in one call. */
export interface DirectInput {
  readonly plan: SalesPlan;
  /** Nobody's yet: `leaseUntil` tells whether somebody has it. */
  readonly lease: Lease & { readonly leaseUntil: number };
  /** Past `assignmentState.lastSequence` when leads wait. */
  readonly lastReserved: number;
  /** Those of the managers asked about who exist. */
  readonly users: ReadonlyMap<UserId, User>;
  /** Open deals of each manager asked about. */
  readonly loads: Loads;
}

/** Leads with the sequence numbers that follow the state they were assigned from. */
export interface DirectCommit {
  /** As it was read. */
  readonly lease: Lease;
  readonly assignmentState: AssignmentState;
  readonly hasUnassigned: boolean;
  readonly added: readonly { readonly intake: LeadIntakeWrite; readonly outcome: AssignmentOutcome }[];
  readonly at: Instant;
}

/**
 * `busy`: another lead or a change of the rules took a sequence number, or an assignment run has the lease; or the leads
 * are too many for one transaction.
 * `overtaken`: somebody else stored one of the deliveries, contacts or open deals first. Nothing was written.
 */
export type DirectOutcome = "saved" | "busy" | "overtaken";

/** Stores and assigns leads in one transaction (docs/reference/sales-plans.md 8). */
export interface DirectAssignmentStore {
  readonly read: (planId: PlanId, managerIds: readonly UserId[]) => Promise<DirectInput | undefined>;
  readonly commit: (commit: DirectCommit) => Promise<DirectOutcome>;
}
