import type { Closure } from "../platform/closure.ts";
import { closedDays } from "../platform/closure.ts";
import { type Period, addDays, addMonths, completeMonths } from "../platform/period.ts";
import { type Day, type DayNumber, day, dayNumber, toDayNumber } from "../platform/values.ts";
import type { CodeRedSettings, ColumnMonths } from "./settings.ts";

/** The two periods of a column. A period without days ends before it begins. */
export interface Comparison {
  readonly months: ColumnMonths;
  readonly current: Period;
  readonly previous: Period;
}

type PeriodSettings = Pick<CodeRedSettings, "mode" | "seasonal" | "yearStartsIn" | "closeDays">;

/** The periods that a column compares on a day (docs/reference/code-red.md 1). */
export function comparisonOn(
  asOf: Day,
  months: ColumnMonths,
  settings: PeriodSettings,
  closures: readonly Closure[],
): Comparison {
  switch (settings.mode) {
    case "completeMonths":
      return completeComparison(asOf, months, settings);
    case "toDate":
      return toDateComparison(asOf, months, settings, closures);
    case "rolling":
      return rollingComparison(asOf, months, settings.seasonal);
  }
}

/** The last day whose month may count as complete: months are closed `closeDays` after their end. */
export const lastClosedDay = (asOf: Day, { closeDays }: Pick<PeriodSettings, "closeDays">): Day =>
  addDays(asOf, -closeDays);

function completeComparison(asOf: Day, months: ColumnMonths, settings: PeriodSettings): Comparison {
  const closed = lastClosedDay(asOf, settings);
  const first = settings.seasonal ? 13 : months + 1;
  return {
    months,
    current: completeMonths(closed, 1, months),
    previous: completeMonths(closed, first, first + months - 1),
  };
}

function rollingComparison(asOf: Day, months: ColumnMonths, seasonal: boolean): Comparison {
  const back = seasonal ? 12 : months;
  const after = (n: number): DayNumber => dayNumber(toDayNumber(addMonths(asOf, -n)) + 1);
  return {
    months,
    current: { from: after(months), to: toDayNumber(asOf) },
    previous: { from: after(back + months), to: toDayNumber(addMonths(asOf, -back)) },
  };
}

function toDateComparison(
  asOf: Day,
  months: ColumnMonths,
  { seasonal, yearStartsIn }: PeriodSettings,
  closures: readonly Closure[],
): Comparison {
  const start = startOfPeriod(asOf, months, yearStartsIn);
  const current = { from: toDayNumber(start), to: toDayNumber(asOf) };
  const before = addMonths(start, seasonal ? -12 : -months);
  const whole = { from: toDayNumber(before), to: dayNumber(toDayNumber(addMonths(before, months)) - 1) };
  return { months, current, previous: firstWorkingDays(whole, workingDays(current, closures), closures) };
}

/** The first day of the month, quarter, half-year or business year that a day lies in. */
export function startOfPeriod(asOf: Day, months: ColumnMonths, yearStartsIn: number): Day {
  const monthOfYear = (Number(asOf.slice(5, 7)) - yearStartsIn + 12) % 12;
  return addMonths(day(`${asOf.slice(0, 7)}-01`), -(monthOfYear % months));
}

/** Days of a period that are neither a Saturday or Sunday nor closed. */
export function workingDays(period: Period, closures: readonly Closure[]): number {
  // Whole weeks without a closure have five.
  const weeks = closures.length > 0 ? 0 : Math.max(0, Math.floor((period.to - period.from + 1) / 7));
  let count = 5 * weeks;
  for (let d = dayNumber(period.from + 7 * weeks); d <= period.to; d = dayNumber(d + 1))
    if (isWorkingDay(d, closures)) count += 1;
  return count;
}

/** Day 0 was a Thursday. */
const isWeekend = (d: number): boolean => (((d + 4) % 7) + 7) % 7 === 0 || (((d + 4) % 7) + 7) % 7 === 6;

/** Neither a Saturday or Sunday nor closed. */
export const isWorkingDay = (d: DayNumber, closures: readonly Closure[]): boolean =>
  !isWeekend(d) && closedDays(dayNumber(d - 1), d, closures) === 0;

/** The beginning of a period up to its n-th working day; the whole period when it has fewer. */
function firstWorkingDays(whole: Period, count: number, closures: readonly Closure[]): Period {
  let left = count;
  for (let d = whole.from; d <= whole.to; d = dayNumber(d + 1)) {
    if (left === 0) return { from: whole.from, to: dayNumber(d - 1) };
    if (isWorkingDay(d, closures)) left -= 1;
  }
  return whole;
}
