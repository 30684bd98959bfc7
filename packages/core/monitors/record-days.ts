import type { CounterValue } from "./counter.ts";

/**
 * The records of one filter as ascending day numbers: those that are not done (planned, open), those that are, and all
 * of them. They are of any day; what of them counts on a day is asked with that day.
 */
export interface RecordDays {
  readonly all: readonly number[];
  readonly open: readonly number[];
  readonly done: readonly number[];
}

export const noRecords: RecordDays = { all: [], open: [], done: [] };

/** How many of ascending days are not after `on`; mostly all are, which is seen at the last one. */
export function countUpTo(days: readonly number[], on: number): number {
  let [low, high] = [0, days.length];
  if ((days[high - 1] ?? Infinity) <= on) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= on) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A counter of these records on a day (docs/reference/monitors.md 1); `undefined` for a day that there is not.
 * `periodDays` is the length of the period that `totalIn` and `openIn` are about.
 */
export function counterValue(
  { all, open, done }: RecordDays,
  value: CounterValue,
  on: number,
  periodDays = 0,
): number | undefined {
  switch (value) {
    case "total":
      return countUpTo(all, on);
    case "totalIn":
      return countUpTo(all, on) - countUpTo(all, on - periodDays);
    case "open":
      return countUpTo(open, on);
    case "openIn":
      return countUpTo(open, on) - countUpTo(open, on - periodDays);
    case "lastRegistered":
      return all[countUpTo(all, on) - 1];
    case "lastCompleted":
      return done[countUpTo(done, on) - 1];
    case "lastOpen":
      return open[countUpTo(open, on) - 1];
    case "firstOpen":
      return countUpTo(open, on) > 0 ? open[0] : undefined;
    case "nextOpen":
      return open[countUpTo(open, on)];
  }
}
