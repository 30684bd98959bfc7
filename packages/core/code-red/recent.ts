import type { Day } from "../platform/values.ts";
import { addDays } from "../platform/period.ts";
import type { CodeRedSettings } from "./settings.ts";

export const recentTypes = ["activity", "quote", "order", "invoice"] as const;
export type RecentType = (typeof recentTypes)[number];

/** The last day of a customer's records of each type, up to the morning of the list. */
export type LastRecords = Readonly<Partial<Record<RecentType, Day>>>;

type ExclusionSettings = Pick<
  CodeRedSettings,
  "excludeActivityDays" | "excludeQuoteDays" | "excludeOrderDays" | "excludeInvoiceDays"
>;

const daysOf = (settings: ExclusionSettings): Readonly<Record<RecentType, number | null>> => ({
  activity: settings.excludeActivityDays,
  quote: settings.excludeQuoteDays,
  order: settings.excludeOrderDays,
  invoice: settings.excludeInvoiceDays,
});

/**
 * The type of record by which a customer is left out on a day: one in the last days, `today - days < date <= today`
 * (docs/reference/code-red.md 9).
 */
export function recentlyContacted(last: LastRecords, today: Day, settings: ExclusionSettings): RecentType | undefined {
  const days = daysOf(settings);
  return recentTypes.find((type) => {
    const [on, limit] = [last[type], days[type]];
    return on !== undefined && limit !== null && on <= today && on > addDays(today, -limit);
  });
}
