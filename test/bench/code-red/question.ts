import { causeNames } from "@regulars/core/code-red/causes";
import { planComparisons } from "@regulars/core/code-red/plan";
import { usualCodeRedSettings } from "@regulars/core/code-red/settings";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import { UNTIL } from "./lines.ts";

/**
 * What all are asked: the call list. Of each customer the four columns with their values, lights, confirmations and,
 * where red, the causes and what was lost beyond the market; the items and links that are red; and the place in the list.
 */
export type Answer = Float64Array;

export const settings = usualCodeRedSettings;
export const asOf = dayNumber(UNTIL);
export const asOfDay = toDay(UNTIL);
export const plan = planComparisons(asOfDay, settings);

/** Places of a column's numbers. */
export const ColumnField = {
  current: 0,
  previous: 1,
  light: 2,
  confirmed: 3,
  withMarket: 4,
  beyond: 5,
  causes: 6,
} as const;
export const COLUMN_WIDTH = ColumnField.causes + causeNames.length;
const items = COLUMN_WIDTH * plan.columns.length;
/** Places of a customer's other numbers: how many items, and the sum of their numbers. */
export const Field = {
  redItems: items,
  redItemNumbers: items + 1,
  confirmedItems: items + 2,
  redLinks: items + 3,
  redLinkNumbers: items + 4,
  place: items + 5,
} as const;
export const WIDTH = items + 6;
export const LIGHTS = ["red", "amber", "green", "grey"];

export const noAnswer = (customers: number): Answer => new Float64Array(customers * WIDTH);

/** Throws unless an engine gives our answers, number by number. */
export function mustAgree(name: string, ours: Answer, theirs: Answer): void {
  const at = ours.findIndex((value, i) => value !== theirs[i]);
  if (ours.length !== theirs.length) throw new Error(`${name} answers about another number of customers`);
  if (at !== -1)
    throw new Error(
      `${name} says ${theirs[at]} where Code Red says ${ours[at]}: customer ${Math.floor(at / WIDTH)}, number ${at % WIDTH}`,
    );
}
