import type { Sale } from "../customers/sale.ts";
import type { Currency, DayNumber, Minor, ProjectId } from "../platform/values.ts";

/** A sale as a customer snapshot holds it: without its id. An amount and its currency are both there or neither. */
export interface SaleView {
  readonly day: DayNumber;
  readonly status: Sale["status"];
  readonly amountMinor?: Minor | undefined;
  readonly currency?: Currency | undefined;
  readonly projectId?: ProjectId | undefined;
}
