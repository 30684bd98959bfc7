import { type DayNumber, dayNumber, parseDay, toDay } from "./values.ts";

/**
 * Days on which no order is expected: `YYYY-MM-DD` once, or `MM-DD` every year (may span New Year). Both ends are
 * included.
 */
export interface Closure {
  readonly from: string;
  readonly to: string;
}

const YEARLY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a closed day has one of the two forms. */
export const isClosureDate = (text: string): boolean => YEARLY.test(text) || parseDay(text).ok;

/**
 * Closed days among `(after, until]`, which are subtracted from a silence or a gap (docs/reference/insights.md 2.2).
 */
export function closedDays(after: DayNumber, until: DayNumber, closures: readonly Closure[]): number {
  if (closures.length === 0) return 0;
  let closed = 0;
  for (let d = after + 1; d <= until; d += 1) {
    const text = toDay(d);
    if (closures.some((closure) => isClosedOn(text, closure))) closed += 1;
  }
  return closed;
}

/** Counts open days between days of a range, as often as asked: the range is gone through once. */
export function openDayCounter(
  first: DayNumber,
  last: DayNumber,
  closures: readonly Closure[],
): (after: number, until: number) => number {
  const closed = new Uint16Array(Math.max(1, last - first + 1));
  for (let d = first + 1; d <= last; d += 1)
    closed[d - first] = (closed[d - first - 1] ?? 0) + closedDays(dayNumber(d - 1), dayNumber(d), closures);
  const before = (d: number): number => closed[Math.min(closed.length - 1, Math.max(0, d - first))] ?? 0;
  return (after, until) => until - after - (before(until) - before(after));
}

/** Only a yearly closure may span New Year; one that ends before it begins, or mixes the two forms, has no effect. */
function isClosedOn(date: string, { from, to }: Closure): boolean {
  const isYearly = YEARLY.test(from);
  if (isYearly !== YEARLY.test(to)) return false;
  const within = isYearly ? date.slice(5) : date;
  if (from <= to) return from <= within && within <= to;
  return isYearly && (within >= from || within <= to);
}
