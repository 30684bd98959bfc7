import { fnv1a } from "@regulars/core/platform/hash";
import { type Subject, subjectPath } from "@regulars/core/insights/subject";
import type { BacktestId } from "@regulars/core/insights/backtests/backtest";
import type { DealId, JobId, LeadPersonId, PlanId, ReasonId, StatusId } from "@regulars/core/platform/ids";
import type {
  CustomerId,
  Day,
  ExternalId,
  Instant,
  InvoiceId,
  ItemId,
  OrderId,
  PersonId,
  ProjectId,
  TenantId,
  UserId,
} from "@regulars/core/platform/values";

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Customer blocks of a tenant are spread over this many partitions, which a night reads in parallel. */
export const SHARDS = 16;

/** `$` is no character of a tenant id: what the platform keeps across tenants cannot meet a tenant's own keys. */
const PLATFORM = "T#$#";

const tenantPart = (tenantId: TenantId, family: string): string => `T#${tenantId}#${family}`;

/** The shard of a customer: FNV-1a over its id, the same for ever. */
export const shardOf = (customerId: CustomerId): number => fnv1a(customerId) % SHARDS;

const shardPartition = (tenantId: TenantId, shard: number): string =>
  tenantPart(tenantId, `S#${String(shard).padStart(2, "0")}`);

/** Parts of a customer block, in the order they are read: sort keys are `C#<customer>#<part>`. */
export type BlockPart =
  | { readonly part: "profile" }
  | {
      /** A calendar year of a projection: its dirty mark, its chunk, or a further piece of this. */
      readonly part: "year";
      readonly letter: string;
      readonly year: number;
      readonly piece?: string | undefined;
    }
  | { readonly part: "finding" | "dismissal"; readonly kind: string; readonly subject: Subject };

/** Documents that have an id row. */
export type DocumentFamily = "order" | "invoice" | "person" | "project" | DatedFamily;

/** Documents that lie at their customer by day, one item each. */
export type DatedFamily = keyof typeof DATED;

const DATED = { activity: "A", sale: "SALE", request: "REQ" } as const;

const FINDING_PARTS = { dismissal: "A", finding: "F" } as const;

const invoiceSort = (on: Day, invoiceId: InvoiceId): string => `${on}#${invoiceId}`;

/** Neither `$` nor `*` is a character of a user id. */
export const NOBODY = "$";
export const EVERYBODY = "*";

/** In number order as text. */
const ticketSort = (ticket: number): string => String(ticket).padStart(15, "0");

/** Persons known as leads are listed in this many index partitions. */
export const AUDIENCE_SHARDS = 8;

