import { type Actor, may } from "../access/actor.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";
import type { Visible } from "./board-query.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";

/** Which deals somebody looks at: their own, their team's, or all. */
export const dealScopes = ["own", "team", "all"] as const;
export type DealScope = (typeof dealScopes)[number];

/**
 * The deals of a plan that somebody may see: all with `deals.edit_all` or `insights.view_all`, and with
 * `deals.edit_bulk` in plans they are a member of; their team's with `insights.view_team`; otherwise their own. A
 * narrower scope may be requested; a wider one is reduced to what they may see.
 */
export function visibleTo(
  actor: Actor,
  plan: Pick<SalesPlan, "members"> | undefined,
  users: readonly User[],
  scope: DealScope = "all",
): Visible {
  const user = actor.type === "user" ? actor.user : undefined;
  const isMember = user !== undefined && plan?.members.some(({ userId }) => userId === user.userId) === true;
  const seesAll =
    may(actor, "deals.edit_all") || may(actor, "insights.view_all") || (isMember && may(actor, "deals.edit_bulk"));
  if (scope === "all" && seesAll) return "all";
  if (user === undefined) return new Set<UserId>();
  const seesTeam = user.teamId !== undefined && (seesAll || may(actor, "insights.view_team"));
  if (scope === "own" || !seesTeam) return new Set([user.userId]);
  const team = users.filter(({ teamId }) => teamId === user.teamId).map(({ userId }) => userId);
  return new Set([user.userId, ...team]);
}
