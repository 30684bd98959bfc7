import type { User } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type ListScope, type Users, scopeOfUser } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantId, UserId } from "@regulars/core/platform/values";

/** The requested scope: one user, team or territory, or all customers if none is given. */
export interface ScopeFilter {
  readonly repId?: UserId | undefined;
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
}

export const unknownUserOf = (tenantId: TenantId, userId: string) =>
  refuse("unknown-user", `tenant ${tenantId} has no user ${userId}: import users first, or check the id`);

export const unknownTeamOf = (tenantId: TenantId, teamId: string) =>
  refuse("unknown-team", `no user of tenant ${tenantId} is in a team ${teamId}: check the id`);

/** Resolves the requested scope; an unknown user, team or territory is refused. */
export function resolveScope(
  { repId, teamId, territoryId }: ScopeFilter,
  users: Users,
  { tenantId }: Pick<Tenant, "tenantId">,
): Result<ListScope> {
  if (repId !== undefined) {
    const user = users.get(repId);
    return user === undefined ? unknownUserOf(tenantId, repId) : ok(scopeOfUser(user));
  }
  const isThere = (has: (user: User) => boolean): boolean => [...users.values()].some(has);
  if (teamId !== undefined)
    return isThere((user) => user.teamId === teamId) ? ok({ type: "team", teamId }) : unknownTeamOf(tenantId, teamId);
  if (territoryId !== undefined)
    return isThere((user) => user.territoryId === territoryId)
      ? ok({ type: "territory", territoryId })
      : refuse("unknown-territory", `no user of tenant ${tenantId} has a territory ${territoryId}: check the id`);
  return ok({ type: "all" });
}
