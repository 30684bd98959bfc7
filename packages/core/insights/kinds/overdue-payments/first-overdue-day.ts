import { type Receivable, openMinor } from "../../../invoices/receivable.ts";
import { type Day, toDay, toDayNumber } from "../../../platform/values.ts";

/** Days on end on which one invoice was overdue, both included. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * The first day of the unbroken run of days up to `asOf` on which any invoice was overdue: an invoice paid since may
 * have begun what another one carries on.
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

/** From due (but not before it was written) to paid; a payment taken back begins another run. */
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
