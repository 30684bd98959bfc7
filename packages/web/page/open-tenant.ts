import { builtInInsights } from "@regulars/core/insights/catalog";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { tenantIdSchema } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";

export interface OpenTenant {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: TenantStore["nightly"];
  readonly orders: TenantStore["orderQueries"];
  readonly review: TenantStore["review"];
  /** The complete store, for pages that need more than findings. */
  readonly whole: TenantStore;
}

/** The tenant that an address names. */
export async function openPageTenant(table: Table, text: string): Promise<Result<OpenTenant>> {
  const tenantId = tenantIdSchema.safeParse(text);
  const directory = openTenantDirectory(table);
  const tenant = tenantId.success ? await directory.find(tenantId.data) : undefined;
  if (tenant !== undefined) {
    const whole = openTenantStore(table, tenant);
    const { nightly: store, orderQueries: orders, review } = whole;
    return ok({ tenant, catalog: builtInInsights, store, orders, review, whole });
  }
  const known = await directory.list();
  const choice = known.length === 0 ? "there are none yet" : `there are: ${known.slice(0, 10).join(", ")}`;
  return refuse("unknown-tenant", `There is no tenant "${text}" (${choice}). The first import creates one.`);
}

/** Runs a read for the tenant that an address names; refuses an unknown tenant. */
export async function inTenant<T>(
  table: Table,
  text: string,
  read: (opened: OpenTenant) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openPageTenant(table, text);
  return opened.ok ? read(opened.value) : opened;
}
