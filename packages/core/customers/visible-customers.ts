import { type Actor, may } from "../access/actor.ts";
import type { Customer } from "./customer.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";

/** The customers that an actor may see (docs/reference/insights.md G14). */
export interface Scope {
  readonly canSee: (customer: Pick<Customer, "repId" | "assignedUserId" | "teamId">) => boolean;
  /** Whether the actor may read this user's list. */
  readonly canSeeUser: (userId: UserId) => boolean;
}

const EVERYTHING: Scope = { canSee: () => true, canSeeUser: () => true };

/**
 * All customers for actors who may see all; for a manager those of their team, by the customer's team or its rep's; for
 * other users their own. A key without a right to read insights sees none.
 */
export function scopeOf(actor: Actor, users: readonly User[]): Scope {
  if (may(actor, "insights.view_all")) return EVERYTHING;
  if (actor.type === "key") return { canSee: () => false, canSeeUser: () => false };
  const { userId, teamId } = actor.user;
  const isTeam = may(actor, "insights.view_team") && teamId !== undefined;
  const reps = new Set<UserId>([
    userId,
    ...(isTeam ? users.filter((user) => user.teamId === teamId).map((user) => user.userId) : []),
  ]);
  const isOurs = (id: UserId | undefined): boolean => id !== undefined && reps.has(id);
  return {
    canSee: (customer) =>
      isOurs(customer.repId) || isOurs(customer.assignedUserId) || (isTeam && customer.teamId === teamId),
    canSeeUser: isOurs,
  };
}
