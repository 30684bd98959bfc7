import type { AssignmentOutcome } from "../assignment/assign-batch.ts";
import type { AssignmentState } from "../assignment/assignment-state.ts";
import type { PlanId } from "../platform/ids.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { Lease } from "./assignment-store.ts";
import type { DirectInput } from "./direct-input.ts";
import type { LeadIntakeWrite } from "./lead-intake.ts";

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
