import { type Receivable, openMinor } from "../../../invoices/receivable.ts";
import { type Day, toDay, toDayNumber } from "../../../platform/values.ts";

/** Consecutive days on which one invoice was overdue, both included. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * The first of the consecutive days up to `asOf` on which any invoice was overdue; it may be due to an invoice that has
 * been paid since.
 */
export function firstOverdueDay(invoices: readonly Receivable[], asOf: Day, graceDays: number): Day {
  const today = toDayNumber(asOf);
  const runs = invoices.flatMap((invoice) => runsOf(invoice, today, graceDays));
  let since: number = today;
  for (const run of runs.toSorted((a, b) => b.to - a.to)) {
    if (run.to < since - 1) break;
    since = Math.min(since, run.from);
  }
  return toDay(since);
}

/**
 * From the due date (or the invoice date if that is later) until it was paid; a reversed payment begins another run.
 */
function runsOf(invoice: Receivable, today: number, graceDays: number): Run[] {
  if (invoice.dueOn === undefined) return [];
  const start = Math.max(toDayNumber(invoice.dueOn) + graceDays, toDayNumber(invoice.invoicedOn));
  const paidOn = invoice.payments.map((payment) => toDayNumber(payment.paidOn)).filter((d) => d > start && d <= today);
  const turns = [start, ...new Set(paidOn.toSorted((a, b) => a - b))];
  return turns.flatMap((from, i) => {
    const to = (turns[i + 1] ?? today + 1) - 1;
    return from <= to && openMinor(invoice, toDay(from)) > 0 ? [{ from, to }] : [];
  });
}
