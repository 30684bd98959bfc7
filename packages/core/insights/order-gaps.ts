import { type Closure, closedDays } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { type DayNumber, dayNumber } from "../platform/values.ts";

/** Days after `from` and up to `to` on which an order could come. */
export const openDays = (from: DayNumber, to: DayNumber, closures: readonly Closure[]): number =>
  to - from - closedDays(from, to, closures);

/**
 * Days between successive orders, less the customer's closed days; at least 1, because an order day is counted once
 * (docs/reference/insights.md G6). Up to a day, when one is given.
 */
export function orderGapsOf(
  { orderDays, orderDayCount, closures }: Pick<History, "orderDays" | "orderDayCount" | "closures">,
  until = Infinity,
): number[] {
  const gaps: number[] = [];
  for (let i = 1; i < orderDayCount && (orderDays[i] ?? Infinity) <= until; i += 1)
    gaps.push(Math.max(1, openDays(dayNumber(orderDays[i - 1] ?? 0), dayNumber(orderDays[i] ?? 0), closures)));
  return gaps;
}
