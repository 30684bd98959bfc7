import type { Counter } from "./counter.ts";
import type { Leaf } from "./criteria.ts";
import { day, toDayNumber } from "../platform/values.ts";
import { type DaysInOrder, countUpTo } from "./record-days.ts";
import { type Shift, agingOf, byDays, itself } from "./shift.ts";

/**
 * How one record changes the comparison of a counter by time alone: it is counted, it leaves the period, it becomes so
 * old or comes so near as the comparison says. Each shift maps the day of the record to such a day.
 */
export function shiftsOf({ value }: Counter, leaf: Leaf, periodDays: number): readonly Shift[] {
  if (value === "totalIn" || value === "openIn") return [itself, byDays(periodDays)];
  const age = agingOf(leaf);
  return age === undefined ? [itself] : [itself, age];
}

/** A later day cannot be written: what would turn then never does. */
const LAST_DAY = toDayNumber(day("9999-12-31"));

/** The first of the shifted days after `on`; Infinity without one. */
export function nextShifted(given: DaysInOrder, shift: Shift, on: number): number {
  const next = given.days[countUpTo(given, shift.upTo(on))];
  const shifted = next === undefined ? Infinity : shift.of(next);
  return shifted > LAST_DAY ? Infinity : shifted;
}

/** The last of the shifted days up to `on`; -Infinity without one. */
export function lastShifted(given: DaysInOrder, shift: Shift, on: number): number {
  const last = given.days[countUpTo(given, shift.upTo(on)) - 1];
  return last === undefined ? -Infinity : shift.of(last);
}
