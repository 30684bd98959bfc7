import { refuse } from "../platform/result.ts";
import type { Day } from "../platform/values.ts";

/**
 * The refusal of a nightly run of a day before the last run's day. It would put findings, sales figures and pages back
 * to that day. `undefined` when the day is not older.
 */
export function rewindRefusal(asOf: Day, lastRunOn: Day | undefined) {
  if (lastRunOn === undefined || asOf >= lastRunOn) return undefined;
  return refuse(
    "later-nightly-run",
    `the last nightly run is of ${lastRunOn}: a run of ${asOf} would put all findings and pages back to that day`,
  );
}
