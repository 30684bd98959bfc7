import type { Identity } from "@regulars/core/contacts/identity";
import type { LeadLookupResult } from "@regulars/core/leads/lead-intake";
import type { ContactId } from "@regulars/core/platform/ids";

/**
 * The identities that a lead makes its contact's: those that nobody has, so that a later lead with only one of them
 * matches, and those that only an import claimed for the same contact. A sender who may not teach the contact
 * (`isLearned`) adds none, but still uses what was claimed.
 */
export const newIdentitiesOf = (
  identities: readonly Identity[],
  { owners, isClaim }: Pick<LeadLookupResult, "owners" | "isClaim">,
  { contactId, isLearned }: { readonly contactId: ContactId; readonly isLearned: boolean },
): readonly Identity[] =>
  identities.filter((_, i) => (owners[i] === undefined ? isLearned : owners[i] === contactId && isClaim[i] === true));
