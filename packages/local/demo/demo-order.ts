import type { Priced } from "./pricing.ts";

/** An order or a credit before it has an id. */
export interface DemoOrder extends Priced {
  readonly customerId: string;
  /** Day number. */
  readonly day: number;
  /** Minutes after local midnight. */
  readonly minute: number;
  readonly type: "sale" | "credit";
  readonly status: "draft" | "confirmed" | "invoiced" | "cancelled";
  /** The order whose goods the credit takes back. */
  readonly returns?: DemoOrder;
}
