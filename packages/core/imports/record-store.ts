import type { SaveOutcome } from "../platform/save-counts.ts";
import type { Decimal } from "../platform/money.ts";
import type { ActivityId, CustomerId, Day, ExternalId, InvoiceId, OrderId, PaymentId } from "../platform/values.ts";
import type { Order } from "../orders/order.ts";
import type { Receivable } from "../invoices/receivable.ts";
import type { DayRange, DocumentPage, PageRequest } from "../platform/paging.ts";
import type { CompanionWrites, CompanionWritesOf } from "../platform/idempotency.ts";
import type { ImportedInvoice } from "./receivables.ts";
import type { ImportedContact } from "./imported-contact.ts";
import type { Activity } from "../customers/activity.ts";
import type { Sale } from "../customers/sale.ts";
import type { SupportRequest } from "../customers/support-request.ts";
import type { Project } from "../customers/project.ts";
import type { ItemLink } from "../catalog/item-link.ts";

/** A document after a change. */
export interface Revised<Doc> {
  readonly outcome: Exclude<SaveOutcome, "created">;
  readonly document: Doc;
}

/** An invoice with payments in one currency is to be in another. */
export interface OtherCurrency {
  readonly ok: false;
  readonly reason: "other-currency";
  readonly message: string;
}

/** The invoice has no payment as it is sought. */
export interface UnknownPayment {
  readonly ok: false;
  readonly reason: "unknown-payment";
  readonly message: string;
}

/** A payment of an invoice: by its id, or one of a day and amount. */
export type PaymentSought = { readonly paymentId: PaymentId } | { readonly paidOn: Day; readonly amount: Decimal };

/** Single orders and invoices, for the customer page and for corrections. */
export interface DocumentStore {
  readonly findOrder: (orderId: OrderId) => Promise<Order | undefined>;
  readonly findInvoice: (invoiceId: InvoiceId) => Promise<Receivable | undefined>;
  /** In every status. */
  readonly recentOrders: (customerId: CustomerId, page: PageRequest<OrderId>) => Promise<DocumentPage<Order, OrderId>>;
  /** With their payments; includes void ones. */
  readonly recentInvoices: (
    customerId: CustomerId,
    page: PageRequest<InvoiceId>,
  ) => Promise<DocumentPage<Receivable, InvoiceId>>;
  /**
   * Replaces the stored document by the result of `change`; `undefined` when there is none. `change` must be pure: it
   * is called again when somebody else writes the document meanwhile. A companion write is written in the same
   * transaction; when nothing changes, none is written.
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
  ) => Promise<Revised<Receivable> | OtherCurrency | undefined>;
  /** Takes a mistyped payment back; `undefined` when the invoice is not known. */
  readonly takePaymentBack: (
    invoiceId: InvoiceId,
    sought: PaymentSought,
    companionOf?: CompanionWritesOf<Receivable>,
  ) => Promise<Revised<Receivable> | UnknownPayment | undefined>;
}

/**
 * Imported contacts in the order of their external ids. `next` is the `after` of the following page, absent on the last
 * one.
 */
export interface LeadPage {
  readonly leads: readonly ImportedContact[];
  readonly next?: ExternalId | undefined;
}

/** Kinds of records that can be deleted one by one: no other record depends on them. */
const removableKinds = ["activities", "sales", "requests"] as const;
export type RemovableKind = (typeof removableKinds)[number];

/** Records of a customer other than orders and invoices, and the tenant's items and imported contacts. */
export interface RecordStore {
  /** A customer's activities, in day order. */
  readonly activitiesOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<Activity>;
  readonly findActivity: (activityId: ActivityId) => Promise<Activity | undefined>;
  readonly salesOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<Sale>;
  readonly requestsOf: (customerId: CustomerId, range?: DayRange) => AsyncIterable<SupportRequest>;
  readonly projectsOf: (customerId: CustomerId) => AsyncIterable<Project>;
  /** The customers of persons or projects, by their ids; unknown ones are left out. */
  readonly customersOf: (
    kind: "persons" | "projects",
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, CustomerId>>;
  /** Deletes a record that was never so; `false` when there is none. */
  readonly remove: (kind: RemovableKind, id: string, companion?: CompanionWrites) => Promise<boolean>;
  readonly links: () => Promise<readonly ItemLink[]>;
  readonly findLead: (externalId: ExternalId) => Promise<ImportedContact | undefined>;
  readonly leads: (limit: number, after?: ExternalId) => Promise<LeadPage>;
}
