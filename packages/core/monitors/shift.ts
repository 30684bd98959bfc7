import { addUnits, firstOlderOn, firstWithinOn, lastOlderOn } from "./calendar.ts";
import type { Leaf, Unit } from "./criteria.ts";

/** Maps the day of a record to another day; a later record is never mapped to an earlier day. */
export interface Shift {
  readonly of: (day: number) => number;
  /** The last day that leads to `on` or to a day before it. */
  readonly upTo: (on: number) => number;
}

export const itself: Shift = { of: (day) => day, upTo: (on) => on };

export const byDays = (days: number): Shift => ({ of: (day) => day + days, upTo: (on) => on - days });

/**
 * The day on which a leaf that asks for an age turns because of a record: on which it has become so old, or comes so
 * near; `undefined` for other leaves.
 */
export function agingOf({ op, value, unit = "days" }: Leaf): Shift | undefined {
  const count = Number(value);
  if (op === "olderThan")
    return { of: (day) => firstOlderOn(day, count, unit), upTo: kept(unit, (on) => lastOlderOn(on, count, unit)) };
  if (op === "withinLast")
    return { of: (day) => addUnits(day, count, unit), upTo: kept(unit, (on) => lastOlderOn(on + 1, count, unit)) };
  return op === "inNext"
    ? { of: (day) => firstWithinOn(day, count, unit), upTo: kept(unit, (on) => addUnits(on, count, unit)) }
    : undefined;
}

/** Answers that are kept; a power of 2, because a day's slot is its lowest bits. */
const KEPT = 64;

/**
 * Keeps the answers of the calendar: all owners are asked about the same few days. A newer day takes the slot of an
 * older one.
 */
function kept(unit: Unit, upTo: Shift["upTo"]): Shift["upTo"] {
  if (unit === "days" || unit === "weeks") return upTo;
  const days = new Float64Array(KEPT).fill(Number.NaN);
  const answers = new Float64Array(KEPT);
  return (on) => {
    const place = on & (KEPT - 1);
    if (days[place] !== on) {
      answers[place] = upTo(on);
      days[place] = on;
    }
    return answers[place] ?? upTo(on);
  };
}
