import type { ContactId } from "@regulars/core/platform/ids";
import type { CustomerId, Day, PersonId } from "@regulars/core/platform/values";
import { asOne } from "@regulars/core/relationships/connections";
import { isFreeMail, mailDomainOf } from "@regulars/core/relationships/free-mail-domains";
import type { Speakable } from "@regulars/core/relationships/opt-out";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";

/** Somebody whom colleagues may know: a person at a customer, a lead's contact, or both. */
export interface Somebody {
  readonly personId?: PersonId | undefined;
  readonly contactId?: ContactId | undefined;
  /** Where they work now. */
  readonly customerId?: CustomerId | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
}

export interface Asked {
  readonly store: WhoKnowsStore;
  readonly asOf: Day;
  readonly speakable: Speakable;
}

/** Most persons of a mail domain, and most customers of theirs, that one answer looks at. */
const MOST_PERSONS = 50;
const MOST_PLACES = 20;

/** Activities with somebody, wherever they were stored; none with who is out. */
export async function activitiesWith(
  { store, asOf, speakable }: Asked,
  { personId, contactId, customerId }: Somebody,
): Promise<readonly ActivityView[]> {
  if (!speakable.person(personId) || !speakable.person(contactId)) return [];
  const noted = contactId === undefined ? [] : await store.notedWith(contactId);
  if (personId === undefined) return noted;
  const places = new Set([...(customerId === undefined ? [] : [customerId]), ...(await store.placesOf(personId))]);
  const stored = await Promise.all([...places].map((place) => store.activitiesAt(place, asOf)));
  return [...noted, ...stored.flat().filter((one) => one.personId === personId)];
}

/**
 * Activities with others at somebody's company: at their customer, and at other customers whose persons have an address
 * of the same domain. An address that anybody may have, theirs or the customer's, names no company.
 */
export async function activitiesAtCompany(asked: Asked, somebody: Somebody): Promise<ActivityView[]> {
  const { store, asOf, speakable } = asked;
  const { customerId, personId, contactId } = somebody;
  if (!speakable.person(personId) || !speakable.person(contactId)) return [];
  const profile = customerId === undefined ? undefined : await store.customer(customerId);
  const domain = mailDomainOf(somebody.email ?? profile?.email);
  if (domain !== undefined && isFreeMail(domain)) return [];
  const isOther = (one: PersonId | undefined): boolean =>
    (one === undefined || one !== personId) && speakable.person(one);
  const ofCustomer = customerId === undefined ? [] : asOne(await store.activitiesAt(customerId, asOf), isOther);
  if (domain === undefined) return ofCustomer;
  const persons = new Set((await store.personsAt(domain, MOST_PERSONS)).filter(isOther));
  return [...ofCustomer, ...(await activitiesElsewhere(asked, persons, customerId))];
}

/** Activities with these persons at other customers than one. */
async function activitiesElsewhere(
  { store, asOf }: Asked,
  persons: ReadonlySet<PersonId>,
  without: CustomerId | undefined,
): Promise<ActivityView[]> {
  const places = (await Promise.all([...persons].map((one) => store.placesOf(one)))).flat();
  const others = [...new Set(places)].filter((place) => place !== without).slice(0, MOST_PLACES);
  const activities = await Promise.all(others.map((place) => store.activitiesAt(place, asOf)));
  return activities.flatMap((one) => asOne(one, (personId) => personId !== undefined && persons.has(personId)));
}
