import type { User } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type ListScope, type Users, scopeOfUser } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { UserId } from "@regulars/core/platform/values";

/** The requested scope: one user, team or territory, or all customers if none is given. */
export interface ScopeFilter {
  readonly repId?: UserId | undefined;
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
}

/** Resolves the requested scope; an unknown user, team or territory is refused. */
export function resolveScope(
  { repId, teamId, territoryId }: ScopeFilter,
  users: Users,
  { tenantId }: Pick<Tenant, "tenantId">,
): Result<ListScope> {
  if (repId !== undefined) {
    const user = users.get(repId);
    return user === undefined
      ? refuse("unknown-user", `tenant ${tenantId} has no user ${repId}: import users first, or check the id`)
      : ok(scopeOfUser(user));
  }
  const isThere = (has: (user: User) => boolean): boolean => [...users.values()].some(has);
  if (teamId !== undefined)
    return isThere((user) => user.teamId === teamId)
      ? ok({ type: "team", teamId })
      : refuse("unknown-team", `no user of tenant ${tenantId} is in a team ${teamId}: check the id`);
  if (territoryId !== undefined)
    return isThere((user) => user.territoryId === territoryId)
      ? ok({ type: "territory", territoryId })
      : refuse("unknown-territory", `no user of tenant ${tenantId} has a territory ${territoryId}: check the id`);
  return ok({ type: "all" });
}
