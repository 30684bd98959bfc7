import { planComparisons } from "@regulars/core/code-red/plan";
import { usualCodeRedSettings } from "@regulars/core/code-red/settings";
import { addMonthsTo } from "@regulars/core/platform/period";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import { UNTIL } from "./lines.ts";

/**
 * What all engines are asked about the same lines: the literal rules of the order insights. Who is silent for longer than
 * the gap before (churn risk), which items are lost (LI1 to LI5), the values and lights of Code Red's four columns, its
 * red items, and the pairs of items that are in 20 orders of a year together.
 */
export interface Answers {
  /** Of each customer `WIDTH` numbers: see `Field`. */
  readonly customers: Float64Array;
  /** Item, item and orders, ascending. */
  readonly pairs: Int32Array;
}

/** Places of a customer's numbers; columns have the current and the previous value and the light. */
export const Field = { orderDays: 0, isSilent: 1, columns: 2, lost: 14, lostItems: 15, red: 16, redItems: 17 } as const;
export const WIDTH = 18;
export const LIGHTS = ["red", "amber", "green", "grey"];

export const asOf = dayNumber(UNTIL);
export const asOfDay = toDay(UNTIL);
export const settings = usualCodeRedSettings;
export const plan = planComparisons(asOfDay, settings);
export const pairPeriod = { from: dayNumber(asOf - 364), to: asOf };
export const MIN_JOINT = 20;
export const MIN_ORDERS = 5;
export const lostRule = { lookbackDays: 365, windowDays: 90, moreThanOrders: 10, minItemOrders: 5 } as const;

/** Customers whose first order is of this day or before have ordered for three months. */
export const tenuredOn = ((): number => {
  let on: number = asOf;
  while (addMonthsTo(dayNumber(on), 3) > asOf) on -= 1;
  return on;
})();

export const noAnswers = (customers: number): Float64Array => new Float64Array(customers * WIDTH);

/** Adds to one of a customer's numbers. */
export function addTo(answers: Float64Array, customer: number, field: number, value: number): void {
  const at = customer * WIDTH + field;
  answers[at] = (answers[at] ?? 0) + value;
}

/** Item, item and orders as one list, the smaller item of a pair first. */
export function sortedPairs(pairs: readonly (readonly [number, number, number])[]): Int32Array {
  const ordered = pairs.map(([a, b, joint]) => (a < b ? [a, b, joint] : [b, a, joint]));
  return Int32Array.from(ordered.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d).flat());
}

/** Throws unless an engine gives our answers, number by number. */
export function mustAgree(name: string, ours: Answers, theirs: Answers): void {
  for (const part of ["customers", "pairs"] as const) {
    if (ours[part].length !== theirs[part].length)
      throw new Error(`${name} gives ${theirs[part].length} ${part} numbers, ours ${ours[part].length}`);
    const at = ours[part].findIndex((value, i) => value !== theirs[part][i]);
    if (at !== -1) throw new Error(`${name} says ${theirs[part][at]} where ours say ${ours[part][at]}: ${part} ${at}`);
  }
}
