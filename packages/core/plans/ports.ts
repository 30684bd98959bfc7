import type { Receipt } from "../access-ports.ts";
import type { Currency, Day, ExternalId, Instant, Minor, UserId } from "../values.ts";
import type { User } from "../people.ts";
import type { LeadPage } from "../record-ports.ts";
import type { Evidence } from "./assignment.ts";
import type { BoardRow } from "./board-row.ts";
import type { ClosingSpan } from "./closing-span.ts";
import type { ClosingTally } from "./closing-tally.ts";
import type { Closing, Deal, LogEntry } from "./deal.ts";
import type { DealJob, DealJobPage } from "./deal-job.ts";
import type { Desk, Rules } from "./desk.ts";
import type { DealId, JobId, LeadPersonId, PlanId, ReasonId, StatusId } from "./ids.ts";
import type { HookDelivery } from "./hook-delivery.ts";
import type { Identity } from "./lead.ts";
import type { LeadPerson, LearnedOfPerson } from "./lead-person.ts";
import type { Job, JobPage } from "./job.ts";
import type { Plan } from "./plan.ts";
import type { RefusalReason } from "./refusal.ts";
import type { Outcome } from "./work-desk.ts";

/** Reads a phone number as its owner wrote it: E.164, or nothing when it is none. */
export type PhoneReader = (text: string, defaultCountry: string | undefined) => string | undefined;

/** What flows of plans need of the world besides the store. */
export interface PlanWorld {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds that only ever go on: how long something has taken. */
  readonly elapsed: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Unlike any other: letters and digits, 26 at most. */
  readonly newId: () => string;
  readonly readPhone: PhoneReader;
}

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

/** The right to give out a plan's leads until it ends; a commit with an older fence is refused. */
export interface Lease {
  readonly planId: PlanId;
  readonly fence: number;
  readonly desk: Desk;
  /** There may be leads in the tray. */
  readonly hasTray: boolean;
}

export interface TrayLead {
  readonly ticket: number;
  readonly dealId: DealId;
}

/** A lead that lay in the tray, as it is now. */
export interface TrayOutcome extends Outcome {
  readonly deal: Deal;
}

/** What one run of the desk changes: all of it, on the condition that the lease still stands, or nothing. */
export interface DeskCommit {
  readonly lease: Lease;
  readonly desk: Desk;
  readonly hasTray: boolean;
  /** When the lease ends; in the past lets go of it. */
  readonly leaseUntil: number;
  readonly added: readonly { readonly ticket: LeadTicket; readonly outcome: Outcome }[];
  readonly handedOut: readonly TrayOutcome[];
  readonly at: Instant;
}

/** Number and sums of the deals of one manager in one status, of those lost for a reason by itself. */
export interface DealCount {
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly reasonId?: ReasonId | undefined;
  readonly count: number;
  readonly sums: Readonly<Record<Currency, Minor>>;
}

/** A column of a board, or one manager's part of it; `null` is nobody's. */
export interface ColumnPart {
  readonly statusId: StatusId;
  readonly managerId?: UserId | null | undefined;
}

/** Where a page of a column begins: after the place `<createdAt>#<dealId>`; of deals made from and to (excluded). */
export interface ColumnPage {
  readonly limit: number;
  readonly isAscending: boolean;
  readonly after?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** First and last day, both included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** A deal among those that are lost for a reason; its place is `<createdAt>#<dealId>`. */
export interface ReasonPlace {
  readonly place: string;
  readonly dealId: DealId;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
}

/** One change of a deal with everything it brings about, in one transaction. */
export interface DealChange {
  readonly receipt?: Receipt | undefined;
  readonly before: Deal;
  readonly after: Deal;
  readonly log: Omit<LogEntry, "dealId" | "version">;
  /** The closing that it makes, or cancels. */
  readonly closing?: Closing | undefined;
  readonly delivery?: NewDelivery | undefined;
  /** One of many that were asked for at once. */
  readonly isBulk?: boolean | undefined;
}

/** A deal of another system, with its person when he is new. */
export interface ImportedDeal {
  readonly deal: Deal;
  readonly newPerson?: LeadPerson | undefined;
  readonly newIdentities: readonly Identity[];
}

export type ImportNote = Pick<LogEntry, "at" | "actorId" | "requestId">;

export interface ImportCounts {
  readonly created: number;
  /** Others were faster with one of the rest: all are to be looked at anew. */
  readonly isOvertaken: boolean;
}

/** One mistake of a caller's idempotency key is told from one of the deal. */
export type ChangeOutcome = "saved" | "stale" | "key-taken" | "person-has-open-deal";

/** Plans of one tenant. */
export interface PlanStore {
  readonly plans: () => Promise<readonly Plan[]>;
  readonly plan: (planId: PlanId) => Promise<Plan | undefined>;
  readonly createPlan: (plan: Plan, desk: Desk, receipt?: Receipt) => Promise<boolean>;
  /** Saves a plan one version later; with a ticket its rules apply from that ticket on. `false` when somebody was faster. */
  readonly savePlan: (plan: Plan, rulesTicket: number | undefined, receipt?: Receipt) => Promise<boolean>;
  readonly reasons: () => Promise<ReadonlyMap<ReasonId, RefusalReason>>;
  readonly saveReason: (reason: RefusalReason) => Promise<void>;
  readonly users: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, User>>;

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

