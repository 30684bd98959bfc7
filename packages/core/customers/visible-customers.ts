import type { Actor } from "../access/actor.ts";
import { type CustomerThing, type OwningUser, may } from "../access/may.ts";
import type { User } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";
import type { Owned } from "./list-scope.ts";

/** The customers that an actor may see, and those whose findings they may review (docs/reference/insights.md G14). */
export interface Scope {
  readonly canSee: (customer: Owned) => boolean;
  readonly canReview: (customer: Owned) => boolean;
  /** Whether the actor may read this user's list. */
  readonly canSeeUser: (userId: UserId) => boolean;
}

/** A customer as the thing of a decision: its owners are the tenant's users of today. */
function customerThing(
  { repId, assignedUserId, teamId, territoryId }: Owned,
  ownerOf: (userId: UserId) => OwningUser | undefined,
): CustomerThing {
  const owners = [repId, assignedUserId].flatMap((userId) => (userId === undefined ? [] : (ownerOf(userId) ?? [])));
  return { owners, teamId, territoryId };
}

/** The customers that an actor may see, with the users of today. */
export const scopeOf = (actor: Actor, users: readonly User[]): Scope =>
  scopeAmong(actor, new Map(users.map((user) => [user.userId, user])));

/** The same, where the users are known by id. */
export function scopeAmong(actor: Actor, known: ReadonlyMap<UserId, OwningUser>): Scope {
  const thingOf = (customer: Owned): CustomerThing => customerThing(customer, (userId) => known.get(userId));
  return {
    canSee: (customer) => may(actor, "customer.see", thingOf(customer)),
    canReview: (customer) => may(actor, "customer.review", thingOf(customer)),
    canSeeUser: (userId) => may(actor, "user.see_list", known.get(userId) ?? { userId }),
  };
}
