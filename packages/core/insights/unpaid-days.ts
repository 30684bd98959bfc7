import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import type { Receivable } from "../invoices/receivable.ts";
import { type Day, toDayNumber } from "../platform/values.ts";

/** Days on which a tenant's invoices were overdue, and how many of them were still unpaid 30 days later. */
const countSchema = z.object({ known: z.number(), unpaid: z.number() });
export const unpaidDaysSchema = z.object({ days1to30: countSchema, days31to60: countSchema });
export type UnpaidDays = Immutable<z.output<typeof unpaidDaysSchema>>;

const ages = { days1to30: { from: 1, to: 30 }, days31to60: { from: 31, to: 60 } } as const;
type Age = keyof typeof ages;

export const noUnpaidDays: UnpaidDays = {
  days1to30: { known: 0, unpaid: 0 },
  days31to60: { known: 0, unpaid: 0 },
};

const HORIZON_DAYS = 30;
/** A bucket of few invoices is drawn to the tenant's rate of both with the weight of 20 invoices of 30 days. */
const POOLED_WEIGHT = 20 * 30;
/** Without any payment the rate is one half, with the weight of two invoices. */
const START_WEIGHT = 2 * 30;

/** The days of two groups of invoices together. */
export function sumOfUnpaidDays(a: UnpaidDays, b: UnpaidDays): UnpaidDays {
  const sum = (age: Age) => ({ known: a[age].known + b[age].known, unpaid: a[age].unpaid + b[age].unpaid });
  return { days1to30: sum("days1to30"), days31to60: sum("days31to60") };
}

/** Adds the overdue days of a customer's invoices whose next 30 days are over by `until`. */
export function addUnpaidDays(counts: UnpaidDays, receivables: readonly Receivable[], until: Day): UnpaidDays {
  const added = { days1to30: { ...counts.days1to30 }, days31to60: { ...counts.days31to60 } };
  for (const receivable of receivables) {
    if (receivable.type !== "invoice" || receivable.isVoid === true || receivable.dueOn === undefined) continue;
    const due = toDayNumber(receivable.dueOn);
    const paidAfter = daysUntilPaid(receivable, due, until);
    const watched = toDayNumber(until) - HORIZON_DAYS - due + 1;
    for (const age of ["days1to30", "days31to60"] as const) {
      const { from, to } = ages[age];
      const known = Math.min(to, watched, paidAfter);
      added[age].known += Math.max(0, known - from + 1);
      added[age].unpaid += Math.max(0, Math.min(known, paidAfter - HORIZON_DAYS) - from + 1);
    }
  }
  return added;
}

/** Days from the due day until nothing is open any more; infinite when that has not come by `until`. */
function daysUntilPaid({ totalMinor, payments }: Receivable, due: number, until: Day): number {
  let open: number = totalMinor;
  for (const { paidOn, amountMinor } of payments.toSorted((a, b) => (a.paidOn < b.paidOn ? -1 : 1))) {
    if (paidOn > until) break;
    open -= amountMinor;
    if (open <= 0) return toDayNumber(paidOn) - due;
  }
  return open <= 0 ? 0 : Infinity;
}

/** Chances that an open amount is not paid in the next 30 days, by the days that it is past due. */
export interface UnpaidChances extends Readonly<Record<Age, number>> {
  readonly over60: 1;
}

/** The tenant's chances by age, from its own payments (docs/reference/insights.md 2.1). */
export function unpaidChances({ days1to30, days31to60 }: UnpaidDays): UnpaidChances {
  const known = days1to30.known + days31to60.known;
  const pooled = (days1to30.unpaid + days31to60.unpaid + 0.5 * START_WEIGHT) / (known + START_WEIGHT);
  const drawn = (count: UnpaidDays[Age]): number =>
    (count.unpaid + POOLED_WEIGHT * pooled) / (count.known + POOLED_WEIGHT);
  return { days1to30: drawn(days1to30), days31to60: drawn(days31to60), over60: 1 };
}

/** The chance at an age in days past due. */
export const unpaidChance = (chances: UnpaidChances, daysPastDue: number): number =>
  daysPastDue <= ages.days1to30.to
    ? chances.days1to30
    : daysPastDue <= ages.days31to60.to
      ? chances.days31to60
      : chances.over60;
