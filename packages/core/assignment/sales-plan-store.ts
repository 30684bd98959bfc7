import type { Receipt } from "../platform/idempotency.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";
import type { Desk } from "./assignment-state.ts";
import type { PlanId, ReasonId } from "../platform/ids.ts";
import type { Plan } from "../sales-plans/sales-plan.ts";
import type { RefusalReason } from "../sales-plans/refusal.ts";

/** A tenant's plans, refusal reasons, and who is in them. */
export interface PlanBook {
  readonly plans: () => Promise<readonly Plan[]>;
  readonly plan: (planId: PlanId) => Promise<Plan | undefined>;
  readonly createPlan: (plan: Plan, desk: Desk, receipt?: Receipt) => Promise<boolean>;
  /** Saves a plan one version later; with a ticket its rules apply from that ticket on. `false` when somebody was faster. */
  readonly savePlan: (plan: Plan, rulesTicket: number | undefined, receipt?: Receipt) => Promise<boolean>;
  readonly reasons: () => Promise<ReadonlyMap<ReasonId, RefusalReason>>;
  readonly saveReason: (reason: RefusalReason) => Promise<void>;
  readonly users: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, User>>;
}
