import type { Person } from "../customers/person.ts";
import { readableEmail } from "../platform/contact-point.ts";
import type { ContactId } from "../platform/ids.ts";
import { readPhone } from "../platform/phone.ts";
import type { PersonId } from "../platform/values.ts";
import type { FirstDetails } from "./contact.ts";
import { type Identity, identitiesOf } from "./identity.ts";

/** Who has an identity. */
export interface IdentityOwner {
  readonly contactId: ContactId;
  /** The person whose import claimed the identity, as long as no lead has used it. */
  readonly claimedBy?: PersonId | undefined;
  /** The contact is stored: a lead or a deal made them known. */
  readonly isStored: boolean;
  /** The person at a customer who the stored contact is. */
  readonly customerPersonId?: PersonId | undefined;
}

const phoneOf = async ({ phone }: Person, country: string | undefined): Promise<string | undefined> =>
  phone === undefined ? undefined : readPhone(phone, country);

/**
 * What a customer's person is recognised by, strongest first (docs/reference/sales-plans.md 5.1): their id, e-mail
 * address and phone number. `country` is that of numbers without a country code; unreadable ones are no identity.
 */
export const identitiesOfPerson = async (person: Person, country: string | undefined): Promise<Identity[]> =>
  identitiesOf({ externalId: person.personId, email: person.email }, await phoneOf(person, country));

/** A customer's person as a contact. */
export const asContact = async (
  person: Person,
  contactId: ContactId,
  country: string | undefined,
): Promise<FirstDetails> => ({
  personId: contactId,
  externalId: person.personId,
  name: person.name,
  email: person.email === undefined ? undefined : readableEmail(person.email),
  phone: await phoneOf(person, country),
  customerPersonId: person.personId,
});

/**
 * The contact who a customer's person is: the stored one with their strongest identity that is no other person at a
 * customer; else `own`, who is stored when the first lead comes. `owners` are those of their identities, strongest
 * first.
 */
export function contactOfPerson(
  personId: PersonId,
  own: ContactId,
  owners: readonly (IdentityOwner | undefined)[],
): { readonly contactId: ContactId; readonly isNewlyLinked: boolean } {
  for (const owner of owners) {
    if (owner?.isStored !== true) continue;
    const linked = owner.customerPersonId ?? owner.claimedBy;
    if (linked === undefined || linked === personId)
      return { contactId: owner.contactId, isNewlyLinked: owner.customerPersonId === undefined };
  }
  return { contactId: own, isNewlyLinked: false };
}
