import type { CustomerId, Day, UserId } from "../platform/values.ts";
import type { Customer } from "../customers/customer.ts";
import type { Order } from "./order.ts";

/** Orders as documents, for reading one day. */
export interface OrderQueries {
  readonly customersOf: (userId: UserId | undefined) => AsyncIterable<Customer>;
  readonly drafts: () => AsyncIterable<Order>;
  readonly ofDay: (customerId: CustomerId, on: Day) => AsyncIterable<Order>;
}
