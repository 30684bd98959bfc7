import type { NoteSaved, SaveCounts } from "../platform/save-counts.ts";
import type { ItemError } from "../platform/field-error.ts";
import type { InvoiceId, OrderId } from "../platform/values.ts";
import type { ImportedActivity } from "./activities.ts";
import type { ImportedInvoice, ImportedPayment } from "./receivables.ts";
import type { User } from "../access/user.ts";
import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import type { Item } from "../catalog/item.ts";
import type { Order } from "../orders/order.ts";
import type { Sale } from "../customers/sale.ts";
import type { SupportRequest } from "../customers/support-request.ts";
import type { Project } from "../customers/project.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import type { ImportedContact } from "./imported-contact.ts";
import type { ChangeStamp } from "../tenants/change-log.ts";
import type { RawRecord } from "./file-format.ts";

/** The counts of a save of payments, with those that could not be saved. */
export interface PaymentCounts extends SaveCounts {
  readonly unknownInvoices: ReadonlySet<InvoiceId>;
  /** Payments that cannot be their invoice's: in another currency, or with more decimals than it has. */
  readonly refused: ReadonlyMap<ImportedPayment, ItemError>;
  /** Payments without an id that were taken for one that is stored: of one invoice, day and amount. */
  readonly takenForSame: number;
}

/** The counts of a save of invoices, with those that could not be saved. */
export interface InvoiceCounts extends SaveCounts {
  /** Invoices in another currency than their stored payments, if any. */
  readonly refused?: ReadonlyMap<ImportedInvoice, ItemError> | undefined;
}

/**
 * Where imports store records. Every save compares first and writes only what differs. `note` is called for every
 * record: it needs no reads, and no memory beyond what its caller keeps.
 */
export interface ImportStore {
  /** `keep` names fields that the input does not have: their stored values stay. */
  /** `notApplied`: users that were refused, and why. With a stamp, each new or changed user is logged. */
  readonly saveUsers: (
    users: readonly User[],
    keep?: readonly string[],
    note?: NoteSaved<User>,
    stamp?: ChangeStamp,
  ) => Promise<SaveCounts & { readonly notApplied?: ReadonlyMap<User, ItemError> }>;
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
  /** Orders in `partial` lack a line that could not be read: they never replace a stored order. */
  readonly saveOrders: (
    orders: readonly Order[],
    partial?: ReadonlySet<OrderId>,
    note?: NoteSaved<Order>,
  ) => Promise<SaveCounts>;
  /**
   * The same for orders of a file, those of each customer side by side: the history of a customer who is new is stored
   * with its orders.
   */
  readonly saveOrdersOfCustomers: (orders: readonly Order[], partial?: ReadonlySet<OrderId>) => Promise<SaveCounts>;
  readonly saveInvoices: (
    invoices: readonly ImportedInvoice[],
    note?: NoteSaved<ImportedInvoice>,
  ) => Promise<InvoiceCounts>;
  /** An activity without a customer belongs to the customer at which its person works now, if there is one. */
  readonly saveActivities: (
    activities: readonly ImportedActivity[],
    note?: NoteSaved<ImportedActivity>,
  ) => Promise<SaveCounts>;
  readonly saveSales: (sales: readonly Sale[], note?: NoteSaved<Sale>) => Promise<SaveCounts>;
  readonly saveRequests: (requests: readonly SupportRequest[], note?: NoteSaved<SupportRequest>) => Promise<SaveCounts>;
  readonly saveProjects: (
    projects: readonly Project[],
    keep?: readonly string[],
    note?: NoteSaved<Project>,
  ) => Promise<SaveCounts>;
  /** `notApplied`: links that were refused, and why. */
  readonly saveLinks: (
    links: readonly ItemLink[],
    note?: NoteSaved<ItemLink>,
  ) => Promise<SaveCounts & { readonly notApplied?: ReadonlyMap<ItemLink, ItemError> }>;
  readonly saveLeads: (
    leads: readonly ImportedContact[],
    keep?: readonly string[],
    note?: NoteSaved<ImportedContact>,
  ) => Promise<SaveCounts>;
  /** Payments of unknown invoices, or in another currency than their invoice, are not saved but returned. */
  readonly savePayments: (
    payments: readonly ImportedPayment[],
    note?: NoteSaved<ImportedPayment>,
  ) => Promise<PaymentCounts>;
}

/** One record on its way to the store, with its line number in the file. */
export interface StagedRecord {
  readonly line: number;
  readonly record: RawRecord;
}

/** Groups records by key in bounded memory, for files of any size and order. */
export interface RecordGrouper<Staged = StagedRecord> {
  /** A promise only where there is something to wait for. */
  readonly add: (key: string, staged: Staged) => Promise<void> | undefined;
  /** Every key's records in the order they were added, in batches of keys. */
  readonly batches: () => AsyncIterable<readonly (readonly Staged[])[]>;
  /**
   * Another grouper of the same place, of values that JSON can hold. So many records of one key that they would need too
   * much memory are handed out in several groups.
   */
  readonly another: <Other>() => RecordGrouper<Other>;
}
