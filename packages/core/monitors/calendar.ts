import { dayNumber } from "../platform/values.ts";
import type { DayNumber } from "../platform/values.ts";
import type { Unit } from "./criteria.ts";

const DAYS: Readonly<Record<"days" | "weeks", number>> = { days: 1, weeks: 7 };
const MONTHS: Readonly<Record<"months" | "years", number>> = { months: 1, years: 12 };

/** A day so many units later; months and years are clamped to the month's end (docs/reference/insights.md G4). */
export const addUnits = (on: number, count: number, unit: Unit): DayNumber =>
  unit === "days" || unit === "weeks"
    ? dayNumber(on + count * DAYS[unit])
    : addCalendarMonths(on, count * MONTHS[unit]);

/** The last day that is older than so many units on a day: `addUnits(day, count) < on`. */
export function lastOlderOn(on: number, count: number, unit: Unit): number {
  const back = addUnits(on, -count, unit);
  // Days are clamped to the end of a month, so several days may lead to the same one.
  return addUnits(back, count, unit) < on ? back : back - 1;
}

/** The first day on which `day` is more than so many units old. */
export const firstOlderOn = (day: number, count: number, unit: Unit): number => addUnits(day, count, unit) + 1;

/** The first day that is no more than so many units before `day`: `addUnits(D, count) >= day`. */
export const firstWithinOn = (day: number, count: number, unit: Unit): number => lastOlderOn(day, count, unit) + 1;

const DAYS_OF_ERA = 146_097;
const TO_MARCH_OF_YEAR_0 = 719_468;

/**
 * `addMonths` of `core/platform/period.ts` in whole numbers, because a selection asks for it a million times: days are
 * counted in years that begin in March, so that the leap day is the last one.
 */
function addCalendarMonths(on: number, months: number): DayNumber {
  const shifted = on + TO_MARCH_OF_YEAR_0;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const dayOfEra = shifted - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - firstDayOfMonth(month);
  const index = (era * 400 + yearOfEra) * 12 + month + months;
  const start = startOfMonth(index);
  return dayNumber(start + Math.min(dayOfMonth, startOfMonth(index + 1) - start - 1));
}

/** Days of a year that begins in March before its month `month`, 0 being March. */
const firstDayOfMonth = (month: number): number => Math.floor((153 * month + 2) / 5);

/** The day number of the first of a month, counted from March of the year 0. */
function startOfMonth(index: number): number {
  const year = Math.floor(index / 12);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leapDays + firstDayOfMonth(index - year * 12) - TO_MARCH_OF_YEAR_0;
}
