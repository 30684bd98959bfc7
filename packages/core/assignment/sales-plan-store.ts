import type { CompanionWrites } from "../platform/idempotency.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";
import type { AssignmentState } from "./assignment-state.ts";
import type { PlanId, ReasonId } from "../platform/ids.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import type { RefusalReason } from "../sales-plans/refusal.ts";

/** A tenant's sales plans, with their members and refusal reasons. */
export interface SalesPlanStore {
  readonly plans: () => Promise<readonly SalesPlan[]>;
  readonly plan: (planId: PlanId) => Promise<SalesPlan | undefined>;
  readonly create: (plan: SalesPlan, assignmentState: AssignmentState, companion?: CompanionWrites) => Promise<boolean>;
  /**
   * Saves the next version of a plan; with a sequence number, its rules apply from that number on. `false` when
   * somebody else saved first.
   */
  readonly save: (plan: SalesPlan, rulesSequence: number | undefined, companion?: CompanionWrites) => Promise<boolean>;
  readonly reasons: () => Promise<ReadonlyMap<ReasonId, RefusalReason>>;
  /** Replaces a reason; `isNew`: there was none of its id. The companion write is in the same transaction. */
  readonly saveReason: (
    reason: RefusalReason,
    companionOf?: (isNew: boolean) => CompanionWrites | undefined,
  ) => Promise<{ readonly isNew: boolean }>;
  readonly users: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, User>>;
}
