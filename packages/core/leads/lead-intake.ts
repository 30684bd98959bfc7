import type { DeliveryKey, NewDelivery, StoredDelivery } from "../deals/idempotency-record.ts";
import type { Identity } from "../contacts/identity.ts";
import type { DealId, LeadPersonId, PlanId } from "../platform/ids.ts";
import type { LeadTicket } from "./queued-lead.ts";
import type { LeadPerson, LearnedOfPerson } from "../contacts/contact.ts";
import type { Plan } from "../sales-plans/sales-plan.ts";
import type { Deal, LogEntry } from "../deals/deal.ts";
import type { Instant } from "../platform/values.ts";

/** What is looked up before a lead is taken in. */
export interface LookUp {
  readonly key?: DeliveryKey | undefined;
  readonly identities: readonly Identity[];
}

/** Its delivery, when it has come before, and whose each identity is. */
export interface Found {
  readonly delivery?: StoredDelivery | undefined;
  readonly owners: readonly (LeadPersonId | undefined)[];
}

/** What is stored when a lead comes in, in one transaction. */
export interface Intake {
  readonly ticket: LeadTicket;
  /** The person, when he is new. */
  readonly newPerson?: LeadPerson | undefined;
  /** What is learned of somebody known. */
  readonly learned?: LearnedOfPerson | undefined;
  /** Identities that become his; none of them anybody's yet. */
  readonly newIdentities: readonly Identity[];
  readonly delivery?: NewDelivery | undefined;
}

/** How leads come in: each once, whoever sends it how often. */
export interface LeadIntake {
  /** The first of so many tickets that nobody else has. */
  readonly takeTickets: (planId: PlanId, count: number) => Promise<number>;
  /** Says of tickets that nothing comes of them. `false` for one that something has come of. */
  readonly voidTicket: (planId: PlanId, ticket: number) => Promise<boolean>;
  readonly lastTicket: (planId: PlanId) => Promise<number>;
  /** What is known of a plan and some deliveries before they are taken in. */
  readonly lookUp: (
    planId: PlanId,
    sought: readonly LookUp[],
  ) => Promise<{ readonly plan?: Plan | undefined; readonly found: readonly Found[] }>;
  readonly fingerprint: (payload: unknown) => string;
  readonly openDealOf: (personId: LeadPersonId, planId: PlanId) => Promise<DealId | undefined>;
  readonly openDealsOf: (
    personIds: readonly LeadPersonId[],
    planId: PlanId,
  ) => Promise<ReadonlyMap<LeadPersonId, DealId>>;
  /** `overtaken`: the ticket was voided, or somebody else stored the delivery, the person or an open deal first. */
  readonly saveIntakes: (intakes: readonly Intake[]) => Promise<readonly ("saved" | "overtaken")[]>;
  /**
   * Notes a delivery that found an open deal; `false` when its key was taken or the deal has just been closed. Where
   * something was learned of its person, boards look at the deal anew.
   */
  readonly noteDuplicate: (
    deal: Pick<Deal, "dealId" | "personId" | "planId">,
    note: Omit<LogEntry, "dealId" | "version">,
    told: { readonly delivery: NewDelivery | undefined; readonly isLearned: boolean },
  ) => Promise<boolean>;
  /** Notes a delivery that changed nothing, so that it changes nothing later either; `false` when its key was taken. */
  readonly noteDelivery: (delivery: NewDelivery, at: Instant) => Promise<boolean>;
}
