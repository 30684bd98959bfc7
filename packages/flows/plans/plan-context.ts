import type { PlanStore, PlanWorld } from "@regulars/core/plans/ports";
import type { Tenant } from "@regulars/core/tenant";

/** What every story of plans is told in. */
export interface PlanContext {
  readonly tenant: Tenant;
  readonly store: PlanStore;
  readonly world: PlanWorld;
}
