import { addDays, lastCompletedDay } from "../platform/period.ts";
import type { Day, Instant } from "../platform/values.ts";
import type { Zone } from "../tenants/tenant.ts";

/**
 * The day that statuses are settled for between two nightly runs: today, so that a call or a sale counts at once. A
 * tenant whose last nightly run is of an earlier day than yesterday is looked at as of that run's day.
 */
export function evaluationDay(lastNightlyOn: Day | undefined, now: Instant, { timeZone }: Zone): Day {
  const last = lastCompletedDay(now, timeZone);
  return lastNightlyOn === undefined || lastNightlyOn >= last ? addDays(last, 1) : lastNightlyOn;
}
