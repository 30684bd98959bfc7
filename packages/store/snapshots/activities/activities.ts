import type { Activity } from "@regulars/core/customers/activity";
import { automaticOf, interactionsOf } from "@regulars/core/snapshots/interactions";
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
    const told: Activity[] = [];
    for await (const activity of sources.activities.ofYear(customerId, year)) told.push(activity);
    return { bytes: encodeActivities([...interactionsOf(told), ...automaticOf(told)]) };
  },
};
