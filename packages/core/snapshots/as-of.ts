import type { Day, Instant } from "../platform/values.ts";
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
  return ok(asOf === last ? { asOf, liveOn: addDays(asOf, 1) } : { asOf });
}

/** The days that a reader may read. */
export interface AsOf {
  readonly asOf: Day;
  /**
   * The day after `asOf`, when that is today: its events may clear a finding, never raise one
   * (docs/reference/insights.md G2).
   */
  readonly liveOn?: Day | undefined;
}
