import type { Activity } from "@regulars/core/customers/activity";
import type { DomainEvent } from "@regulars/core/platform/domain-event";
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
  readonly numbers: ItemNumbers;
  /** The tenant's base currency. */
  readonly base: Currency;
}

/** A packed view of a customer's records, one chunk a calendar year, that lies in the customer's snapshot. */
export interface Projection {
  /** As messages name it. */
  readonly name: string;
  /** Sort key letters within the snapshot, one character each. The mark sorts before the chunk, so that it is read first. */
  readonly letters: { readonly marker: string; readonly chunk: string };
  /** The event that makes the year of its day stale. */
  readonly event: DomainEvent["type"];
  /** Whether its records make a customer, also one without a profile. */
  readonly makesCustomer: boolean;
  /** The years in which the customer has records. */
  readonly yearsOf: (sources: SourcesOfTruth, customerId: CustomerId) => Promise<readonly number[]>;
  /** Packs a year anew; the same records give the same bytes. */
  readonly pack: (sources: SourcesOfTruth, customerId: CustomerId, year: number) => Promise<Uint8Array>;
}
