import type { UserId } from "../platform/values.ts";

/** The members of the example where no users are known. */
const SOMEBODY = ["anna", "bo"];

/** A plan's file with every field that people ask for: the first member is plain, the second has all that there is. */
export const examplePlan = (userIds: readonly (UserId | string)[] = SOMEBODY) => ({
  name: "New restaurants",
  label: "Restaurants",
  averageAmount: "1900.00",
  distribution: { mode: "uniform", affinity: "related", balance: "least" },
  members: userIds
    .slice(0, 2)
    .map((userId, i) =>
      i === 0
        ? { userId }
        : { userId, weight: 2, cap: 30, hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }] },
    ),
  statuses: [
    { name: "New", kind: "intermediate" },
    { name: "Offer made", kind: "intermediate", colour: "#0E7490" },
    { name: "Won", kind: "won" },
    { name: "Lost", kind: "lost" },
  ],
});
