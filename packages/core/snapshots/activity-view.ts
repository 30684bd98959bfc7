import type { Activity } from "../customers/activity.ts";
import type { DayNumber, PersonId, UserId } from "../platform/values.ts";

/**
 * An activity as a customer snapshot holds it: without its id and its time of day, in the order of the instants. What
 * does not count (docs/reference/relationships.md 1) is kept apart, for whoever asks for it.
 */
export interface ActivityView {
  readonly day: DayNumber;
  readonly type: Activity["type"];
  readonly direction: Activity["direction"];
  readonly completed: boolean;
  readonly userId?: UserId | undefined;
  readonly personId?: PersonId | undefined;
  /** How many people from outside took part, or got the message; absent when it is not known. */
  readonly attendees?: number | undefined;
  /**
   * The same interaction as the entry before, told for another person: of the customer it is one, of each person one of
   * theirs.
   */
  readonly joinsPrevious?: true | undefined;
  /** A program did it, or it went to a mass: it counts only for who asks so (docs/reference/monitors.md 1). */
  readonly isAutomatic?: true | undefined;
}
