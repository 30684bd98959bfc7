import type { ActivityColumns } from "./activity-columns.ts";
import type { Closure } from "../platform/closure.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import type { HeldStatus } from "./status-values.ts";
import type { Receivable } from "../invoices/receivable.ts";
import type { Currency, CustomerId, Day, DayNumber, ItemId, UserId } from "../platform/values.ts";

/**
 * A customer's documents up to the as-of day, in day order, as parallel arrays that the reader reuses for the next
 * customer: a kind must copy what it keeps. Lines of document `d` are `firstLine[d] .. firstLine[d + 1] - 1`.
 */
export interface Documents {
  readonly count: number;
  /** Day numbers, ascending. */
  readonly day: Int32Array;
  /** 1 for a credit. */
  readonly isCredit: Uint8Array;
  readonly firstLine: Int32Array;
  readonly ids: readonly string[];
  /** Item numbers; `History.itemOf` names them. */
  readonly item: Int32Array;
  /** In base units; negative when returned. */
  readonly quantity: Float64Array;
  /** Minor units of the base currency; NaN when the line has no price or its currency no rate. */
  readonly netMinor: Float64Array;
  /** Minor units; NaN when unknown. */
  readonly costMinor: Float64Array;
}

/**
 * What kinds may know of an item: enough to distinguish goods from charges, and a loss from a substitution or from
 * being out of stock.
 */
export interface ItemInfo {
  readonly itemId: ItemId;
  readonly isGoods: boolean;
  readonly replacedBy?: ItemId | undefined;
  readonly discontinuedOn?: Day | undefined;
  readonly outOfStockFrom?: Day | undefined;
  readonly outOfStockTo?: Day | undefined;
}

/**
 * Everything a kind may read of one customer; nothing in it is dated after `asOf`, except what is
 * known of the live day (`orderedSince`, `isInvoicedSince`, `activities`) and `awaitedOn`.
 */
export interface History {
  readonly customerId: CustomerId;
  readonly repId?: UserId | undefined;
  /** The base currency of every amount in `documents`. */
  readonly currency: Currency;
  readonly closures: readonly Closure[];
  /** The customer may not buy on account, so the tenant itself has caused its silence. */
  readonly isOnCreditHold?: boolean | undefined;
  readonly asOf: DayNumber;
  readonly documents: Documents;
  /**
   * Distinct days with an order event, ascending (docs/reference/insights.md G6): the first `orderDayCount` entries.
   */
  readonly orderDays: Int32Array;
  readonly orderDayCount: number;
  readonly receivables: readonly Receivable[];
  /** Whether an invoice was sent on the live day after `asOf`: it may clear, never raise (G2). */
  readonly isInvoicedSince?: boolean | undefined;
  readonly itemOf: (itemNumber: number) => ItemInfo;
  /** The tenant's links between items. */
  readonly links?: readonly ItemLink[] | undefined;
  /** The statuses that hold, of the customer, its persons and its projects. */
  readonly statuses?: readonly HeldStatus[] | undefined;
  /**
   * Item numbers ordered on the live day after `asOf`, `undefined` without an order: it may clear a finding, never
   * raise one (G2).
   */
  readonly orderedSince?: ReadonlySet<number> | undefined;
  /**
   * The last day, at most 400 after the live one, for which goods are already on order: a standing or future-dated
   * order (docs/reference/insights.md 2.2).
   */
  readonly awaitedOn?: DayNumber | undefined;
  /** The customer's category: settings may be its own. */
  readonly category?: string | undefined;
  /**
   * Activities up to the live day, in their order; those after `asOf` may clear a finding, never raise one (G2). Unpacked
   * when they are asked for; the arrays are reused for the next customer.
   */
  readonly activities?: (() => ActivityColumns) | undefined;
}
