import type { ImportStore } from "@regulars/core/imports/import-store";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantId, UserId } from "@regulars/core/platform/values";

interface NewTenantInput {
  readonly tenant: Tenant;
  /** The first admin, who adds the other users. */
  readonly admin?: { readonly userId: UserId; readonly email?: string | undefined } | undefined;
  readonly directory: Pick<TenantDirectory, "find">;
  readonly make: (tenant: Tenant) => Promise<Tenant>;
  readonly importsOf: (tenantId: TenantId) => Promise<Pick<ImportStore, "saveUsers">>;
}

/** Creates a tenant with its next nightly run and, if given, its first admin. */
export async function createTenant(input: NewTenantInput): Promise<Result<Tenant, "tenant-exists">> {
  const { tenant, admin, directory, make, importsOf } = input;
  if ((await directory.find(tenant.tenantId)) !== undefined)
    return refuse("tenant-exists", `there is a tenant ${tenant.tenantId} already: choose another id`);
  const made = await make(tenant);
  if (admin !== undefined) {
    const imports = await importsOf(tenant.tenantId);
    await imports.saveUsers([
      {
        userId: admin.userId,
        name: admin.userId,
        role: "admin",
        ...(admin.email === undefined ? {} : { email: admin.email }),
      },
    ]);
  }
  return ok(made);
}
