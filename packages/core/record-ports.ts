import type { ReceiptOf } from "./access-ports.ts";
import type { Activity } from "./activity.ts";
import type { SaveOutcome } from "./intake-ports.ts";
import type { IntakeInvoice } from "./intake/receivables.ts";
import type { ItemLink } from "./item-link.ts";
import type { Lead } from "./lead.ts";
import type { Order } from "./order.ts";
import type { Customer } from "./people.ts";
import type { Project } from "./project.ts";
import type { Receivable } from "./receivable.ts";
import type { Sale } from "./sale.ts";
import type { SupportRequest } from "./support-request.ts";
import type { CustomerId, Day, ExternalId, InvoiceId, OrderId, UserId } from "./values.ts";

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

/** Orders as documents, for who looks at a day. */
export interface OrderDesk {
  readonly customersOf: (userId: UserId | undefined) => AsyncIterable<Customer>;
  readonly drafts: () => AsyncIterable<Order>;
  readonly ofDay: (customerId: CustomerId, on: Day) => AsyncIterable<Order>;
}
