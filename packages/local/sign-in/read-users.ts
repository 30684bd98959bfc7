import { isActive } from "@regulars/core/access/user";
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
