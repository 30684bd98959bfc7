import type { Activity } from "../customers/activity.ts";
import type { DayNumber, PersonId, UserId } from "../platform/values.ts";

/** An activity as a customer snapshot holds it: without its id and its time of day. */
export interface ActivityView {
  readonly day: DayNumber;
  readonly type: Activity["type"];
  readonly direction: Activity["direction"];
  readonly completed: boolean;
  readonly userId?: UserId | undefined;
  readonly personId?: PersonId | undefined;
}
