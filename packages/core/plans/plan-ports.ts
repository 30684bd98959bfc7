import type { Receipt } from "../access-ports.ts";
import type { User } from "../people.ts";
import type { UserId } from "../values.ts";
import type { Desk } from "./desk.ts";
import type { PlanId, ReasonId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import type { RefusalReason } from "./refusal.ts";

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
