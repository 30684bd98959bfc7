import { type Actor, may } from "../access/actor.ts";
import type { Customer } from "./customer.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";

/** Which customers an actor sees (docs/reference/insights.md G14). */
export interface Scope {
  readonly canSee: (customer: Pick<Customer, "repId" | "assignedUserId" | "teamId">) => boolean;
  /** Whether a user's own list is theirs to read. */
  readonly canSeeUser: (userId: UserId) => boolean;
}

const EVERYTHING: Scope = { canSee: () => true, canSeeUser: () => true };

/**
 * Everything for who may see all; for a manager the customers of the own team, by the customer's team or by its rep's;
 * for everybody else the customers that are theirs. A key without a right to look sees nothing.
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
