import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { Effects } from "@regulars/core/platform/effects";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { LeadBatchers } from "./leads/lead-batcher.ts";

/** What every story of plans is told in. */
export interface SalesContext {
  readonly tenant: Tenant;
  readonly store: SalesStore;
  readonly effects: Effects;
  /** Shared by everything of one process. */
  readonly batchers: LeadBatchers;
}
