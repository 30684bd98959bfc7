import type { ContactId, DealId, PlanId } from "../platform/ids.ts";
import type { IdempotencyRecord, IdempotencyRecordKey, NewIdempotencyRecord } from "../deals/idempotency-record.ts";
import type { Identity } from "../contacts/identity.ts";
import type { QueuedLead } from "./queued-lead.ts";
import type { Contact, LearnedDetails } from "../contacts/contact.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import type { Deal, LogEntry } from "../deals/deal.ts";
import type { Instant } from "../platform/values.ts";

/** Somebody who becomes known without a deal, or identities that become their who is known. */
export interface ContactIntake extends Pick<LeadIntakeWrite, "newPerson" | "learned" | "newIdentities"> {
  readonly personId: ContactId;
}

/** What is looked up before a lead is taken in. */
export interface LeadLookup {
  readonly key?: IdempotencyRecordKey | undefined;
  readonly identities: readonly Identity[];
}

/** Its delivery, when it has come before, and whose each identity is. */
export interface LeadLookupResult {
  readonly idempotencyRecord?: IdempotencyRecord | undefined;
  readonly owners: readonly (ContactId | undefined)[];
}

/** What is stored when a lead comes in, in one transaction. */
export interface LeadIntakeWrite {
  readonly queueEntry: QueuedLead;
  /** The person, when they are new. */
  readonly newPerson?: Contact | undefined;
  /** What is learned of somebody known. */
  readonly learned?: LearnedDetails | undefined;
  /** Identities that become his; none of them anybody's yet. */
  readonly newIdentities: readonly Identity[];
  readonly idempotencyRecord?: NewIdempotencyRecord | undefined;
}

/** How leads come in: each once, whoever sends it how often. */
export interface LeadIntake {
  /** What is known of a plan and some deliveries before they are taken in. */
  readonly findMany: (
    planId: PlanId,
    sought: readonly LeadLookup[],
  ) => Promise<{ readonly plan?: SalesPlan | undefined; readonly found: readonly LeadLookupResult[] }>;
  readonly fingerprint: (payload: unknown) => string;
  readonly openDealOf: (personId: ContactId, planId: PlanId) => Promise<DealId | undefined>;
  readonly openDealsOf: (personIds: readonly ContactId[], planId: PlanId) => Promise<ReadonlyMap<ContactId, DealId>>;
  /** `overtaken`: the sequence number was voided, or somebody else stored the delivery, the person or an open deal first. */
  readonly save: (leadIntakes: readonly LeadIntakeWrite[]) => Promise<readonly ("saved" | "overtaken")[]>;
  /**
   * Notes a delivery that found an open deal; `false` when its key was taken or the deal has just been closed. Where
   * something was learned of its person, boards look at the deal anew.
   */
  readonly noteDuplicate: (
    deal: Pick<Deal, "dealId" | "personId" | "planId">,
    note: Omit<LogEntry, "dealId" | "version">,
    given: { readonly idempotencyRecord: NewIdempotencyRecord | undefined; readonly isLearned: boolean },
  ) => Promise<boolean>;
  /** Notes a delivery that changed nothing, so that it changes nothing later either; `false` when its key was taken. */
  readonly noteIdempotencyRecord: (idempotencyRecord: NewIdempotencyRecord, at: Instant) => Promise<boolean>;
  /** `overtaken`: somebody else stored one of the identities first. */
  readonly savePersons: (persons: readonly ContactIntake[]) => Promise<readonly ("saved" | "overtaken")[]>;
}
