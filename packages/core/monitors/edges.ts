import { addUnits, firstOlderOn, firstWithinOn } from "./calendar.ts";
import { ageOf } from "./comparison.ts";
import type { Counter } from "./counter.ts";
import type { Leaf } from "./criteria.ts";
import { countUpTo } from "./record-days.ts";

/** A day that a record's day leads to; never earlier for a later record. */
export type Shift = (day: number) => number;

const itself: Shift = (day) => day;

/**
 * The days on which a comparison of a counter can change because of one record, by time alone: when it enters, when it
 * leaves the period, and when it turns so old or comes so near as the comparison says.
 */
export function shiftsOf({ value }: Counter, leaf: Leaf, periodDays: number): readonly Shift[] {
  if (value === "totalIn" || value === "openIn") return [itself, (day) => day + periodDays];
  const age = agingOf(leaf);
  return age === undefined ? [itself] : [itself, age];
}

function agingOf(leaf: Leaf): Shift | undefined {
  const { count, unit } = ageOf(leaf);
  if (leaf.op === "olderThan") return (day) => firstOlderOn(day, count, unit);
  if (leaf.op === "withinLast") return (day) => addUnits(day, count, unit);
  return leaf.op === "inNext" ? (day) => firstWithinOn(day, count, unit) : undefined;
}

/** The first of the shifted days after `on`; Infinity without one. `days` are ascending. */
export function nextShifted(days: readonly number[], shift: Shift, on: number): number {
  const next = days[shiftedUpTo(days, shift, on)];
  return next === undefined ? Infinity : shift(next);
}

/** The last of the shifted days up to `on`; -Infinity without one. */
export function lastShifted(days: readonly number[], shift: Shift, on: number): number {
  const last = days[shiftedUpTo(days, shift, on) - 1];
  return last === undefined ? -Infinity : shift(last);
}

function shiftedUpTo(days: readonly number[], shift: Shift, on: number): number {
  if (shift === itself) return countUpTo(days, on);
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (shift(days[middle] ?? 0) <= on) low = middle + 1;
    else high = middle;
  }
  return low;
}
