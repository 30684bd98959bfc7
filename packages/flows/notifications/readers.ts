import { recipientOf } from "@regulars/core/access/recipient";
import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import { type Users, scopesOf } from "@regulars/core/customers/list-scope";
import { type EffectivePreferences, effectivePreferences } from "@regulars/core/notifications/effective";
import type { AllPreferences } from "@regulars/core/notifications/preference-store";
import { memoByKey } from "@regulars/core/platform/memo";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { UserId } from "@regulars/core/platform/values";

/** The preferences of a user as they hold; without a user, those of nobody in particular. */
export type PreferencesOf = (userId: UserId | undefined) => EffectivePreferences;

/** Everybody's preferences, each worked out once. */
export function preferencesOfAll(
  tenant: Pick<Tenant, "timeZone" | "locale">,
  users: ReadonlyMap<UserId, User>,
  { tenant: defaults, users: own }: AllPreferences,
): PreferencesOf {
  return memoByKey((userId: UserId | undefined) => {
    const layers = userId === undefined ? {} : { user: users.get(userId), own: own.get(userId) };
    return effectivePreferences({ tenant, defaults, ...layers });
  });
}

/** Whose digests tell of a customer: every rep who has it on their page, or who stands in for them. */
export function readersOf(customer: Customer, users: Users): ReadonlySet<UserId> {
  const reps = scopesOf(customer, users).filter((scope) => scope.type === "rep");
  const readers = reps.map(({ userId }) => recipientOf(userId, users, customer)?.userId);
  return new Set(readers.filter((userId) => userId !== undefined));
}
