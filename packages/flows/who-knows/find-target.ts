import type { Contact } from "@regulars/core/contacts/contact";
import { cutText } from "@regulars/core/platform/cut-text";
import { type ContactId, contactIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import { nonPersonTest } from "@regulars/core/snapshots/non-persons";
import type { ContactStore } from "@regulars/core/leads/contact-store";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import type { Somebody } from "./acquaintance.ts";

interface Stores {
  readonly store: WhoKnowsStore;
  readonly contacts: Pick<ContactStore, "atCustomer">;
}

export const unknownPerson = (given: string) => refuse("unknown-person", `there is no person ${cutText(given, 200)}`);

/** A person at a customer, one of whom only activities are known, or a lead's contact. */
export async function findSomebody(stores: Stores, given: string): Promise<Result<Somebody>> {
  const personId = personIdSchema.safeParse(given);
  if (personId.success) {
    const person = await findPerson(stores, personId.data);
    if (person !== undefined) return ok(person);
  }
  const contactId = contactIdSchema.safeParse(given);
  return contactId.success ? findContact(stores, contactId.data) : unknownPerson(given);
}

/** Colleagues and programs are no persons: whoever has the address of one is unknown. */
export async function findPerson({ store }: Stores, personId: PersonId): Promise<Somebody | undefined> {
  const [person, places, contactId] = await Promise.all([
    store.person(personId),
    store.placesOf(personId),
    store.contactOf(personId),
  ]);
  if (person === undefined && places.length === 0) return undefined;
  if (person?.email !== undefined && (await isNonPerson(store, person.email))) return undefined;
  return { personId, contactId, customerId: person?.customerId, email: person?.email, name: person?.name };
}

const isNonPerson = async (store: WhoKnowsStore, email: string): Promise<boolean> =>
  nonPersonTest(await store.users())({ email });

/** A lead's contact, who may be a person at a customer too. */
export async function findContact({ store, contacts }: Stores, contactId: ContactId): Promise<Result<Somebody>> {
  const found = await contacts.atCustomer(contactId);
  if (found === undefined) return unknownPerson(contactId);
  const { contact, customerId } = found;
  if (contact.email !== undefined && (await isNonPerson(store, contact.email))) return unknownPerson(contactId);
  return ok(somebodyOf(contact, customerId));
}

const somebodyOf = (
  { personId, customerPersonId, email, name }: Contact,
  customerId: Somebody["customerId"],
): Somebody => ({
  contactId: personId,
  personId: customerPersonId,
  customerId,
  email,
  name,
});
