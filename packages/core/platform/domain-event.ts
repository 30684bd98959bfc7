import type { CustomerId, Day, Instant } from "./values.ts";

/**
 * A customer's record was saved, moved to another customer, revised or deleted. `on` is the date of the record;
 * 1970-01-01 for one without a date.
 */
export interface CustomerRecordChanged {
  readonly type:
    "order-changed" | "invoice-changed" | "activity-changed" | "sale-changed" | "request-changed" | "project-changed";
  readonly customerId: CustomerId;
  readonly on: Day;
}

/** A change that webhooks can subscribe to. A feature names its own event types, like `deal.closed`. */
export interface PublishedEvent {
  readonly type: "published";
  /** Identifies the change, also when it is reported again: letters, digits, `_`, `-` and `.`. */
  readonly eventId: string;
  /** One change may be several events: a deal that is closed has also changed its status. */
  readonly eventTypes: readonly string[];
  readonly at: Instant;
  readonly actorId: string;
  readonly requestId: string;
  readonly isBulk: boolean;
  /** The state before, as receivers see it; absent when there was none. */
  readonly previous?: object | undefined;
  readonly current: object;
}

/** A change of a source of truth; it is reported in the transaction that writes it. */
export type DomainEvent = CustomerRecordChanged | PublishedEvent;
