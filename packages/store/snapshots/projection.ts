import type { Activity } from "@regulars/core/customers/activity";
import type { Project } from "@regulars/core/customers/project";
import type { Sale } from "@regulars/core/customers/sale";
import type { SupportRequest } from "@regulars/core/customers/support-request";
import type { CustomerRecordChanged } from "@regulars/core/platform/domain-event";
import type { Currency, CustomerId } from "@regulars/core/platform/values";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import type { CustomerDocuments } from "../customers/customer-documents.ts";
import type { InvoiceReader } from "../invoices/invoice-reader.ts";
import type { Orders } from "../orders/orders.ts";

/** The stored records that projections are rebuilt from. */
export interface SourcesOfTruth {
  readonly orders: Pick<Orders, "yearsOf" | "ofYear">;
  readonly invoices: Pick<InvoiceReader, "yearsOf" | "ofYear">;
  readonly activities: Pick<CustomerDocuments<Activity>, "yearsOf" | "ofYear">;
  readonly sales: Pick<CustomerDocuments<Sale>, "yearsOf" | "ofYear">;
  readonly requests: Pick<CustomerDocuments<SupportRequest>, "yearsOf" | "ofYear">;
  readonly projects: Pick<CustomerDocuments<Project>, "of">;
  readonly numbers: ItemNumbers;
  /** The tenant's base currency. */
  readonly base: Currency;
}

/** A packed year, and what is known of its records besides. */
export interface PackedYear {
  readonly bytes: Uint8Array;
  /**
   * The day of the year of the latest sale that was placed, whatever became of it; 0 without one. Only of orders: the
   * bytes have no cancelled ones and no quotes.
   */
  readonly lastDay?: number;
}

/** A packed view of a customer's records in the customer snapshot; one chunk per calendar year. */
export interface Projection {
  /** Its name in messages. */
  readonly name: string;
  /**
   * Letters in the sort keys of the snapshot, one character each. The dirty marker lies apart.
   */
  readonly letters: { readonly marker: string; readonly chunk: string };
  /** The event that marks the year of its day dirty. */
  readonly event: CustomerRecordChanged["type"];
  /** Whether a customer id that occurs in these records, but has no profile, counts as a customer. */
  readonly makesCustomer: boolean;
  /** The years in which the customer has records. */
  readonly yearsOf: (sources: SourcesOfTruth, customerId: CustomerId) => Promise<readonly number[]>;
  /** Packs a year from its records. The same records give the same bytes. */
  readonly pack: (sources: SourcesOfTruth, customerId: CustomerId, year: number) => Promise<PackedYear>;
}
