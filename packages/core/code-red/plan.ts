import type { Closure } from "../platform/closure.ts";
import { type Period, completeMonths } from "../platform/period.ts";
import { type Day, type DayNumber, toDayNumber } from "../platform/values.ts";
import { type Comparison, comparisonOn, lastClosedDay, workingDays } from "./periods.ts";
import { type CodeRedSettings, columnMonths } from "./settings.ts";

/** The complete months that a confirmation may need: 12 current ones and 12 before them. */
const MONTHS_KEPT = 24;

/** A column with its working days. */
export interface PlannedColumn extends Comparison {
  readonly workingDays: { readonly current: number; readonly previous: number };
}

/** What is compared on a day: the same for every customer of a tenant. */
export interface ComparisonPlan {
  readonly asOf: DayNumber;
  readonly settings: CodeRedSettings;
  /** Closed days of the tenant. */
  readonly closures: readonly Closure[];
  readonly columns: readonly PlannedColumn[];
  /** Complete months, the last one first, and the working days of each. */
  readonly months: readonly Period[];
  readonly monthWorkingDays: readonly number[];
  /** The periods of items, and of linked items (their last `linkMonths` months, up to the last compared day). */
  readonly items: Comparison;
  readonly links: Period;
}

/** Plans the comparisons of a day (docs/reference/code-red.md 1). */
export function planComparisons(
  asOf: Day,
  settings: CodeRedSettings,
  closures: readonly Closure[] = [],
): ComparisonPlan {
  const closed = lastClosedDay(asOf, settings);
  const months = Array.from({ length: MONTHS_KEPT }, (_, i) => completeMonths(closed, i + 1, i + 1));
  const columns = columnMonths.map((k) => comparisonOn(asOf, k, settings, closures));
  return {
    asOf: toDayNumber(asOf),
    settings,
    closures,
    columns: columns.map((column) => ({
      ...column,
      workingDays: {
        current: workingDays(column.current, closures),
        previous: workingDays(column.previous, closures),
      },
    })),
    months,
    monthWorkingDays: months.map((month) => workingDays(month, closures)),
    items: comparisonOn(asOf, settings.itemMonths, settings, closures),
    links: comparisonOn(asOf, settings.linkMonths, { ...settings, seasonal: false }, closures).current,
  };
}
