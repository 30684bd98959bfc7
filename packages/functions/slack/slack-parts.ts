import type { User } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { RuntimeSlack } from "./slack-config.ts";

/** A tenant's Slack at work: the store, who is known, and the token. */
export interface SlackParts {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  readonly catalog: InsightCatalog;
  readonly users: readonly User[];
  readonly now: Instant;
  readonly slack: RuntimeSlack;
  readonly token: string;
}
