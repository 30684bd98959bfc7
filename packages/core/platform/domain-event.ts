import type { CustomerId, Day } from "./values.ts";

/** A record that lies at a customer was saved, moved away or revised. `on` is the day that the record is dated. */
export interface CustomerRecordChanged {
  readonly type: "order-changed" | "invoice-changed" | "activity-changed";
  readonly customerId: CustomerId;
  readonly on: Day;
}

/** What changed of whom: every write of a source of truth reports it, in the transaction that writes it. */
export type DomainEvent = CustomerRecordChanged;
