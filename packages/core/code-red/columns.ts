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
export function columnsOf(values: CustomerValues, plan: ComparisonPlan): readonly Column[] {
  return plan.columns.map((planned, i) => {
    const { current, previous } = values.columns[i] ?? NOTHING;
    const light = isClosedSeason(planned, values, plan)
      ? ({ light: "grey", reason: "closed" } as const)
      : lightOfColumn(planned, netOf(current), netOf(previous), values.firstDay, plan.settings.percent);
    const column = { months: planned.months, current, previous, light };
    if (light.light !== "red" || values.firstDay === undefined) return column;
    const known = values.months.slice(0, monthsKnown(plan.months, values.firstDay));
    return { ...column, confirmation: confirmFall(known, planned.months, plan.monthWorkingDays) };
  });
}

const NONE: PeriodValue = { salesMinor: 0, creditsMinor: 0, orders: 0 };
const NOTHING = { current: NONE, previous: NONE };

function lightOfColumn(
  { previous: { from, to } }: PlannedColumn,
  current: number,
  previous: number,
  firstDay: number | undefined,
  percent: number,
): Light {
  if (to < from) return { light: "grey", reason: "no-working-day" };
  if (firstDay === undefined || firstDay > from) return { light: "grey", reason: "new" };
  if (previous <= 0) return { light: "grey", reason: "nothing-before" };
  return { light: lightOf(current, previous, percent) };
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
