import type { LeadPage } from "../record-ports.ts";
import type { ExternalId, Instant, UserId } from "../values.ts";
import type { Deal, LogEntry } from "./deal.ts";
import type { Rules } from "./desk.ts";
import type { DealId, LeadPersonId, PlanId } from "./ids.ts";
import type { LeadPerson, LearnedOfPerson } from "./lead-person.ts";
import type { Identity } from "./lead.ts";
import type { Plan } from "./plan.ts";

/** A lead's ticket: its deal as it will be, and what the desk needs to know. */
export interface LeadTicket {
  readonly kind: "lead";
  readonly ticket: number;
  readonly deal: Deal;
  readonly chosen?: UserId | undefined;
  /** Nothing is known of its person that would have to be looked up. */
  readonly isNewPerson: boolean;
  readonly actorId: string;
  readonly requestId: string;
}

export type StoredTicket =
  | LeadTicket
  | { readonly kind: "rules"; readonly ticket: number; readonly rules: Rules }
  | { readonly kind: "void"; readonly ticket: number };

/** A key that makes a delivery one, within what it may reach. */
export interface DeliveryKey {
  /** The sender: a key's id, a user's. */
  readonly scope: string;
  readonly key: string;
}

/** What became of a delivery: replayed to whoever sends it again. */
export interface StoredDelivery {
  /** Of what was asked; the same key with another one is refused. */
  readonly fingerprint: string;
  readonly dealId: DealId;
  readonly isDuplicate: boolean;
  readonly requestId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** The deal as it was told of, where its log does not say it: a change of it, or a lead that found it there. */
  readonly answer?: Pick<Deal, "statusId" | "version" | "assignment"> | undefined;
}

export interface NewDelivery extends StoredDelivery {
  readonly key: DeliveryKey;
}

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

/** Somebody who becomes known without a deal, or identities that become his who is known. */
export interface PersonIntake extends Pick<Intake, "newPerson" | "learned" | "newIdentities"> {
  readonly personId: LeadPersonId;
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
