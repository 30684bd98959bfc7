import type { CompanionWrites } from "../platform/idempotency.ts";
import type { ContactId, PlanId } from "../platform/ids.ts";
import type { OwnershipEvidence } from "../assignment/assignment.ts";
import type { Contact, ContactAtCustomer } from "../contacts/contact.ts";
import type { Instant, UserId } from "../platform/values.ts";

/** Contacts that became known through leads and deals. */
export interface ContactStore {
  readonly evidenceOf: (personId: ContactId) => Promise<readonly OwnershipEvidence[]>;
  readonly persons: (personIds: readonly ContactId[]) => Promise<ReadonlyMap<ContactId, Contact>>;
  readonly person: (personId: ContactId) => Promise<Contact | undefined>;
  /** A contact with the customer at which they work now, if they are a person at a customer. */
  readonly atCustomer: (personId: ContactId) => Promise<ContactAtCustomer | undefined>;
  /** The plans in which a contact has an open deal. */
  readonly openPlansOf: (personId: ContactId) => Promise<readonly PlanId[]>;
  readonly setOwner: (
    personId: ContactId,
    ownerId: UserId | undefined,
    companion?: CompanionWrites,
  ) => Promise<boolean>;
  /** Records that somebody was in touch with a contact; the latest is ownership evidence. */
  readonly noteActivity: (
    personId: ContactId,
    activity: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
    companion?: CompanionWrites,
  ) => Promise<boolean>;
  readonly audience: () => AsyncIterable<Contact>;
}
