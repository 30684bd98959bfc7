import type { CounterValue } from "./counter.ts";

/**
 * Ascending day numbers, with their count and the last one: most days are over, so these two mostly answer without a
 * search.
 */
export interface DaysInOrder {
  readonly days: readonly number[];
  readonly count: number;
  readonly last: number;
}

/**
 * The days of one filter's records, of those not done (planned, open) and of those that are. They reach into the
 * future: which of them count is asked with a day.
 */
export interface RecordDays extends DaysInOrder {
  readonly open: DaysInOrder;
  readonly done: DaysInOrder;
}

/** Before every day. A whole number of 32 bits, as the other days are. */
const BEFORE_ALL = -(2 ** 31);

const noDays: DaysInOrder = { days: [], count: 0, last: BEFORE_ALL };
export const noRecords: RecordDays = { ...noDays, open: noDays, done: noDays };

/** Days in any order; records mostly come in order already. */
export function inOrder(given: readonly number[]): DaysInOrder {
  let days = given;
  for (let index = 1; index < given.length; index += 1)
    if ((given[index] ?? 0) < (given[index - 1] ?? 0)) {
      days = given.toSorted((a, b) => a - b);
      break;
    }
  const last = days.at(-1);
  return last === undefined ? noDays : { days, count: days.length, last };
}

/** How many are not after `on`. */
export function countUpTo({ days, count, last }: DaysInOrder, on: number): number {
  if (last <= on) return count;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= on) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last one up to `on`. */
function lastUpTo(given: DaysInOrder, on: number): number | undefined {
  if (given.last > on) return given.days[countUpTo(given, on) - 1];
  return given.count === 0 ? undefined : given.last;
}

/**
 * Reads a counter of records on a day (docs/reference/monitors.md 1); `undefined` where the counter is a day and there
 * is none.
 */
type CounterReader = (records: RecordDays, on: number) => number | undefined;

/** `periodDays` is the length of the period that `totalIn` and `openIn` are about. */
export function counterReader(value: CounterValue, periodDays: number): CounterReader {
  switch (value) {
    case "total":
      return countUpTo;
    case "totalIn":
      return (all, on) => countUpTo(all, on) - countUpTo(all, on - periodDays);
    case "open":
      return ({ open }, on) => countUpTo(open, on);
    case "openIn":
      return ({ open }, on) => countUpTo(open, on) - countUpTo(open, on - periodDays);
    case "lastRegistered":
      return lastUpTo;
    case "lastCompleted":
      return ({ done }, on) => lastUpTo(done, on);
    case "lastOpen":
      return ({ open }, on) => lastUpTo(open, on);
    case "firstOpen":
      return ({ open }, on) => (countUpTo(open, on) > 0 ? open.days[0] : undefined);
    case "nextOpen":
      return ({ open }, on) => open.days[countUpTo(open, on)];
  }
}
