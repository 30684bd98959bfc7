import type { Day, ItemId } from "../platform/values.ts";

/** Something the tenant sells. */
export interface Item {
  readonly itemId: ItemId;
  readonly name?: string | undefined;
  readonly baseUnit?: string | undefined;
  readonly replacedBy?: ItemId | undefined;
  readonly discontinuedOn?: Day | undefined;
  /** Both days included; without an end it is still so. */
  readonly outOfStockFrom?: Day | undefined;
  readonly outOfStockTo?: Day | undefined;
}
