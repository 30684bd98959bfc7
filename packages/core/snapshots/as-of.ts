import { type Day, type Instant, toDayNumber } from "../platform/values.ts";
import type { Zone } from "../tenants/tenant.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { addDays, lastCompletedDay } from "../platform/period.ts";

/**
 * What a nightly run of a day may read. When the day is the last completed one, today's events are read too: they may
 * clear a finding, never raise one. A day that has not ended is refused (docs/reference/insights.md G2).
 */
export function viewOfDay(asOf: Day, tenant: Zone, now: Instant): Result<AsOf, "not-over"> {
  const last = lastCompletedDay(now, tenant.timeZone);
  if (asOf > last)
    return refuse("not-over", `${asOf} is not over yet in ${tenant.timeZone}: the last completed day is ${last}`);
  const today = addDays(last, 1);
  return ok(asOf === last ? { asOf, liveOn: today, today } : { asOf, today });
}

/** The days that a reader may read. */
export interface AsOf {
  readonly asOf: Day;
  /**
   * The day after `asOf`, when that is today: its events may clear a finding, never raise one
   * (docs/reference/insights.md G2).
   */
  readonly liveOn?: Day | undefined;
  /** The day that has not ended. What is ordered for later is on order; without it none of that is known. */
  readonly today?: Day | undefined;
}

/** How far after its live day an answer looks for goods on order: a year, and some for a season that moves. */
const AWAITED_DAYS = 400;

/**
 * The days for which an order is on order, the first and the last included. They begin after today, also for an answer
 * of a past day: an order for a day between the two came in since, and nobody could know it.
 */
export function awaitedDays({ asOf, today }: AsOf): Span | undefined {
  const to = addDays(asOf, 1 + AWAITED_DAYS);
  return today === undefined || today >= to ? undefined : { from: toDayNumber(today) + 1, to: toDayNumber(to) };
}

/** Day numbers, the first and the last included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
