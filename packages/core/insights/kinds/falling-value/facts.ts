import * as z from "zod";
import { comparedColumns, isComparable, isConfirmed } from "../../../code-red/columns.ts";
import { completePlan, heldSince, lastMonthOn } from "../../../code-red/last-month.ts";
import { lastDocuments } from "../../../code-red/documents-with.ts";
import { confirmFall, monthsKnown } from "../../../code-red/confirm.ts";
import { type CustomerValues, type PeriodValue, customerValues } from "../../../code-red/customer-values.ts";
import type { ComparisonPlan, PlannedColumn } from "../../../code-red/plan.ts";
import type { CodeRedSettings } from "../../../code-red/settings.ts";
import type { Column } from "../../../code-red/columns.ts";
import type { Period } from "../../../platform/period.ts";
import { type Day, daySchema, toDay } from "../../../platform/values.ts";
import type { History } from "../../../snapshots/history.ts";
import type { Detection } from "../../define.ts";

const periodSchema = z.object({
  from: daySchema,
  to: daySchema,
  salesMinor: z.number(),
  creditsMinor: z.number(),
  orders: z.int(),
  workingDays: z.int(),
});

const columnSchema = z.object({
  months: z.literal([3, 6, 12]),
  current: periodSchema,
  previous: periodSchema,
  monthsBefore: z.int(),
  meanBefore: z.number(),
  meanCurrent: z.number(),
  /** Null when the months before were all equal; likewise per working day. */
  t: z.number().nullable(),
  tPerWorkingDay: z.number().nullable(),
  threshold: z.number(),
});
export type ColumnFacts = z.infer<typeof columnSchema>;

export const factsSchema = z.object({
  since: daySchema,
  lastMonth: z.string(),
  basis: z.enum(["order", "invoice"]),
  seasonal: z.boolean(),
  percent: z.int(),
  columns: z.array(columnSchema).min(1),
  /** The value and working days of each month from the last one back, while the customer was known. */
  monthValues: z.array(z.number()),
  monthWorkingDays: z.array(z.number()),
  linesWithoutRate: z.int(),
  documents: z.array(z.string()),
});
export type Facts = z.infer<typeof factsSchema>;

/** A column over fewer months is red too often by chance to be found (docs/reference/code-red.md 11). */
const LEAST_MONTHS = 3;

/** Red and confirmed columns of complete months; `undefined` while no column can be compared. */
export function detect(
  history: History,
  asOf: Day,
  settings: CodeRedSettings,
): readonly Detection<Facts>[] | undefined {
  const plan = completePlan(asOf, settings, history.closures);
  const values = customerValues(history, plan);
  if (values.firstDay === undefined) return undefined;
  const columns = comparedColumns(values, plan).filter(({ months }) => months >= LEAST_MONTHS);
  if (!columns.some(isComparable)) return undefined;
  const found = columns.filter((column) => isFound(column, plan));
  if (found.length === 0) return [];
  const { closeDays, basis, seasonal, percent } = settings;
  const known = monthsKnown(plan.months, values.firstDay);
  const facts: Facts = {
    since: heldSince(asOf, closeDays, (on) => isFoundOn(history, on, settings)),
    lastMonth: lastMonthOn(asOf, closeDays).month,
    basis,
    seasonal,
    percent,
    columns: found.flatMap((column) => columnFacts(column, plan, values, known)),
    monthValues: values.months.slice(0, known),
    monthWorkingDays: plan.monthWorkingDays.slice(0, known),
    linesWithoutRate: values.withoutRate,
    documents: sourcesOf(history, periodOf(found, plan), basis),
  };
  return [{ episode: facts.since, facts }];
}

function isFoundOn(history: History, on: Day, settings: CodeRedSettings): boolean {
  const plan = completePlan(on, settings, history.closures);
  const columns = comparedColumns(customerValues(history, plan), plan);
  return columns.some((column) => column.months >= LEAST_MONTHS && isFound(column, plan));
}

/** A month without a working day explains a fall by itself, unless the same months are compared. */
const isFound = (column: Column, plan: ComparisonPlan): boolean =>
  column.light.light === "red" &&
  isConfirmed(column) &&
  (plan.settings.seasonal || plan.monthWorkingDays.slice(0, column.months).every((days) => days > 0));

function columnFacts(column: Column, plan: ComparisonPlan, values: CustomerValues, known: number): ColumnFacts[] {
  const { months, current, previous, confirmation } = column;
  const planned = plan.columns.find((one) => one.months === months);
  if (months === 1 || planned === undefined || confirmation === undefined || "reason" in confirmation) return [];
  const perDay = values.months.slice(0, known).map((value, i) => value / Math.max(1, plan.monthWorkingDays[i] ?? 1));
  const byDay = confirmFall(perDay, months);
  return [
    {
      months,
      current: periodFacts(planned, "current", current),
      previous: periodFacts(planned, "previous", previous),
      monthsBefore: confirmation.monthsBefore,
      meanBefore: confirmation.meanBefore,
      meanCurrent: confirmation.meanCurrent,
      t: confirmation.t ?? null,
      tPerWorkingDay: "reason" in byDay ? null : (byDay.t ?? null),
      threshold: confirmation.threshold,
    },
  ];
}

const periodFacts = (
  planned: PlannedColumn,
  which: "current" | "previous",
  { salesMinor, creditsMinor, orders }: PeriodValue,
): z.output<typeof periodSchema> => ({
  from: toDay(planned[which].from),
  to: toDay(planned[which].to),
  salesMinor,
  creditsMinor,
  orders,
  workingDays: planned.workingDays[which],
});

/** From the first day of the longest compared period to the last of the current one. */
function periodOf(found: readonly Column[], plan: ComparisonPlan): Period {
  const planned = plan.columns.filter(({ months }) => found.some((column) => column.months === months));
  const [first = plan.items] = planned;
  return planned.reduce<Period>(
    ({ from, to }, { previous }) => (previous.from < from ? { from: previous.from, to } : { from, to }),
    { from: first.previous.from, to: first.current.to },
  );
}

/** The last invoices of the periods, or the last orders and credits. */
function sourcesOf(history: History, period: Period, basis: Facts["basis"]): string[] {
  if (basis === "order") return lastDocuments(history, period);
  const { from, to } = { from: toDay(period.from), to: toDay(period.to) };
  return history.receivables
    .filter(({ invoicedOn, isVoid }) => isVoid !== true && invoicedOn >= from && invoicedOn <= to)
    .toSorted((a, b) => (a.invoicedOn < b.invoicedOn ? -1 : 1))
    .map(({ invoiceId }) => invoiceId)
    .slice(-20);
}
