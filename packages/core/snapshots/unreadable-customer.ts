import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type CustomerId, customerIdSchema } from "../platform/values.ts";

/** A customer that a run skipped. `reason` is one line for the operator, with what to do where that is known. */
export const setAsideCustomerSchema = z.object({ customerId: customerIdSchema, reason: z.string() });
export type SetAsideCustomer = Immutable<z.output<typeof setAsideCustomerSchema>>;

/** Told of each customer with unreadable data, who is then skipped. */
export type OnUnreadable = (customer: SetAsideCustomer) => void;

/** Options for reading the customer snapshots of a shard. */
export interface BlockOptions {
  /** Projections with a dirty marker are also rebuilt and stored. */
  readonly repair: boolean;
  /**
   * Called for customers with unreadable data, which are then skipped. Without it the first one ends the reading with
   * an error.
   */
  readonly onUnreadable?: OnUnreadable | undefined;
  /** Only the customers that follow this one in the order of the shard. */
  readonly after?: CustomerId | undefined;
}
