import type { ReceiptOf } from "./access-ports.ts";
import type { Activity } from "./activity.ts";
import type { Message } from "./messages/message.ts";
import type { IntakeInvoice, IntakePayment } from "./intake/receivables.ts";
import type { RawRecord } from "./intake/file-format.ts";
import type { History } from "./history.ts";
import type { ItemLink } from "./item-link.ts";
import type { Lead } from "./lead.ts";
import type { Dismissal } from "./insights/dismissal.ts";
import type { Feedback } from "./insights/feedback.ts";
import type { Json, Level, Outcome, State } from "./insights/finding.ts";
import type { Order } from "./order.ts";
import type { Customer, Item, Person, User } from "./people.ts";
import type { Project } from "./project.ts";
import type { Receivable } from "./receivable.ts";
import type { Sale } from "./sale.ts";
import type { SupportRequest } from "./support-request.ts";
import type { SalesFigures } from "./sales/figures.ts";
import type { Tenant } from "./tenant.ts";
import type {
  Currency,
  CustomerId,
  Day,
  ExternalId,
  Instant,
  InvoiceId,
  ItemId,
  OrderId,
  PersonId,
  TenantId,
  UserId,
} from "./values.ts";

/** Gets one message to one person or channel. Throws when it could not; `key` is the same for the same message. */
export interface Courier {
  readonly deliver: (message: Message, key: string) => Promise<{ readonly providerId: string }>;
}

/** What a save did. A repeated save finds everything unchanged. */
export interface SaveCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What a save of payments did, and which of them it could not place. */
export interface PaymentCounts extends SaveCounts {
  readonly unknownInvoices: ReadonlySet<InvoiceId>;
  /** Payments that name another currency than their invoice, with the invoice's. */
  readonly otherCurrency: ReadonlyMap<IntakePayment, Currency>;
}

/** What a save did to one record. */
export type SaveOutcome = keyof SaveCounts;

/** Told of each record of a save what became of it, once that is certain; the record is the very object given. */
export type NoteSaved<Doc> = (record: Doc, outcome: SaveOutcome) => void;

/**
 * Where imports put what they read. Every save compares first and writes only what differs. `note` is told of every
 * record: it costs no reads, and no memory beyond what its caller keeps.
 */
export interface IntakeStore {
  /** `keep` names the fields the input knows nothing of: what is stored of them stays. */
  readonly saveUsers: (users: readonly User[], keep?: readonly string[], note?: NoteSaved<User>) => Promise<SaveCounts>;
  readonly saveCustomers: (
    customers: readonly Customer[],
    keep?: readonly string[],
    note?: NoteSaved<Customer>,
  ) => Promise<SaveCounts>;
  readonly savePersons: (
    persons: readonly Person[],
    keep?: readonly string[],
    note?: NoteSaved<Person>,
  ) => Promise<SaveCounts>;
  readonly saveItems: (items: readonly Item[], keep?: readonly string[], note?: NoteSaved<Item>) => Promise<SaveCounts>;
  /** Orders in `partial` lack a line that could not be read: they never take the place of one that is stored. */
  readonly saveOrders: (
    orders: readonly Order[],
    partial?: ReadonlySet<OrderId>,
    note?: NoteSaved<Order>,
  ) => Promise<SaveCounts>;
  readonly saveInvoices: (invoices: readonly IntakeInvoice[], note?: NoteSaved<IntakeInvoice>) => Promise<SaveCounts>;
  readonly saveActivities: (activities: readonly Activity[], note?: NoteSaved<Activity>) => Promise<SaveCounts>;
  readonly saveSales: (sales: readonly Sale[], note?: NoteSaved<Sale>) => Promise<SaveCounts>;
  readonly saveRequests: (requests: readonly SupportRequest[], note?: NoteSaved<SupportRequest>) => Promise<SaveCounts>;
  readonly saveProjects: (
    projects: readonly Project[],
    keep?: readonly string[],
    note?: NoteSaved<Project>,
  ) => Promise<SaveCounts>;
  readonly saveLinks: (links: readonly ItemLink[], note?: NoteSaved<ItemLink>) => Promise<SaveCounts>;
  readonly saveLeads: (leads: readonly Lead[], keep?: readonly string[], note?: NoteSaved<Lead>) => Promise<SaveCounts>;
  /** Where persons work; those that nobody knows are left out. */
  readonly customersOf: (personIds: readonly PersonId[]) => Promise<ReadonlyMap<string, CustomerId>>;
  /** Payments of invoices that are not known, or are in another currency, are not saved: they come back. */
  readonly savePayments: (
    payments: readonly IntakePayment[],
    note?: NoteSaved<IntakePayment>,
  ) => Promise<PaymentCounts>;
}

