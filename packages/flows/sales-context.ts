import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import type { PlanWorld } from "@regulars/core/platform/effects";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PlanRooms } from "./leads/lead-batcher.ts";

/** What every story of plans is told in. */
export interface PlanContext {
  readonly tenant: Tenant;
  readonly store: PlanStore;
  readonly world: PlanWorld;
  /** Shared by everything of one process. */
  readonly rooms: PlanRooms;
}
