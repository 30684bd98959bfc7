import type { UserId } from "../platform/values.ts";
import { type User, isActive } from "./user.ts";

/**
 * Who gets the news of a user: they themselves, and once they have left the manager of the team (of the customer, else
 * theirs), else of their territory; of several the first by id. `undefined` when there is nobody.
 */
export function recipientOf(
  userId: UserId,
  users: ReadonlyMap<UserId, User>,
  customer: { readonly teamId?: string | undefined } = {},
): User | undefined {
  const user = users.get(userId);
  if (user === undefined || isActive(user)) return user;
  const teamId = customer.teamId ?? user.teamId;
  const managers = [...users.values()]
    .filter((one) => one.role === "manager" && isActive(one))
    .toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  const ofTeam = teamId === undefined ? undefined : managers.find((one) => one.teamId === teamId);
  if (ofTeam !== undefined || user.territoryId === undefined) return ofTeam;
  return managers.find((one) => one.teamId === undefined && one.territoryId === user.territoryId);
}
