import type { Customer } from "./customer.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";

/** The customers that a list contains (docs/reference/insights.md G14). */
export type ListScope =
  | { readonly type: "rep"; readonly userId: UserId }
  | { readonly type: "team"; readonly teamId: string }
  | { readonly type: "territory"; readonly territoryId: string }
  | { readonly type: "all" };

export type Users = ReadonlyMap<UserId, User>;
/** Whose a customer is. */
export type Owned = Pick<Customer, "repId" | "assignedUserId" | "teamId" | "territoryId">;

/** The owner of a customer: the rep, else the assigned user; `undefined` when they are not a user of the tenant. */
export function ownerIdOf(
  { repId, assignedUserId }: Pick<Owned, "repId" | "assignedUserId">,
  isUser: (userId: UserId) => boolean,
): UserId | undefined {
  if (repId !== undefined && isUser(repId)) return repId;
  return assignedUserId !== undefined && isUser(assignedUserId) ? assignedUserId : undefined;
}

/**
 * A rep sees their own customers; a manager those of their team or territory, or all when the manager has neither; an
 * admin all.
 */
export function scopeOfUser(user: Pick<User, "userId" | "role" | "teamId" | "territoryId">): ListScope {
  if (user.role === "rep") return { type: "rep", userId: user.userId };
  if (user.role === "manager" && user.teamId !== undefined) return { type: "team", teamId: user.teamId };
  if (user.role === "manager" && user.territoryId !== undefined)
    return { type: "territory", territoryId: user.territoryId };
  return { type: "all" };
}

/**
 * Every scope that contains a customer. Its team and territory are its own, else its owner's. A customer without an
 * owner is in the scope of every rep of its territory (without a territory: of its team), so that somebody sees it.
 */
export function scopesOf(customer: Owned, users: Users): readonly ListScope[] {
  const ownerId = ownerIdOf(customer, (userId) => users.has(userId));
  const owner = ownerId === undefined ? undefined : users.get(ownerId);
  const teamId = customer.teamId ?? owner?.teamId;
  const territoryId = customer.territoryId ?? owner?.territoryId;
  const reps = ownerId === undefined ? neighboursOf(customer, users) : [ownerId];
  return [
    { type: "all" },
    ...(teamId === undefined ? [] : [{ type: "team", teamId } as const]),
    ...(territoryId === undefined ? [] : [{ type: "territory", territoryId } as const]),
    ...reps.map((userId) => ({ type: "rep", userId }) as const),
  ];
}

function neighboursOf({ teamId, territoryId }: Owned, users: Users): UserId[] {
  const isNear = (user: User): boolean =>
    territoryId === undefined ? teamId !== undefined && user.teamId === teamId : user.territoryId === territoryId;
  return [...users.values()].filter((user) => user.role === "rep" && isNear(user)).map(({ userId }) => userId);
}

/** A scope as a key: "rep u-1", "all". */
export function scopeName(scope: ListScope): string {
  switch (scope.type) {
    case "rep":
      return `rep ${scope.userId}`;
    case "team":
      return `team ${scope.teamId}`;
    case "territory":
      return `territory ${scope.territoryId}`;
    case "all":
      return "all";
  }
}

/** Whether a customer is in the scope. */
export const isInScope = (customer: Owned, scope: ListScope, users: Users): boolean =>
  scope.type === "all" || scopesOf(customer, users).some((one) => scopeName(one) === scopeName(scope));
