import type { PlanStore } from "@regulars/core/plans/plan-store";
import type { PlanWorld } from "@regulars/core/plans/plan-world";
import type { Tenant } from "@regulars/core/tenant";
import type { PlanRooms } from "./plan-room.ts";

/** What every story of plans is told in. */
export interface PlanContext {
  readonly tenant: Tenant;
  readonly store: PlanStore;
  readonly world: PlanWorld;
  /** Shared by everything of one process. */
  readonly rooms: PlanRooms;
}
