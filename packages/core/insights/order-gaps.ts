import { type Closure, closedDays } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { type DayNumber, dayNumber } from "../platform/values.ts";

/** Days after `from` and up to `to` on which an order could come. */
export const openDays = (from: DayNumber, to: DayNumber, closures: readonly Closure[]): number =>
  to - from - closedDays(from, to, closures);

type OrderDays = Pick<History, "orderDays" | "orderDayCount" | "closures">;

/** Days from the order day before one to it, less the closed ones; at least 1. */
const gapBefore = ({ orderDays, closures }: OrderDays, i: number): number =>
  Math.max(1, openDays(dayNumber(orderDays[i - 1] ?? 0), dayNumber(orderDays[i] ?? 0), closures));

/**
 * Days between successive orders, less the customer's closed days; at least 1, because an order day is counted once
 * (docs/reference/insights.md G6). Up to a day, when one is given.
 */
export function orderGapsOf(ordered: OrderDays, until = Infinity): number[] {
  const gaps: number[] = [];
  for (let i = 1; i < ordered.orderDayCount && (ordered.orderDays[i] ?? Infinity) <= until; i += 1)
    gaps.push(gapBefore(ordered, i));
  return gaps;
}

/** The last of those gaps; 0 without one. */
export const lastGapOf = (ordered: OrderDays): number =>
  ordered.orderDayCount < 2 ? 0 : gapBefore(ordered, ordered.orderDayCount - 1);