/** Keys of sales plans. */
function planKeys(inFamily: (family: string) => string) {
  return {
    plans: (): string => inFamily("PLANS"),
    plan: (planId: PlanId): Key => ({ pk: inFamily("PLANS"), sk: planId }),
    reasons: (): string => inFamily("REASONS"),
    reason: (reasonId: ReasonId): Key => ({ pk: inFamily("REASONS"), sk: reasonId }),
    /** Apart from everything else of its plan: a number is drawn for every lead. */
    ticketCounter: (planId: PlanId): Key => ({ pk: inFamily(`SEQ#${planId}`), sk: "SEQ" }),
    tickets: (planId: PlanId): string => inFamily(`TICKET#${planId}`),
    ticket: (planId: PlanId, ticket: number): Key => ({ pk: inFamily(`TICKET#${planId}`), sk: ticketSort(ticket) }),
    /** The lease, the turns and how far the tickets are done. */
    desk: (planId: PlanId): Key => ({ pk: inFamily(`DESK#${planId}`), sk: "DESK" }),
    tray: (planId: PlanId): string => inFamily(`TRAY#${planId}`),
    trayLead: (planId: PlanId, ticket: number): Key => ({ pk: inFamily(`TRAY#${planId}`), sk: ticketSort(ticket) }),
    /** Numbers and sums of a plan's deals per status, one row a manager, and one for nobody. */
    dealCounts: (planId: PlanId): string => inFamily(`COUNT#${planId}`),
    dealCount: (planId: PlanId, userId: UserId | undefined): Key => ({
      pk: inFamily(`COUNT#${planId}`),
      sk: userId ?? NOBODY,
    }),
    dealPartition: (dealId: DealId): string => inFamily(`DEAL#${dealId}`),
    deal: (dealId: DealId): Key => ({ pk: inFamily(`DEAL#${dealId}`), sk: "DEAL" }),
    dealLog: (dealId: DealId, version: number): Key => ({
      pk: inFamily(`DEAL#${dealId}`),
      sk: `LOG#${String(version).padStart(9, "0")}`,
    }),
    /** Something told of a deal that did not change it. */
    dealNote: (dealId: DealId, at: Instant, requestId: string): Key => ({
      pk: inFamily(`DEAL#${dealId}`),
      sk: `NOTE#${at}#${requestId}`,
    }),
    closing: (dealId: DealId, version: number): Key => ({
      pk: inFamily(`DEAL#${dealId}`),
      sk: `CLOSING#${String(version).padStart(9, "0")}`,
    }),
    /** GSI1: a plan's deals in one status, by when they were made. */
    dealColumn: (planId: PlanId, statusId: StatusId): string => inFamily(`COL#${planId}#${statusId}`),
    /** A person known as a lead, with his open deals, closed deals and activities beside him. */
    leadPersonPartition: (personId: LeadPersonId): string => inFamily(`PER#${personId}`),
    leadPerson: (personId: LeadPersonId): Key => ({ pk: inFamily(`PER#${personId}`), sk: "PERSON" }),
    openDeal: (personId: LeadPersonId, planId: PlanId, extra?: DealId): Key => ({
      pk: inFamily(`PER#${personId}`),
      sk: `OPEN#${planId}${extra === undefined ? "" : `#${extra}`}`,
    }),
    closedDeal: (personId: LeadPersonId, at: Instant, dealId: DealId): Key => ({
      pk: inFamily(`PER#${personId}`),
      sk: `DONE#${at}#${dealId}`,
    }),
    leadActivity: (personId: LeadPersonId, at: Instant, id: string): Key => ({
      pk: inFamily(`PER#${personId}`),
      sk: `ACT#${at}#${id}`,
    }),
    /** Whom an external id, an address or a number belongs to; `hash` is the value's, so that no key tells it. */
    leadIdentity: (kind: string, hash: string): Key => ({ pk: inFamily(`WHO#${kind}#${hash}`), sk: "WHO" }),
    /** GSI1: persons known as leads, by when they became known; spread, because each is one write. */
    audience: (shard: number): string => inFamily(`AUD#${String(shard).padStart(2, "0")}`),
    /** A delivery by its idempotency key's hash. */
    leadDelivery: (hash: string): Key => ({ pk: inFamily(`IDEM#${hash}`), sk: "IDEM" }),
    /** What a sender sent to plans. */
    hookDeliveries: (scope: string): string => inFamily(`HOOK#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
    hookDelivery: (scope: string, at: string, requestId: string): Key => ({
      pk: inFamily(`HOOK#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
      sk: `${at}#${requestId}`,
    }),
    openJobs: (): string => inFamily("JOBS"),
    openJob: (jobId: JobId): Key => ({ pk: inFamily("JOBS"), sk: jobId }),
    job: (jobId: JobId): Key => ({ pk: inFamily(`JOB#${jobId}`), sk: "JOB" }),
    jobPages: (jobId: JobId): string => inFamily(`JOB#${jobId}`),
    jobPage: (jobId: JobId, page: number): Key => ({
      pk: inFamily(`JOB#${jobId}`),
      sk: `PAGE#${String(page).padStart(6, "0")}`,
    }),
  };
}

/** A plan's packed pages are spread over this many partitions, which a search reads at the same time. */
export const BOARD_SHARDS = 4;

/** Behind the marks and before the pages of its shard. */
export const BOARD_HEAD = "N";

/** Where a packed page lies, by its name's last hexadecimal digit: neighbours are apart. */
const boardShardOf = (page: string): number => Number.parseInt(page.slice(-1), 16) % BOARD_SHARDS;

