import { addDays } from "../platform/period.ts";
import type { Day, Instant, UserId } from "../platform/values.ts";
import type { Subject } from "./subject.ts";

/** A finding that people have set aside: until a day, or for good. A new episode is not set aside with it. */
export interface Dismissal {
  readonly kind: string;
  readonly subject: Subject;
  readonly episode: string;
  /** The morning on which it is back; absent: never in this episode. */
  readonly until?: Day | undefined;
  readonly by?: UserId | undefined;
  readonly at: Instant;
}

/**
 * Whether a dismissal covers an episode on the morning after `asOf`. Until a day is back on that day (insights.md 7,
 * "ignore XXX days").
 */
export const isDismissed = (
  dismissal: Pick<Dismissal, "episode" | "until"> | undefined,
  episode: string,
  asOf: Day,
): boolean =>
  dismissal !== undefined &&
  dismissal.episode === episode &&
  (dismissal.until === undefined || addDays(asOf, 1) < dismissal.until);
