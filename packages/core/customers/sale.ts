import type { Currency, CustomerId, Day, Minor, ProjectId, SaleId } from "../platform/values.ts";

export const saleStatuses = ["open", "sold", "lost"] as const;

/** A sale that people work on: open until it is sold or lost (seed 004). No order of the ERP. */
export interface Sale {
  readonly saleId: SaleId;
  readonly customerId: CustomerId;
  readonly projectId?: ProjectId | undefined;
  readonly status: (typeof saleStatuses)[number];
  readonly saleOn: Day;
  /** In `currency`; the two are told together or not at all. */
  readonly amountMinor?: Minor | undefined;
  readonly currency?: Currency | undefined;
}