/** Keys of what boards, reports and webhooks read of deals. */
function boardKeys(inFamily: (family: string) => string) {
  return {
    /** GSI2: the same of one manager, or of nobody. */
    managerColumn: (planId: PlanId, statusId: StatusId, userId: UserId | undefined): string =>
      inFamily(`MCOL#${planId}#${statusId}#${userId ?? NOBODY}`),
    /** GSI1: a plan's closings by when they were. */
    planClosings: (planId: PlanId): string => inFamily(`CLOSED#${planId}`),
    /** A plan's deals packed for filters and searches; marks sort before the head, it before pages. */
    board: (planId: PlanId, shard: number): string => inFamily(`BOARD#${planId}#${shard}`),
    boardMark: (planId: PlanId, page: string): Key => ({
      pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
      sk: `M#${page}`,
    }),
    /** How often pages of a shard were written. */
    boardHead: (planId: PlanId, page: string): Key => ({
      pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
      sk: BOARD_HEAD,
    }),
    boardPage: (planId: PlanId, page: string): Key => ({
      pk: inFamily(`BOARD#${planId}#${boardShardOf(page)}`),
      sk: `P#${page}`,
    }),
    /** What reports count of a plan's closings by the local day they came about on, a row for each manager of a day. */
    closingDays: (planId: PlanId): string => inFamily(`CDAYS#${planId}`),
    closingDay: (planId: PlanId, day: Day, userId: UserId | undefined): Key => ({
      pk: inFamily(`CDAYS#${planId}`),
      sk: `${day}#${userId ?? NOBODY}`,
    }),
    /** Numbers and sums of a plan's deals by the local day they were made on: of each manager, nobody, and all together. */
    dealDays: (planId: PlanId): string => inFamily(`DAYS#${planId}`),
    dealDay: (planId: PlanId, of: UserId | typeof NOBODY | typeof EVERYBODY, day: Day): Key => ({
      pk: inFamily(`DAYS#${planId}`),
      sk: `${of}#${day}`,
    }),
    /** A plan's deals that are lost for a reason, by when they were made. */
    reasonDeals: (planId: PlanId, reasonId: ReasonId): string => inFamily(`WHY#${planId}#${reasonId}`),
    reasonDeal: (planId: PlanId, reasonId: ReasonId, createdAt: Instant, dealId: DealId): Key => ({
      pk: inFamily(`WHY#${planId}#${reasonId}`),
      sk: `${createdAt}#${dealId}`,
    }),
    /** GSI2: rows of deals' logs that outgoing webhooks have not been made of yet. */
    dealEvents: (): string => inFamily("EVENTS"),
    webhooks: (): string => inFamily("WEBHOOKS"),
    webhook: (webhookId: string): Key => ({ pk: inFamily("WEBHOOKS"), sk: webhookId }),
    webhookDeliveries: (webhookId: string): string => inFamily(`SENT#${webhookId}`),
    webhookDelivery: (webhookId: string, deliveryId: string): Key => ({
      pk: inFamily(`SENT#${webhookId}`),
      sk: deliveryId,
    }),
    /** GSI1: a subscription's deliveries by when they came about. */
    webhookLog: (webhookId: string): string => inFamily(`SENTLOG#${webhookId}`),
    /** GSI2: deliveries of webhooks by when they are due. */
    webhooksDue: (): string => inFamily("SENTDUE"),
    dealJob: (jobId: JobId): Key => ({ pk: inFamily(`JOB#${jobId}`), sk: "DEALS" }),
    dealJobPage: (jobId: JobId, page: number): Key => ({
      pk: inFamily(`JOB#${jobId}`),
      sk: `DEALS#${String(page).padStart(6, "0")}`,
    }),
  };
}

