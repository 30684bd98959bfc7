import { type User, isActive } from "../access/user.ts";
import type { UserId } from "../platform/values.ts";
import type { Customer } from "./customer.ts";

/** What may be missing of a customer, so that somebody cannot be told or called. */
export const customerGaps = ["no-name", "no-rep", "unknown-rep", "rep-left", "no-phone", "no-email"] as const;
export type CustomerGap = (typeof customerGaps)[number];

/** The gaps of a customer, in the order above. */
export function gapsOf(customer: Customer, users: ReadonlyMap<UserId, User>): readonly CustomerGap[] {
  const { name, repId, assignedUserId, phone, email, teamId, territoryId } = customer;
  const repIds = [repId, assignedUserId].filter((userId) => userId !== undefined);
  const isOwned = repIds.length > 0 || teamId !== undefined || territoryId !== undefined;
  const known = repIds.map((userId) => users.get(userId));
  const has: Readonly<Record<CustomerGap, boolean>> = {
    "no-name": name === undefined,
    "no-rep": !isOwned,
    "unknown-rep": known.includes(undefined),
    "rep-left": known.some((user) => user !== undefined && !isActive(user)),
    "no-phone": phone === undefined,
    "no-email": email === undefined,
  };
  return customerGaps.filter((gap) => has[gap]);
}
