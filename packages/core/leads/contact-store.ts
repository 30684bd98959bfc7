import type { LeadIntakeWrite } from "./lead-intake.ts";
import type { ContactId } from "../platform/ids.ts";
import type { Contact } from "../contacts/contact.ts";
import type { ExternalId, Instant, UserId } from "../platform/values.ts";
import type { LeadPage } from "../imports/record-store.ts";

/** Somebody who becomes known without a deal, or identities that become their who is known. */
export interface ContactIntake extends Pick<LeadIntakeWrite, "newPerson" | "learned" | "newIdentities"> {
  readonly personId: ContactId;
}

/** Persons who became known as leads. */
export interface ContactStore {
  readonly contacts: (personIds: readonly ContactId[]) => Promise<ReadonlyMap<ContactId, Contact>>;
  readonly contact: (personId: ContactId) => Promise<Contact | undefined>;
  readonly setOwner: (personId: ContactId, ownerId: UserId | undefined) => Promise<boolean>;
  /** Notes that somebody spoke with a person; the newest is evidence. */
  readonly noteActivity: (
    personId: ContactId,
    activity: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
  ) => Promise<boolean>;
  readonly audience: () => AsyncIterable<Contact>;
  /** Leads that were imported, known as persons or not. */
  readonly importedContacts: (limit: number, after?: ExternalId) => Promise<LeadPage>;
  /** `overtaken`: somebody else stored one of the identities first. */
  readonly savePersons: (persons: readonly ContactIntake[]) => Promise<readonly ("saved" | "overtaken")[]>;
}