/** Keys of what nights leave beside the findings, and of how right these are. */
function insightKeys(inFamily: (family: string) => string) {
  return {
    endedFindings: (): string => inFamily("END"),
    endedFinding: (endedOn: Day, findingId: string): Key => ({ pk: inFamily("END"), sk: `${endedOn}#${findingId}` }),
    feedback: (): string => inFamily("FB"),
    feedbackOn: (findingId: string, episode: string): Key => ({ pk: inFamily("FB"), sk: `${findingId}#${episode}` }),
    salesFigures: (): string => inFamily("FIGURES"),
    salesFiguresOf: (scope: string): Key => ({ pk: inFamily("FIGURES"), sk: scope }),
    backtests: (): string => inFamily("BACKTEST"),
    backtest: (backtestId: BacktestId): Key => ({ pk: inFamily("BACKTEST"), sk: backtestId }),
    /** Apart from the jobs, so that their list is light. */
    backtestReport: (backtestId: BacktestId): Key => ({ pk: inFamily(`BACKTEST#${backtestId}`), sk: "REPORT" }),
    /** The one that was asked for last, until it has ended. */
    openBacktest: (): Key => ({ pk: inFamily("CONFIG"), sk: "BACKTEST" }),
  };
}

/**
 * Every key of every item. Family letters: CONFIG tenant, U users, I items, P persons, O orders and credits, V invoices
 * with their payments, A activities, SALE sales, REQ requests, PROJ projects, LINK links between items, LEAD leads, S
 * customer blocks, X document ids, N item numbers, OUT notifications, OUTLOG their order, KEYS machine keys, ONCE requests
 * that are told by a key, RATE counters of requests, END what became of findings, FB feedback, FIGURES the last night's
 * sales by scope, BACKTEST backtests with their reports. Of sales plans: PLANS, REASONS, SEQ, TICKET, DESK, TRAY, COUNT,
 * DEAL with log and closings, CDAYS closings counted by day, BOARD packed pages with DAYS and WHY beside them, WEBHOOKS
 * and SENT what is told to others, PER persons known as leads, WHO their identities, IDEM deliveries, HOOK their log, JOBS
 * and JOB mass actions. Indexes have families of their own, named where their keys are.
 */
