import type { User } from "../access/user.ts";
import type { Person } from "../customers/person.ts";
import { isProgramAddress } from "../customers/program-address.ts";
import { emailIdentity } from "../platform/contact-point.ts";
import type { PersonId } from "../platform/values.ts";
import type { ActivityView } from "./activity-view.ts";

/** Whether somebody stored as a person is none: their address is a colleague's, or a program's. */
export function nonPersonTest(users: readonly Pick<User, "email">[]): (person: Pick<Person, "email">) => boolean {
  const colleagues = new Set(users.flatMap(({ email }) => (email === undefined ? [] : (emailIdentity(email) ?? []))));
  return ({ email }) => {
    const address = email === undefined ? undefined : emailIdentity(email);
    return address !== undefined && (colleagues.has(address) || isProgramAddress(address));
  };
}

/** Activities that do not say with whom of these persons they were: they stay contacts of the customer. */
export const withoutNames = (
  activities: readonly ActivityView[],
  unnamed: ReadonlySet<string>,
): readonly ActivityView[] =>
  unnamed.size === 0
    ? activities
    : activities.map((one) =>
        one.personId !== undefined && unnamed.has(one.personId) ? { ...one, personId: undefined } : one,
      );

/** Activities without those with non-persons; others of the same interaction stay one (docs/reference/relationships.md 1). */
export function withoutNonPersons(
  activities: readonly ActivityView[],
  nonPersons: ReadonlySet<PersonId>,
): readonly ActivityView[] {
  if (nonPersons.size === 0) return activities;
  let isHeadless = false;
  return activities.flatMap((one) => {
    const joins = one.joinsPrevious === true;
    if (one.personId !== undefined && nonPersons.has(one.personId)) {
      isHeadless = joins ? isHeadless : true;
      return [];
    }
    const leads = joins && isHeadless;
    isHeadless = false;
    return leads ? { ...one, joinsPrevious: undefined } : one;
  });
}
