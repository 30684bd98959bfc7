import { type Result, ok, refuse } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import { tenantIdSchema } from "@regulars/core/values";
import type { Table } from "@regulars/store/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants";

export interface OpenTenant {
  readonly tenant: Tenant;
  readonly store: TenantStore["night"];
  readonly orders: TenantStore["orderDesk"];
  readonly review: TenantStore["review"];
}

/** The tenant an address names. */
export async function openTenant(table: Table, text: string): Promise<Result<OpenTenant>> {
  const tenantId = tenantIdSchema.safeParse(text);
  const directory = openTenantDirectory(table);
  const tenant = tenantId.success ? await directory.find(tenantId.data) : undefined;
  if (tenant !== undefined) {
    const { night: store, orderDesk: orders, review } = openTenantStore(table, tenant);
    return ok({ tenant, store, orders, review });
  }
  const known = await directory.list();
  const choice = known.length === 0 ? "none has been made yet" : `there are: ${known.slice(0, 10).join(", ")}`;
  return refuse("unknown-tenant", `There is no tenant "${text}" (${choice}). The first import makes one.`);
}
