import type { ContactId, DealId, PlanId } from "../platform/ids.ts";
import type { IdempotencyRecord, IdempotencyRecordKey, NewIdempotencyRecord } from "../deals/idempotency-record.ts";
import type { Identity } from "../contacts/identity.ts";
import type { QueuedLead } from "./queued-lead.ts";
import type { Contact, FirstDetails, LearnedDetails } from "../contacts/contact.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import type { Deal, LogEntry } from "../deals/deal.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { DirectInput } from "./direct-input.ts";

/** A contact that becomes known without a deal, or identities that are added to a known contact. */
export interface ContactIntake extends Pick<LeadIntakeWrite, "newPerson" | "learned" | "newIdentities"> {
  readonly personId: ContactId;
}

/** What is read before a lead is stored. */
export interface LeadLookup {
  readonly key?: IdempotencyRecordKey | undefined;
  readonly identities: readonly Identity[];
}

/** The stored delivery, if it came before, and the contact of each identity. */
export interface LeadLookupResult {
  readonly idempotencyRecord?: IdempotencyRecord | undefined;
  readonly owners: readonly (ContactId | undefined)[];
  /** For each identity, whether it is only an import's claim so far: a lead that uses it makes it the contact's. */
  readonly isClaim: readonly boolean[];
  /** The first owner, when they are a person at a customer whom no lead or deal has made known: to be stored first. */
  readonly unstored?: FirstDetails | undefined;
}

export interface FoundLeads {
  readonly plan?: SalesPlan | undefined;
  readonly direct?: DirectInput | undefined;
  readonly found: readonly LeadLookupResult[];
}

/** What is written when a lead comes in, in one transaction. */
export interface LeadIntakeWrite {
  readonly queueEntry: QueuedLead;
  /** The contact, when they are new. */
  readonly newPerson?: Contact | undefined;
  /** New details of a known contact. */
  readonly learned?: LearnedDetails | undefined;
  /** Identities added to the contact, or used by a lead for the first time; no other contact has them. */
  readonly newIdentities: readonly Identity[];
  readonly idempotencyRecord?: NewIdempotencyRecord | undefined;
}

/** Stores incoming leads, each exactly once, however often it is sent. */
export interface LeadIntake {
  /** What is known of a plan and some deliveries before they are stored; `direct` when its managers are given. */
  readonly findMany: (
    planId: PlanId,
    sought: readonly LeadLookup[],
    managerIds?: readonly UserId[],
  ) => Promise<FoundLeads>;
  readonly fingerprint: (payload: unknown) => string;
  readonly openDealOf: (personId: ContactId, planId: PlanId) => Promise<DealId | undefined>;
  readonly openDealsOf: (personIds: readonly ContactId[], planId: PlanId) => Promise<ReadonlyMap<ContactId, DealId>>;
  /**
   * `overtaken`: the sequence number was voided, or somebody else stored the delivery, the contact or an open deal
   * first.
   */
  readonly save: (leadIntakes: readonly LeadIntakeWrite[]) => Promise<readonly ("saved" | "overtaken")[]>;
  /**
   * Records a delivery for which there already was an open deal; `false` when its key was taken or the deal has just
   * been closed. When it added details to the contact, boards read the deal again.
   */
  readonly noteDuplicate: (
    deal: Pick<Deal, "dealId" | "personId" | "planId">,
    note: Omit<LogEntry, "dealId" | "version">,
    given: { readonly idempotencyRecord: NewIdempotencyRecord | undefined; readonly isLearned: boolean },
  ) => Promise<boolean>;
  /**
   * Records a delivery that changed nothing, so that repeating it changes nothing either; `false` when its key was
   * taken.
   */
  readonly noteIdempotencyRecord: (idempotencyRecord: NewIdempotencyRecord, at: Instant) => Promise<boolean>;
  /** `overtaken`: somebody else stored one of the identities first. */
  readonly savePersons: (persons: readonly ContactIntake[]) => Promise<readonly ("saved" | "overtaken")[]>;
}
