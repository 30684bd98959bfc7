import type { DemoInvoice } from "./invoices.ts";
import type { Random } from "./random.ts";
import { type RhythmSpan, workdayFrom } from "./rhythm.ts";
import type { DemoPlan } from "./story.ts";

/** Money received for an invoice, or a credit memo offset against it (then the memo has the same payment). */
export interface DemoPayment {
  readonly invoice: DemoInvoice;
  readonly paidOn: number;
  readonly amountMinor: number;
}

/** How a customer pays: the share of its invoices that it pays late. */
export interface PaymentHabit {
  readonly lateShare: number;
}

const TYPICAL_LATE_DAYS = 8;
const MOST_LATE_DAYS = 26;

/** Payments of one customer's invoices until the end of the span. */
export function paymentsOf(
  invoices: readonly DemoInvoice[],
  plan: DemoPlan,
  habit: PaymentHabit,
  span: RhythmSpan,
  random: Random,
): DemoPayment[] {
  const unpaid = new Set(unpaidOf(invoices, plan, span));
  const setOffs = plan.unappliedCredit === true ? [] : setOffsOf(invoices);
  const received = invoices
    .filter(({ order }) => order.type === "sale")
    .flatMap((invoice) => {
      const paidOn = paymentDay(invoice, habit, random);
      if (unpaid.has(invoice)) return partOf(invoice, plan, paidOn);
      const setOff = setOffs.find((payment) => payment.invoice === invoice)?.amountMinor ?? 0;
      return [{ invoice, paidOn, amountMinor: invoice.totalMinor - setOff }];
    });
  return [...setOffs, ...received].filter(({ paidOn, amountMinor }) => paidOn <= span.to && amountMinor > 0);
}

/** The latest invoices that are at least as many days past due as the story says; no credit memos. */
export function unpaidOf(
  invoices: readonly DemoInvoice[],
  { unpaid }: DemoPlan,
  span: RhythmSpan,
): readonly DemoInvoice[] {
  if (unpaid === undefined) return [];
  return invoices
    .filter(({ order, dueOn }) => order.type === "sale" && dueOn <= span.to - (unpaid.daysPastDue - 1))
    .toSorted((a, b) => b.dueOn - a.dueOn)
    .slice(0, unpaid.invoices);
}

function partOf(invoice: DemoInvoice, { unpaid }: DemoPlan, paidOn: number): DemoPayment[] {
  const amountMinor = Math.round((invoice.totalMinor * (unpaid?.paidPercent ?? 0)) / 100);
  return [{ invoice, paidOn: Math.min(paidOn, invoice.dueOn), amountMinor }];
}

/** Offsets a credit memo against the invoice of the returned order, both on the memo's day. */
function setOffsOf(invoices: readonly DemoInvoice[]): DemoPayment[] {
  const memos = invoices.filter(({ order }) => order.type === "credit");
  return memos.flatMap((memo) => {
    const invoice = invoices.find(({ order }) => order === memo.order.returns);
    if (invoice === undefined) return [];
    const payment = { paidOn: Math.max(memo.invoicedOn, invoice.invoicedOn), amountMinor: memo.totalMinor };
    return [
      { invoice: memo, ...payment },
      { invoice, ...payment },
    ];
  });
}

/** Up to twelve days early, or late by about eight days. */
function paymentDay({ dueOn }: DemoInvoice, { lateShare }: PaymentHabit, random: Random): number {
  if (!random.chance(lateShare)) return workdayFrom(dueOn - random.int(2, 14));
  const lateDays = Math.round(TYPICAL_LATE_DAYS * Math.exp(1.8 * random.bell()));
  return workdayFrom(dueOn + Math.min(MOST_LATE_DAYS, Math.max(1, lateDays)));
}
