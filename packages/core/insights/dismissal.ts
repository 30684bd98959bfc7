import { addDays } from "../platform/period.ts";
import type { CustomerId, Day, Instant, ItemId, UserId } from "../platform/values.ts";

/** A finding that people have set aside: until a day, or for good. A new episode is not set aside with it. */
export interface Dismissal {
  readonly kind: string;
  readonly customerId: CustomerId;
  readonly itemId?: ItemId | undefined;
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
