import type { User } from "@regulars/core/access/user";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant, TenantId, UserId } from "@regulars/core/platform/values";

interface NewTenantInput {
  readonly tenant: Tenant;
  /** The first admin, who adds the other users. */
  readonly admin?: { readonly userId: UserId; readonly email?: string | undefined } | undefined;
  readonly now: Instant;
  readonly directory: Pick<TenantDirectory, "find">;
  readonly make: (tenant: Tenant) => Promise<Tenant>;
  readonly usersOf: (
    tenantId: TenantId,
  ) => Promise<Pick<ImportStore, "saveUsers"> & { readonly users: () => Promise<readonly User[]> }>;
}

/**
 * Creates a tenant with its next nightly run and, if given, its first admin. One that waits for its admin, because the
 * attempt that made it was cut off, gets them.
 */
export async function createTenant(input: NewTenantInput): Promise<Result<Tenant, "tenant-exists">> {
  const { tenant, admin, directory, make, usersOf, now } = input;
  const { tenantId } = tenant;
  const before = await directory.find(tenantId);
  if (before !== undefined && (admin === undefined || (await (await usersOf(tenantId)).users()).length > 0))
    return refuse("tenant-exists", `there is a tenant ${tenantId} already: choose another id`);
  const made = before ?? (await make(tenant));
  if (admin === undefined) return ok(made);
  const { userId, email } = admin;
  const users = await usersOf(tenantId);
  const first: User = { userId, name: userId, role: "admin", ...(email === undefined ? {} : { email }) };
  await users.saveUsers([first], [], undefined, { at: now, by: "operator" });
  return ok(made);
}
