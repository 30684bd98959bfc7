import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type SettingsChange, changedInsights } from "@regulars/core/insights/tenant-settings";

interface ChangeInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly directory: Pick<TenantDirectory, "change">;
  /** Only the operator may change the edition; the tenant may change the rest. */
  readonly change: SettingsChange & Partial<Pick<Tenant, "edition">>;
}

/** Changes the given settings only; they apply from the next nightly run and page on. */
export async function changeSettings({ tenant, directory, catalog, change }: ChangeInput): Promise<Result<Tenant>> {
  const { insights: named, ...plain } = change;
  const insights = named === undefined ? undefined : changedInsights(catalog, tenant.insights, named);
  if (insights?.ok === false) return insights;
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  return ok(
    await directory.change(tenant.tenantId, {
      ...Object.fromEntries(given),
      ...(insights === undefined ? {} : { insights: insights.value }),
    }),
  );
}
