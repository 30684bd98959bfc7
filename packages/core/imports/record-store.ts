import type { SaveOutcome } from "../platform/save-counts.ts";
import type { CustomerId, ExternalId, InvoiceId, OrderId } from "../platform/values.ts";
import type { Order } from "../orders/order.ts";
import type { Receivable } from "../invoices/receivable.ts";
import type { DayRange, DocumentPage, PageRequest } from "../platform/paging.ts";
import type { CompanionWritesOf } from "../platform/idempotency.ts";
import type { ImportedInvoice } from "./receivables.ts";
import type { ImportedContact } from "./imported-contact.ts";
import type { Activity } from "../customers/activity.ts";
import type { Sale } from "../customers/sale.ts";
import type { SupportRequest } from "../customers/support-request.ts";
import type { Project } from "../customers/project.ts";
import type { ItemLink } from "../catalog/item-link.ts";

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
   * writes it meanwhile, `change` is asked again about what they wrote: it must be pure. A companion write is written in the
   * same transaction; of what stays as it is there is none.
   */
  readonly reviseOrder: (
    orderId: OrderId,
    change: (order: Order) => Order,
    companionOf?: CompanionWritesOf<Order>,
  ) => Promise<Revised<Order> | undefined>;
  readonly reviseInvoice: (
    invoiceId: InvoiceId,
    change: (invoice: ImportedInvoice) => ImportedInvoice,
    companionOf?: CompanionWritesOf<Receivable>,
  ) => Promise<Revised<Receivable> | undefined>;
}

/** Leads in the order of their external ids. `next` is the `after` of the page that follows, absent on the last one. */
export interface LeadPage {
  readonly leads: readonly ImportedContact[];
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
  readonly findLead: (externalId: ExternalId) => Promise<ImportedContact | undefined>;
  readonly leads: (limit: number, after?: ExternalId) => Promise<LeadPage>;
}
