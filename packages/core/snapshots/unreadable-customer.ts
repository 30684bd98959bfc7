import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema } from "../platform/values.ts";

/** A customer that a run passed over. `reason` is one line for the operator; it says what to do where that is known. */
export const setAsideCustomerSchema = z.object({ customerId: customerIdSchema, reason: z.string() });
export type SetAsideCustomer = Immutable<z.output<typeof setAsideCustomerSchema>>;

/** How customer snapshots of a shard are read. */
export interface BlockOptions {
  /** Whatever was marked is rebuilt and stored too. */
  readonly repair: boolean;
  /** Takes customers whose data cannot be read, which are then passed over. Without it the first one stops the reading. */
  readonly onUnreadable?: ((customer: SetAsideCustomer) => void) | undefined;
}
