import type { Currency, CustomerId, Day, InvoiceId, Minor } from "../platform/values.ts";

/** An invoice or a credit memo. `totalMinor` is a magnitude in the invoice's currency. */
export interface Invoice {
  readonly invoiceId: InvoiceId;
  readonly customerId: CustomerId;
  readonly invoicedOn: Day;
  readonly dueOn?: Day | undefined;
  readonly totalMinor: Minor;
  readonly currency: Currency;
  readonly type: "invoice" | "credit";
  readonly disputed: boolean;
  /** Taken back: it is kept with its payments, and nothing is open on it any more (insights.md 2.1). */
  readonly isVoid?: boolean | undefined;
}

/** Money received (or a credit allocated) against one invoice. `ordinal` tells equal payments of one day apart. */
export interface Payment {
  readonly invoiceId: InvoiceId;
  readonly paidOn: Day;
  readonly amountMinor: Minor;
  readonly ordinal: number;
}

/** An invoice with what has been paid on it: the row that a customer-year of receivables is made of. */
export interface Receivable extends Invoice {
  readonly payments: readonly Pick<Payment, "paidOn" | "amountMinor">[];
}

/** What is still to be paid at the end of day `asOf` (insights.md 2.1). */
export function openMinor(receivable: Pick<Receivable, "totalMinor" | "payments">, asOf: Day): number {
  return receivable.payments.reduce(
    (open, payment) => (payment.paidOn <= asOf ? open - payment.amountMinor : open),
    receivable.totalMinor as number,
  );
}
