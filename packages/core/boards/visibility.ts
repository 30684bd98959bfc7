import type { Actor } from "../access/actor.ts";
import { type PlanThing, holds, may } from "../access/may.ts";
import type { User } from "../access/user.ts";
import type { Visible } from "./board-query.ts";

/** Which deals somebody looks at: their own, their team's, or all. */
export const dealScopes = ["own", "team", "all"] as const;
export type DealScope = (typeof dealScopes)[number];

/**
 * The deals of a plan that somebody may see, by their managers. A narrower scope may be requested; a wider one is
 * reduced to what they may see. Without a plan: of all plans, where being a member of one counts for nothing.
 */
export function visibleTo(
  actor: Actor,
  plan: PlanThing | undefined,
  users: readonly User[],
  scope: DealScope = "all",
): Visible {
  const seesAll =
    plan === undefined
      ? holds(actor, "deals.edit_all") || holds(actor, "insights.view_all")
      : may(actor, "plan.see_all", plan);
  if (scope === "all" && seesAll) return "all";
  if (actor.type === "key") return new Set();
  const { userId, teamId } = actor.user;
  const isTeam = scope !== "own" && teamId !== undefined && (seesAll || holds(actor, "insights.view_team"));
  return new Set(
    users
      .filter((user) => user.userId === userId || (isTeam && user.teamId === teamId))
      .map((u) => u.userId)
      .concat(userId),
  );
}
