import type { CustomerId } from "../platform/values.ts";

/** A customer that a run passed over, and why. */
export interface SetAsideCustomer {
  readonly customerId: CustomerId;
  /** One line for the operator; it says what to do where that is known. */
  readonly reason: string;
}

/** How customer snapshots of a shard are read. */
export interface BlockOptions {
  /** Whatever was marked is rebuilt and stored too. */
  readonly repair: boolean;
  /** Takes customers whose data cannot be read, which are then passed over. Without it the first one stops the reading. */
  readonly onUnreadable?: ((customer: SetAsideCustomer) => void) | undefined;
}
