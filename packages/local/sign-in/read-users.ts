import { type User, isActive } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { SignInChoice } from "./sign-in.ts";

/** Every tenant with the users that a token can be issued for. */
export async function readSignInChoices(table: Table): Promise<readonly SignInChoice[]> {
  const directory = openTenantDirectory(table);
  const choices = (await directory.list()).toSorted().map(async (tenantId) => {
    const tenant = await directory.find(tenantId);
    if (tenant === undefined) return undefined;
    const users = await openTenantStore(table, tenant).nightly.users();
    return { tenant, users: users.filter(isActive) };
  });
  return (await Promise.all(choices)).filter((choice) => choice !== undefined);
}

/** The names of all users that Slack knows, by their Slack id. */
export async function readSlackNames(table: Table): Promise<ReadonlyMap<string, string>> {
  const users = (await readSignInChoices(table)).flatMap((choice) => choice.users);
  return new Map(users.flatMap(({ slackUserId, name }) => (slackUserId === undefined ? [] : [[slackUserId, name]])));
}

/** The user that a token is asked for. */
export async function findSignInUser(
  table: Table,
  tenant: string,
  userId: string,
): Promise<Result<{ readonly tenantId: TenantId; readonly user: User }>> {
  const tenantId = tenantIdSchema.safeParse(tenant);
  const known = tenantId.success ? await openTenantDirectory(table).find(tenantId.data) : undefined;
  if (known === undefined) return refuse("unknown-tenant", `There is no tenant "${tenant}".`);
  const user = (await openTenantStore(table, known).nightly.users()).find((one) => one.userId === userId);
  if (user === undefined) return refuse("unknown-user", `Tenant ${tenant} has no user "${userId}".`);
  if (!isActive(user)) return refuse("user-left", `${user.name} has left: there is no token for them.`);
  return ok({ tenantId: known.tenantId, user });
}
