import type { History } from "../snapshots/history.ts";
import { toDayNumber } from "../platform/values.ts";

/**
 * What the weekly rollup adds up: orders by order day, or invoices by invoice date (docs/reference/insights.md 2.5,
 * "basis").
 */
export const salesBases = ["order", "invoice"] as const;
export type SalesBasis = (typeof salesBases)[number];

/** Invoices of some days less credit memos, each on its own day, in minor units of the base currency. */
export interface InvoicedSum {
  readonly totalMinor: number;
  /** Invoices in another currency: they have no rate and are in no sum (docs/reference/insights.md G9). */
  readonly withoutRate: number;
}

export const noInvoices = (): { -readonly [K in keyof InvoicedSum]: InvoicedSum[K] } => ({
  totalMinor: 0,
  withoutRate: 0,
});

/** A customer's invoices of the days `(after, until]`, by their stored totals, without void ones. */
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

/** The sum of two sums. */
export const addInvoiced = (a: InvoicedSum, b: InvoicedSum): InvoicedSum => ({
  totalMinor: a.totalMinor + b.totalMinor,
  withoutRate: a.withoutRate + b.withoutRate,
});
