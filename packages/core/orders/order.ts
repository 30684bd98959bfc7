import type { Currency, CustomerId, Day, Instant, ItemId, Minor, OrderId, UserId } from "../platform/values.ts";

/** Statuses that are not (yet, or any more) a purchase (insights.md G6). */
export const ineffectiveStatuses = ["draft", "quote", "cancelled", "rejected", "deleted"] as const;

export type LineKind = "goods" | "charge";

/** One line; a credit's quantities and amounts are negative. Amounts are in the tenant's base currency. */
export interface OrderLine {
  readonly itemId: ItemId;
  readonly kind: LineKind;
  readonly quantity: number;
  /** Absent when the order's currency has no rate (insights.md G9). */
  readonly netMinor?: Minor | undefined;
  /** The whole line's cost; absent is unknown, never zero. */
  readonly costMinor?: Minor | undefined;
}

/** An order or a credit as the ERP last told it. */
export interface Order {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly orderedAt: Instant;
  /** `orderedAt` in the tenant's zone, fixed at intake (insights.md G1). */
  readonly orderedOn: Day;
  readonly type: "sale" | "credit";
  readonly status: string;
  readonly startedBy?: UserId | undefined;
  readonly currency: Currency;
  readonly lines: readonly OrderLine[];
}

/** The order taken back: it keeps its lines, and leaves history from then on (insights.md G7). */
export const cancelled = (order: Order): Order => ({ ...order, status: "cancelled" });

/** Whether an order counts as history (insights.md G6, G7): drafts, quotes and cancelled ones do not. */
export const isEffective = (order: Pick<Order, "status">): boolean =>
  !ineffectiveStatuses.some((status) => status === order.status);
