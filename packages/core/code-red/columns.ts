import type { Period } from "../platform/period.ts";
import { type Confirmation, confirmFall, monthsKnown } from "./confirm.ts";
import { type CustomerValues, type PeriodValue, netOf } from "./customer-values.ts";
import { type Light, lightOf } from "./light.ts";
import { workingDays } from "./periods.ts";
import type { ComparisonPlan, PlannedColumn } from "./plan.ts";
import type { ColumnMonths } from "./settings.ts";

/** One column of a customer: two values, their light, and whether a fall is confirmed. Minor units. */
export interface Column {
  readonly months: ColumnMonths;
  readonly current: PeriodValue;
  readonly previous: PeriodValue;
  readonly light: Light;
  /** Only for a red column. */
  readonly confirmation?: Confirmation | undefined;
}

/** A customer's columns on the plan's day (docs/reference/code-red.md 2, 3). */
export function comparedColumns(values: CustomerValues, plan: ComparisonPlan): readonly Column[] {
  const columns: Column[] = [];
  let known: readonly number[] | undefined;
  for (let i = 0; i < plan.columns.length; i += 1) {
    const planned = plan.columns[i];
    if (planned === undefined) continue;
    const { months } = planned;
    const { current, previous } = values.columns[i] ?? NOTHING;
    const light = isClosedSeason(planned, values, plan)
      ? CLOSED
      : lightOfColumn(planned, netOf(current), netOf(previous), values.firstDay, plan.settings.percent);
    if (light.light !== "red" || values.firstDay === undefined) {
      columns.push({ months, current, previous, light });
      continue;
    }
    known ??= values.months.slice(0, monthsKnown(plan.months, values.firstDay));
    const confirmation = confirmFall(known, months, plan.monthWorkingDays);
    columns.push({ months, current, previous, light, confirmation });
  }
  return columns;
}

const CLOSED: Light = { light: "grey", reason: "closed" };
const NO_WORKING_DAY: Light = { light: "grey", reason: "no-working-day" };
const NEW: Light = { light: "grey", reason: "new" };
const NOTHING_BEFORE: Light = { light: "grey", reason: "nothing-before" };
/** Made once: a list has many thousands of them. */
const LIGHTS = { red: { light: "red" }, amber: { light: "amber" }, green: { light: "green" } } as const;

const NONE: PeriodValue = { salesMinor: 0, creditsMinor: 0, orders: 0 };
const NOTHING = { current: NONE, previous: NONE };

function lightOfColumn(
  { previous: { from, to } }: PlannedColumn,
  current: number,
  previous: number,
  firstDay: number | undefined,
  percent: number,
): Light {
  if (to < from) return NO_WORKING_DAY;
  if (firstDay === undefined || firstDay > from) return NEW;
  if (previous <= 0) return NOTHING_BEFORE;
  return LIGHTS[lightOf(current, previous, percent)];
}

/** A customer who is closed for more than this share of a period's working days is not compared with another season. */
const CLOSED_SHARE = 0.25;

/** Whether the customer's own closed days make the periods different seasons. */
function isClosedSeason(
  { current, previous, workingDays: open }: PlannedColumn,
  values: CustomerValues,
  plan: ComparisonPlan,
): boolean {
  if (plan.settings.seasonal || values.closures.length === plan.closures.length) return false;
  const isClosed = (period: Period, days: number): boolean =>
    workingDays(period, values.closures) < days * (1 - CLOSED_SHARE);
  return isClosed(current, open.current) || isClosed(previous, open.previous);
}

/** Whether a column counts in the book's change: it has a value to compare with. */
export const isComparable = ({ light }: Column): boolean => light.light !== "grey";

export const isConfirmed = ({ confirmation }: Column): boolean => confirmation?.isConfirmed === true;
