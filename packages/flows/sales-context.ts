import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { Effects } from "@regulars/core/platform/effects";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { LeadBatchers } from "./leads/lead-batcher.ts";

/** What the flows of sales plans work with. */
export interface SalesContext {
  readonly tenant: Tenant;
  readonly store: SalesStore;
  readonly effects: Effects;
  /** Shared by all requests of one process. */
  readonly batchers: LeadBatchers;
}