  readonly takeLease: (planId: PlanId, now: number, until: number) => Promise<Lease | undefined>;
  /** The desk as it stands, without taking it. */
  readonly deskOf: (planId: PlanId) => Promise<(Lease & { readonly leaseUntil: number }) | undefined>;
  readonly ticketsAfter: (planId: PlanId, done: number, limit: number) => Promise<readonly StoredTicket[]>;
  readonly ticket: (planId: PlanId, ticket: number) => Promise<StoredTicket | undefined>;
  readonly tray: (planId: PlanId, limit: number, after?: number) => Promise<readonly TrayLead[]>;
  readonly loads: (planId: PlanId, openStatuses: ReadonlySet<StatusId>) => Promise<ReadonlyMap<UserId, number>>;
  readonly evidenceOf: (personId: LeadPersonId) => Promise<readonly Evidence[]>;
  /** `lost`: the lease is somebody else's now. `stale`: a lead of the tray has changed meanwhile. */
  readonly commit: (commit: DeskCommit) => Promise<"saved" | "stale" | "lost">;
  /** Lets go of a lease, and says whether there is a tray. */
  readonly releaseLease: (lease: Lease) => Promise<void>;
  /** A deal, once its ticket is done, and until when somebody holds the lease: what whoever waits for it looks at. */
  readonly peek: (
    planId: PlanId,
    dealId: DealId,
  ) => Promise<{ readonly deal?: Deal | undefined; readonly leaseUntil: number }>;

  readonly deal: (dealId: DealId) => Promise<Deal | undefined>;
  readonly deals: (dealIds: readonly DealId[]) => Promise<ReadonlyMap<DealId, Deal>>;
  readonly logEntry: (dealId: DealId, version: number) => Promise<LogEntry | undefined>;
  readonly timeline: (dealId: DealId) => Promise<readonly LogEntry[]>;
  readonly closings: (dealId: DealId) => Promise<readonly Closing[]>;
  readonly saveDeal: (change: DealChange) => Promise<ChangeOutcome>;
  /** Deals of a status, the newest first. */
  readonly column: (planId: PlanId, statusId: StatusId, limit: number) => Promise<readonly Deal[]>;
  readonly columnPage: (planId: PlanId, part: ColumnPart, page: ColumnPage) => Promise<readonly Deal[]>;
  readonly counts: (planId: PlanId) => Promise<readonly DealCount[]>;
  /** Every deal of a plan as filters and searches see it, in no order. */
  readonly boardRows: (planId: PlanId) => Promise<readonly BoardRow[]>;
  /** Brings what `boardRows`, `dayCounts` and `reasonPlaces` read up to now; `false` when deals change faster than that. */
  readonly settleBoard: (planId: PlanId) => Promise<boolean>;
  /** Whether so much has changed since it was settled that a job should do it. */
  readonly isBoardBehind: (planId: PlanId) => Promise<boolean>;
  /**
   * Numbers and sums of deals made on these local days as the board was settled last: of these managers, `null` being
   * nobody, or of all deals together without.
   */
  readonly dayCounts: (
    planId: PlanId,
    span: DaySpan,
    managers: readonly (UserId | null)[] | undefined,
  ) => Promise<readonly DealCount[]>;
  readonly reasonPlaces: (planId: PlanId, reasonId: ReasonId, page: ColumnPage) => Promise<readonly ReasonPlace[]>;
  readonly closingsOf: (planId: PlanId, span: ClosingSpan) => AsyncIterable<Closing>;
  /** What was closed on these local days, both included, counted; of all time without. Clarifications are not told apart. */
  readonly closingTallies: (planId: PlanId, from?: Day, to?: Day) => Promise<readonly ClosingTally[]>;

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

  readonly noteHooks: (deliveries: readonly HookDelivery[]) => Promise<void>;
  /** A sender's, the newest first. */
  readonly hooks: (scope: string, limit: number) => Promise<readonly HookDelivery[]>;
  readonly hook: (scope: string, requestId: string) => Promise<HookDelivery | undefined>;

  readonly startJob: (job: Job, receipt?: Receipt) => Promise<boolean>;
  readonly saveJobPage: (jobId: JobId, page: JobPage) => Promise<void>;
  readonly saveJob: (job: Job, before: Job) => Promise<boolean>;
  readonly job: (jobId: JobId) => Promise<Job | undefined>;
  readonly openJobs: () => Promise<readonly JobId[]>;
  readonly jobPage: (jobId: JobId, page: number) => Promise<JobPage | undefined>;
  /** Takes in a piece of a frozen audience and moves the job on, in one transaction; `false` when somebody else did, or a lead of it was overtaken. */
  readonly saveBulkIntake: (leads: readonly LeadTicket[], page: JobPage, job: Job, before: Job) => Promise<boolean>;

  /** Whether this store has written changes that somebody is to be told of: then the deliveries are worth a nudge. */
  readonly hasNews: () => boolean;

  /** Takes in deals that are not there yet, each once. */
  readonly importDeals: (deals: readonly ImportedDeal[], note: ImportNote) => Promise<ImportCounts>;

  readonly startDealJob: (job: DealJob, receipt?: Receipt) => Promise<boolean>;
  readonly saveDealJobPage: (jobId: JobId, page: DealJobPage) => Promise<void>;
  readonly dealJob: (jobId: JobId) => Promise<DealJob | undefined>;
  readonly dealJobPage: (jobId: JobId, page: number) => Promise<DealJobPage | undefined>;
  /** Changes a piece of a job's deals and moves it on, in one transaction; `false` when somebody else changed either. */
  readonly saveDealPiece: (
    changes: readonly DealChange[],
    page: DealJobPage,
    job: DealJob,
    before: DealJob,
  ) => Promise<boolean>;
}
