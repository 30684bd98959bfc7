import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import type { User } from "../access/user.ts";
import type { NewNotification } from "../notifications/notification.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { ContactId } from "../platform/ids.ts";
import type { CustomerId, Day, Instant, PersonId, UserId } from "../platform/values.ts";
import type { Introduction } from "../relationships/introduction.ts";
import type { OptOut, OptOutSubject } from "../relationships/opt-out.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";

/** What who knows whom reads, of one tenant. */
export interface WhoKnowsStore {
  readonly users: () => Promise<readonly User[]>;
  readonly person: (personId: PersonId) => Promise<Person | undefined>;
  readonly customer: (customerId: CustomerId) => Promise<Customer | undefined>;
  /** The contact who this person is. */
  readonly contactOf: (personId: PersonId) => Promise<ContactId | undefined>;
  /** Customers that have activities of a person; a place of the person's own while they have no customer. */
  readonly placesOf: (personId: PersonId) => Promise<readonly CustomerId[]>;
  /** Counted activities of the year that ends with `asOf`, and some before, with a customer or such a place. */
  readonly activitiesAt: (place: CustomerId, asOf: Day) => Promise<readonly ActivityView[]>;
  /** What was noted on a contact's deals, of all times. */
  readonly notedWith: (contactId: ContactId) => Promise<readonly ActivityView[]>;
  /** Persons with an address at a mail domain, at most `limit`; none for domains at which anybody gets one. */
  readonly personsAt: (domain: string, limit: number) => Promise<readonly PersonId[]>;
  readonly optOuts: () => Promise<readonly OptOut[]>;
  readonly optOut: (optOut: OptOut, companion?: CompanionWrites) => Promise<void>;
  readonly optIn: (subject: OptOutSubject, companion?: CompanionWrites) => Promise<void>;
  readonly introductions: IntroductionStore;
}

/** When a colleague was asked last, and the version of that note. */
export interface AskedBefore {
  readonly askedAt: readonly Instant[];
  readonly version: number;
}

/** A new introduction with what was read before it; any of it may have changed since. */
export interface NewIntroduction {
  readonly introduction: Introduction;
  /** The introduction that this one follows: it is not open any more. */
  readonly follows: Introduction | undefined;
  readonly before: AskedBefore;
  /** When the colleague was asked in the last days, this time included. */
  readonly askedAt: readonly Instant[];
  readonly message: NewNotification;
}

export interface IntroductionStore {
  readonly find: (introductionId: string) => Promise<Introduction | undefined>;
  /** The last one of a requester, colleague and person. */
  readonly lastOf: (
    asked: Pick<Introduction, "requesterId" | "colleagueId" | "personId">,
  ) => Promise<Introduction | undefined>;
  readonly askedBefore: (colleagueId: UserId) => Promise<AskedBefore>;
  /** With its message, all or nothing; `false` when somebody else has asked the colleague since. */
  readonly add: (made: NewIntroduction, companion?: CompanionWrites) => Promise<boolean>;
  /** `false` when it has changed since. */
  readonly change: (before: Introduction, after: Introduction, companion?: CompanionWrites) => Promise<boolean>;
  /** Those that a user asked for, latest first. */
  readonly askedBy: (requesterId: UserId) => Promise<readonly Introduction[]>;
  /** Those that a user is asked for, latest first. */
  readonly askedOf: (colleagueId: UserId) => Promise<readonly Introduction[]>;
}
