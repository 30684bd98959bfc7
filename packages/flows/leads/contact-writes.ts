import { type LearnedDetails, filledIn } from "@regulars/core/contacts/contact";
import type { LeadIntakeWrite, LeadLookupResult } from "@regulars/core/leads/lead-intake";
import type { LeadPayload } from "@regulars/core/leads/lead-payload";
import { readableEmail } from "@regulars/core/platform/contact-point";
import type { ContactId } from "@regulars/core/platform/ids";
import type { Instant } from "@regulars/core/platform/values";
import { newIdentitiesOf } from "../contacts/new-identities.ts";
import type { Who } from "../contacts/resolve-contact.ts";

/** Who has the identities of a lead's person. */
export type Owned = Pick<LeadLookupResult, "owners" | "isClaim" | "unstored">;

interface LeadContact {
  readonly who: Who;
  readonly person: LeadPayload["person"];
  readonly personId: ContactId;
  /** Absent when nobody has one of the identities. */
  readonly known: ContactId | undefined;
  readonly owned: Owned;
  /** Whether the contact gets the lead's other identities and details. */
  readonly isLearned: boolean;
  readonly now: Instant;
}

/** What is written of the lead's contact: a new one, a customer's person who is stored first, or what is learned. */
export function contactWrites(contact: LeadContact): Pick<LeadIntakeWrite, "newPerson" | "learned" | "newIdentities"> {
  const { who, personId, known, owned, isLearned, now } = contact;
  const newIdentities = newIdentitiesOf(who.identities, owned, { contactId: personId, isLearned });
  const first = owned.unstored ?? (known === undefined ? { personId } : undefined);
  if (first !== undefined) {
    const details = isLearned ? filledIn(first, givenOf(contact)) : first;
    return { newPerson: { ...details, createdAt: now }, newIdentities };
  }
  // A name alone is not worth a write.
  const learned = isLearned && newIdentities.length > 0 ? givenOf(contact) : undefined;
  return { learned, newIdentities };
}

function givenOf({ who, person: { externalId, name, email } }: LeadContact): LearnedDetails {
  return { externalId, name, email: email === undefined ? undefined : readableEmail(email), phone: who.phone };
}
