import type { CustomerId, Day } from "./values.ts";

/** A customer's record was saved, moved to another customer or revised. `on` is the date of the record. */
export interface CustomerRecordChanged {
  readonly type: "order-changed" | "invoice-changed" | "activity-changed";
  readonly customerId: CustomerId;
  readonly on: Day;
}

/** A change of a source of truth; it is reported in the transaction that writes it. */
export type DomainEvent = CustomerRecordChanged;
