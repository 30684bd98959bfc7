import type { Intake } from "./lead-intake.ts";
import type { LeadPersonId } from "../platform/ids.ts";
import type { LeadPerson } from "../contacts/contact.ts";
import type { ExternalId, Instant, UserId } from "../platform/values.ts";
import type { LeadPage } from "../imports/record-store.ts";

/** Somebody who becomes known without a deal, or identities that become his who is known. */
export interface PersonIntake extends Pick<Intake, "newPerson" | "learned" | "newIdentities"> {
  readonly personId: LeadPersonId;
}

/** Persons who became known as leads. */
export interface LeadPersonStore {
  readonly leadPersons: (personIds: readonly LeadPersonId[]) => Promise<ReadonlyMap<LeadPersonId, LeadPerson>>;
  readonly leadPerson: (personId: LeadPersonId) => Promise<LeadPerson | undefined>;
  readonly setOwner: (personId: LeadPersonId, ownerId: UserId | undefined) => Promise<boolean>;
  /** Notes that somebody spoke with a person; the newest is evidence. */
  readonly noteActivity: (
    personId: LeadPersonId,
    activity: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
  ) => Promise<boolean>;
  readonly audience: () => AsyncIterable<LeadPerson>;
  /** Leads that were imported, known as persons or not. */
  readonly importedLeads: (limit: number, after?: ExternalId) => Promise<LeadPage>;
  /** `overtaken`: somebody else stored one of the identities first. */
  readonly savePersons: (persons: readonly PersonIntake[]) => Promise<readonly ("saved" | "overtaken")[]>;
}
