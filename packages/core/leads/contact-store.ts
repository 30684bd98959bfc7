import type { ContactId } from "../platform/ids.ts";
import type { OwnershipEvidence } from "../assignment/assignment.ts";
import type { Contact } from "../contacts/contact.ts";
import type { Instant, UserId } from "../platform/values.ts";

/** Persons who became known as leads. */
export interface ContactStore {
  readonly evidenceOf: (personId: ContactId) => Promise<readonly OwnershipEvidence[]>;
  readonly persons: (personIds: readonly ContactId[]) => Promise<ReadonlyMap<ContactId, Contact>>;
  readonly person: (personId: ContactId) => Promise<Contact | undefined>;
  readonly setOwner: (personId: ContactId, ownerId: UserId | undefined) => Promise<boolean>;
  /** Notes that somebody spoke with a person; the newest is evidence. */
  readonly noteActivity: (
    personId: ContactId,
    activity: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
  ) => Promise<boolean>;
  readonly audience: () => AsyncIterable<Contact>;
}
