import { toDayNumber } from "@regulars/core/platform/values";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import type { Projection } from "../projection.ts";
import { encodeActivities } from "./activities-chunk.ts";

/**
 * E-mails, meetings, calls and tasks, also planned ones. A customer id that only occurs in activities is no customer.
 */
export const activities: Projection = {
  name: "activities",
  letters: { marker: "T", chunk: "U" },
  event: "activity-changed",
  makesCustomer: false,
  yearsOf: (sources, customerId) => sources.activities.yearsOf(customerId),
  pack: async (sources, customerId, year) => {
    const views: ActivityView[] = [];
    for await (const { occurredOn, type, direction, completed, userId, personId } of sources.activities.ofYear(
      customerId,
      year,
    ))
      views.push({ day: toDayNumber(occurredOn), type, direction, completed, userId, personId });
    return encodeActivities(views);
  },
};