export function keysOf(tenantId: TenantId) {
  const inFamily = (family: string): string => tenantPart(tenantId, family);
  const invoices = (customerId: CustomerId): string => inFamily(`V#${customerId}`);
  return {
    tenant: (): Key => ({ pk: inFamily("CONFIG"), sk: "TENANT" }),
    schedule: (): Key => ({ pk: inFamily("CONFIG"), sk: "SCHEDULE" }),
    night: (): Key => ({ pk: inFamily("CONFIG"), sk: "NIGHT" }),
    users: (): string => inFamily("U"),
    user: (userId: UserId): Key => ({ pk: inFamily("U"), sk: userId }),
    machineKeys: (): string => inFamily("KEYS"),
    machineKey: (keyId: string): Key => ({ pk: inFamily("KEYS"), sk: `K#${keyId}` }),
    machineKeyName: (name: string): Key => ({ pk: inFamily("KEYS"), sk: `N#${name}` }),
    once: (hash: string): Key => ({ pk: inFamily(`ONCE#${hash}`), sk: "ONCE" }),
    rate: (actorId: string): Key => ({ pk: inFamily(`RATE#${actorId}`), sk: "RATE" }),
    /** GSI1: customers by id, for lists. */
    customers: (): string => inFamily("CUSTOMERS"),
    items: (): string => inFamily("I"),
    item: (itemId: ItemId): Key => ({ pk: inFamily("I"), sk: itemId }),
    /** GSI1: items that have a substitute, an end or a time out of stock, the only ones a night needs. */
    endedItems: (): string => inFamily("ENDED"),
    persons: (customerId: CustomerId): string => inFamily(`P#${customerId}`),
    person: (customerId: CustomerId, personId: PersonId): Key => ({ pk: inFamily(`P#${customerId}`), sk: personId }),
    orders: (customerId: CustomerId): string => inFamily(`O#${customerId}`),
    order: (customerId: CustomerId, on: Day, orderId: OrderId): Key => ({
      pk: inFamily(`O#${customerId}`),
      sk: `${on}#${orderId}`,
    }),
    invoices,
    invoice: (customerId: CustomerId, on: Day, invoiceId: InvoiceId): Key => ({
      pk: invoices(customerId),
      sk: invoiceSort(on, invoiceId),
    }),
    /** Beside its invoice, so that a customer-year of receivables is one Query. */
    payment: (customerId: CustomerId, on: Day, invoiceId: InvoiceId, paymentId: string): Key => ({
      pk: invoices(customerId),
      sk: `${invoiceSort(on, invoiceId)}#${paymentId}`,
    }),
    documents: (family: DatedFamily, customerId: CustomerId): string => inFamily(`${DATED[family]}#${customerId}`),
    document: (family: DatedFamily, customerId: CustomerId, on: Day, id: string): Key => ({
      pk: inFamily(`${DATED[family]}#${customerId}`),
      sk: `${on}#${id}`,
    }),
    projects: (customerId: CustomerId): string => inFamily(`PROJ#${customerId}`),
    project: (customerId: CustomerId, projectId: ProjectId): Key => ({
      pk: inFamily(`PROJ#${customerId}`),
      sk: projectId,
    }),
    links: (): string => inFamily("LINK"),
    link: (itemId: ItemId, linkedItemId: ItemId): Key => ({ pk: inFamily("LINK"), sk: `${itemId}#${linkedItemId}` }),
    leads: (): string => inFamily("LEAD"),
    lead: (externalId: ExternalId): Key => ({ pk: inFamily("LEAD"), sk: externalId }),
    /** Where a document lies and what it said: makes an id unique and a repeated import free. */
    documentId: (family: DocumentFamily, id: string): Key => ({
      pk: inFamily(`X#${family}#${id}`),
      sk: "ID",
    }),
    itemNumbers: (): string => inFamily("N"),
    itemNumberPage: (page: number): Key => ({ pk: inFamily("N"), sk: String(page).padStart(6, "0") }),
    shard: (shard: number): string => shardPartition(tenantId, shard),
    block: (customerId: CustomerId): { readonly pk: string; readonly prefix: string } => ({
      pk: shardPartition(tenantId, shardOf(customerId)),
      prefix: `C#${customerId}#`,
    }),
    blockPart: (customerId: CustomerId, part: BlockPart): Key => ({
      pk: shardPartition(tenantId, shardOf(customerId)),
      sk: `C#${customerId}#${partSort(part)}`,
    }),
    /** GSI1: a rep's findings; customers without a rep are listed under none. */
    repFindings: (userId: UserId | undefined): string => inFamily(`REP#${userId ?? ""}`),
    /** GSI2: a rep's customers, as their profiles name the rep; those without one under none. */
    repCustomers: (userId: UserId | undefined): string => inFamily(`CUST#${userId ?? ""}`),
    /** GSI1: orders that nobody has placed yet. */
    drafts: (): string => inFamily("DRAFTS"),
    ...insightKeys(inFamily),
    ...planKeys(inFamily),
    ...boardKeys(inFamily),
    notifications: (): string => inFamily("OUT"),
    notification: (id: string): Key => ({ pk: inFamily("OUT"), sk: id }),
    /** Notifications by when they were due: small rows that name them, so that a page of the log reads a page. */
    notificationLog: (): string => inFamily("OUTLOG"),
    notificationLogRow: (place: string): Key => ({ pk: inFamily("OUTLOG"), sk: place }),
    /** GSI2: notifications that were given up. */
    givenUp: (): string => inFamily("GIVENUP"),
    /** GSI2: a tenant's notifications by when they are due. */
    due: (): string => inFamily("DUE"),
    /** GSI2: notifications that a night without sending kept back, by its day. */
    withheld: (): string => inFamily("HELD"),
  };
}

function partSort(part: BlockPart): string {
  if (part.part === "profile") return "P";
  if (part.part === "year") return `${part.letter}#${part.year}${part.piece === undefined ? "" : `#${part.piece}`}`;
  return [FINDING_PARTS[part.part], part.kind, subjectPath(part.subject)].filter((one) => one !== undefined).join("#");
}

/** The customer and the part that a block's sort key names. */
export function parseBlockSort(sk: string): {
  readonly customerId: string;
  readonly letter: string;
  readonly rest: string;
} {
  const end = sk.indexOf("#", 2);
  return { customerId: sk.slice(2, end), letter: sk.charAt(end + 1), rest: sk.slice(end + 3) };
}

/** GSI2: every tenant by the time its next night is due. */
export const tenantsDue = (): string => `${PLATFORM}DUE`;
