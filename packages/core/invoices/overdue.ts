import { formatMoney } from "../platform/money.ts";
import { type Currency, type Day, day, minor } from "../platform/values.ts";
import { type Receivable, openMinor } from "./receivable.ts";

const EVER = day("9999-12-31");

/**
 * The open amount. Payments of the live day are known: they may clear a finding, a reversal may not raise one
 * (docs/reference/insights.md G2).
 */
export const remainingMinor = (receivable: Receivable, asOf: Day): number =>
  Math.min(openMinor(receivable, asOf), openMinor(receivable, EVER));

/** What is open of invoices whose due day has passed, by currency in the order of their codes. */
export function overdueAmounts(receivables: readonly Receivable[], asOf: Day): { minor: number; currency: Currency }[] {
  const open = new Map<Currency, number>();
  for (const one of receivables) {
    if (one.type !== "invoice" || one.dueOn === undefined || one.dueOn > asOf) continue;
    const left = remainingMinor(one, asOf);
    if (left > 0) open.set(one.currency, (open.get(one.currency) ?? 0) + left);
  }
  return [...open]
    .map(([currency, total]) => ({ minor: total, currency }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The same as a text; `undefined` when nothing is overdue. */
export function overdueText(receivables: readonly Receivable[], asOf: Day): string | undefined {
  const amounts = overdueAmounts(receivables, asOf);
  if (amounts.length === 0) return undefined;
  return amounts.map((one) => formatMoney(minor(one.minor), one.currency)).join(", ");
}
