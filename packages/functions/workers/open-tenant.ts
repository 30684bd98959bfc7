import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import type { TenantId } from "@regulars/core/platform/values";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Runtime } from "../runtime.ts";

/** The tenant of a job's message, with its store. */
interface OpenedTenant {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  readonly directory: TenantDirectory;
}

/** Opens a tenant in its own session. Throws if it does not exist: the message returns to the queue. */
export async function openTenant(tenantId: TenantId, runtime: Runtime): Promise<OpenedTenant> {
  const table = runtime.tableFor(tenantId);
  const directory = openTenantDirectory(table);
  const tenant = await directory.find(tenantId);
  if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
  return { tenant, store: openTenantStore(table, tenant), directory };
}