/** Where a document stands among its customer's: by day, then by id. */
export interface DocumentPlace<Id> {
  readonly on: Day;
  readonly id: Id;
}

/** How many documents to read, and before which one: without, from the newest on. */
export interface PageRequest<Id> {
  readonly limit: number;
  readonly before?: DocumentPlace<Id> | undefined;
}

/** Documents, newest first. `next` is the `before` of the page after, absent on the last one. */
export interface DocumentPage<Doc, Id> {
  readonly documents: readonly Doc[];
  readonly next?: DocumentPlace<Id> | undefined;
}

/** A document after a revision. */
export interface Revised<Doc> {
  readonly outcome: Exclude<SaveOutcome, "created">;
  readonly document: Doc;
}

/** Orders and invoices one by one, as the customer card and corrections need them. */
export interface DocumentStore {
  readonly findOrder: (orderId: OrderId) => Promise<Order | undefined>;
  readonly findInvoice: (invoiceId: InvoiceId) => Promise<Receivable | undefined>;
  /** Whatever their status. */
  readonly recentOrders: (customerId: CustomerId, page: PageRequest<OrderId>) => Promise<DocumentPage<Order, OrderId>>;
  /** With their payments, void ones too. */
  readonly recentInvoices: (
    customerId: CustomerId,
    page: PageRequest<InvoiceId>,
  ) => Promise<DocumentPage<Receivable, InvoiceId>>;
  /**
   * Puts what `change` makes of the stored document in its place; `undefined` when there is none. When somebody else
   * writes it meanwhile, `change` is asked again about what they wrote: it must be pure. A receipt is written in the
   * same transaction; of what stays as it is there is none.
   */
  readonly reviseOrder: (
    orderId: OrderId,
    change: (order: Order) => Order,
    receiptOf?: ReceiptOf<Order>,
  ) => Promise<Revised<Order> | undefined>;
  readonly reviseInvoice: (
    invoiceId: InvoiceId,
    change: (invoice: IntakeInvoice) => IntakeInvoice,
    receiptOf?: ReceiptOf<Receivable>,
  ) => Promise<Revised<Receivable> | undefined>;
}

