import type { History } from "../snapshots/history.ts";
import { toDayNumber } from "../platform/values.ts";

/**
 * What the weekly rollup adds up: orders as they come, or invoices as they are written (docs/reference/insights.md 2.5,
 * "basis").
 */
export const salesBases = ["order", "invoice"] as const;
export type SalesBasis = (typeof salesBases)[number];

/** Invoices of some days less credit memos, each on its own day, in minor units of the base currency. */
export interface InvoicedSum {
  readonly totalMinor: number;
  /** In another currency: an invoice has no rate, so it is in no sum (docs/reference/insights.md G9). */
  readonly withoutRate: number;
}

export const noInvoices = (): { -readonly [K in keyof InvoicedSum]: InvoicedSum[K] } => ({
  totalMinor: 0,
  withoutRate: 0,
});

/** A customer's invoices of the days `(after, until]`, by their totals as they were told; void ones are none. */
export function invoicedWithin({ receivables, currency }: History, after: number, until: number): InvoicedSum {
  const sum = noInvoices();
  for (const { invoicedOn, type, totalMinor, currency: own, isVoid } of receivables) {
    const on = toDayNumber(invoicedOn);
    if (on <= after || on > until || isVoid === true) continue;
    if (own !== currency) sum.withoutRate += 1;
    else sum.totalMinor += type === "credit" ? -totalMinor : totalMinor;
  }
  return sum;
}

/** Two sums as one. */
export const addInvoiced = (a: InvoicedSum, b: InvoicedSum): InvoicedSum => ({
  totalMinor: a.totalMinor + b.totalMinor,
  withoutRate: a.withoutRate + b.withoutRate,
});