/** Days, both included; open where one is absent. */
export interface DayRange {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** Leads in the order of their external ids. `next` is the `after` of the page that follows, absent on the last one. */
export interface LeadPage {
  readonly leads: readonly Lead[];
  readonly next?: ExternalId | undefined;
}

/** What was told of a customer beside its orders and invoices, and of the tenant's items and leads. */
export interface RecordStore {
  /** A customer's in day order. */
  readonly activitiesOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<Activity>;
  readonly salesOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<Sale>;
  readonly requestsOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<SupportRequest>;
  readonly projectsOf: (customerId: CustomerId) => AsyncIterable<Project>;
  readonly links: () => Promise<readonly ItemLink[]>;
  readonly findLead: (externalId: ExternalId) => Promise<Lead | undefined>;
  readonly leads: (limit: number, after?: ExternalId) => Promise<LeadPage>;
}

/** One record on its way into the store, with the line of the file it came from. */
export interface StagedRecord {
  readonly line: number;
  readonly record: RawRecord;
}

/** Brings the records of one key together in bounded memory, however large the file and whatever its order. */
export interface Stage {
  readonly add: (key: string, staged: StagedRecord) => Promise<void>;
  /** Every key's records, in the order they were added; a batch of keys at a time. */
  readonly batches: () => AsyncIterable<readonly (readonly StagedRecord[])[]>;
}

/** A finding as stored: its facts change only by events, level and state may change by the calendar. */
export interface StoredFinding {
  readonly kind: string;
  readonly customerId: CustomerId;
  readonly itemId?: ItemId | undefined;
  readonly repId?: UserId | undefined;
  readonly level: Level;
  readonly state: State;
  readonly episode: string;
  readonly facts: Json;
  /** The night's day on which it was first found. */
  readonly foundOn: Day;
  /** The night's day on which it reached what is pushed, in this episode. */
  readonly reachedOn?: Day | undefined;
  /** People have set it aside, for now or for good. */
  readonly dismissal?: Dismissal | undefined;
}

/** What became of a finding: kept, so that outcomes can be counted. */
export interface EndedFinding extends Pick<
  StoredFinding,
  "kind" | "customerId" | "itemId" | "repId" | "level" | "episode" | "foundOn"
> {
  /** The night's day on which it was found no more. */
  readonly endedOn: Day;
  readonly outcome: Outcome;
}

/** One customer as a night reads it: history, yesterday's findings, what is set aside. Valid until the next one is read. */
export interface CustomerBlock {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly StoredFinding[];
  readonly dismissals: readonly Dismissal[];
}

/** What a night changes at one customer: all of it, with the notifications it causes, or nothing. */
export interface FindingChanges {
  readonly customerId: CustomerId;
  readonly put: readonly StoredFinding[];
  readonly remove: readonly StoredFinding[];
  readonly notify: readonly NewNotification[];
  /** What became of the removed ones. */
  readonly ended?: readonly EndedFinding[];
}

/** A notification to be sent. `id` is the same for the same news: it is never queued twice. */
export interface NewNotification {
  readonly id: string;
  readonly dueAt: Instant;
  readonly message: Message;
  /** Kept back until the same night is run again with sending on. */
  readonly isWithheld: boolean;
}

/** The counts a night leaves behind; the same night again leaves the same. */
export interface NightRecord {
  readonly asOf: Day;
  readonly customers: number;
  readonly kinds: Readonly<Record<string, { readonly eligible: number; readonly found: number }>>;
}

/** Which documents a reader is to see. */
export interface AsOf {
  readonly asOf: Day;
  /** The day after `asOf` when it is today: its events may clear a finding, never raise one (insights.md G2). */
  readonly liveOn?: Day | undefined;
}

/** A night's view of one tenant. */
export interface NightStore {
  readonly users: () => Promise<readonly User[]>;
  readonly shards: readonly number[];
  /** Customer blocks of one shard in id order. With `repair`, whatever was marked is rebuilt and kept. */
  readonly blocks: (shard: number, at: AsOf, options: { readonly repair: boolean }) => AsyncIterable<CustomerBlock>;
  readonly blockOf: (customerId: CustomerId, at: AsOf) => Promise<CustomerBlock | undefined>;
  readonly personsOf: (customerId: CustomerId) => Promise<readonly Person[]>;
  readonly itemNames: (itemIds: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, string>>;
  /** Saves a customer's changes; how many of the notifications were not queued before. */
  readonly saveFindings: (changes: FindingChanges) => Promise<number>;
  readonly ofRep: (repId: UserId | undefined) => AsyncIterable<StoredFinding>;
  readonly profiles: (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
  /** Queues what is not queued yet; the number that was new. */
  readonly queueNotifications: (notifications: readonly NewNotification[]) => Promise<number>;
  /** Lets go of what a run of the same night without sending kept back; how many. */
  readonly releaseWithheld: (asOf: Day, dueAt: (message: Message) => Instant) => Promise<number>;
  /** What became of findings that ended from a day on. */
  readonly endedSince: (from: Day) => AsyncIterable<EndedFinding>;
  /** The last night's sales figures by scope name, and saving those that differ. */
  readonly sales: () => Promise<ReadonlyMap<string, SalesFigures>>;
  readonly saveSales: (figures: ReadonlyMap<string, SalesFigures>) => Promise<void>;
  readonly lastNight: () => Promise<NightRecord | undefined>;
  readonly saveNight: (record: NightRecord) => Promise<void>;
}

/** Where people say what they think of findings. */
export interface ReviewStore {
  readonly saveDismissal: (finding: StoredFinding, dismissal: Dismissal | undefined) => Promise<void>;
  readonly saveFeedback: (feedback: Feedback) => Promise<void>;
  readonly feedback: () => AsyncIterable<Feedback>;
}

/** Orders as documents, for who looks at a day. */
export interface OrderDesk {
  readonly customersOf: (userId: UserId | undefined) => AsyncIterable<Customer>;
  readonly drafts: () => AsyncIterable<Order>;
  readonly ofDay: (customerId: CustomerId, on: Day) => AsyncIterable<Order>;
}

export const deliveryStates = ["due", "sending", "sent", "failed", "withheld"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A notification in the log: what was sent to whom, when, and how it went. */
export interface Delivery {
  readonly id: string;
  readonly state: DeliveryState;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly message: Message;
  readonly sentAt?: Instant | undefined;
  readonly providerId?: string | undefined;
  readonly lastError?: string | undefined;
  /** It may have reached its receiver twice: a process ended between sending and noting it. */
  readonly maybeDuplicate?: boolean | undefined;
}

/** Which deliveries to read: before a place, of one state where one is named. */
export interface DeliveryPageRequest {
  readonly limit: number;
  readonly state?: DeliveryState | undefined;
  readonly before?: string | undefined;
}

/**
 * Deliveries, those due last first. `next` is the `before` of the page after, absent on the last one; where only one
 * state is wanted, a page may have less than was asked for, or nothing, and still not be the last.
 */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next?: string | undefined;
}

/** The outbox of one tenant. */
export interface Outbox {
  readonly due: (now: Instant, limit: number) => Promise<readonly Delivery[]>;
  /** Takes a due notification until its lease ends; `false` when someone else has it. */
  readonly claim: (delivery: Delivery, leaseUntil: Instant) => Promise<boolean>;
  readonly markSent: (delivery: Delivery, sentAt: Instant, providerId: string) => Promise<void>;
  /** To be tried again at `retryAt`, or given up when there is none. */
  readonly markFailed: (delivery: Delivery, error: string, retryAt: Instant | undefined) => Promise<void>;
  readonly list: () => AsyncIterable<Delivery>;
  readonly page: (request: DeliveryPageRequest) => Promise<DeliveryPage>;
}

/** Tenants, across all of them: for the platform's own jobs only. */
export interface TenantDirectory {
  readonly find: (tenantId: TenantId) => Promise<Tenant | undefined>;
  /** Makes the tenant unless it is there; the one that is there then. */
  readonly ensure: (tenant: Tenant, firstNightAt: Instant) => Promise<Tenant>;
  /** Changes settings of a tenant; what is not named stays. */
  readonly change: (tenantId: TenantId, changes: Partial<Omit<Tenant, "tenantId">>) => Promise<Tenant>;
  readonly list: () => Promise<readonly TenantId[]>;
  readonly dueBefore: (
    now: Instant,
  ) => Promise<readonly { readonly tenantId: TenantId; readonly nextNightAt: Instant }[]>;
  /** Moves the next night from `from` to `to`; `false` when someone else has moved it. */
  readonly reschedule: (tenantId: TenantId, from: Instant, to: Instant) => Promise<boolean>;
  readonly scheduleNight: (tenantId: TenantId, at: Instant) => Promise<void>;
  readonly hasDueNotifications: (tenantId: TenantId, now: Instant) => Promise<boolean>;
  /** Whose night was due before a time and has not set its next one since: it waits, fails or got lost. */
  readonly unfinishedSince: (before: Instant) => Promise<readonly TenantId[]>;
}
