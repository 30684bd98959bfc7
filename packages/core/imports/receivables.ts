import { MOST_DIGITS, exactMinor, isCountable, minorDigits } from "../platform/money.ts";
import type { Invoice, Payment } from "../invoices/receivable.ts";
import { ok } from "../platform/result.ts";
import { type Currency, type Day, minor } from "../platform/values.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import { type Zone, momentIn } from "./intake.ts";
import type { InvoiceRow, PaymentRow } from "./rows.ts";

/** An invoice and, when its file has the settlement date, the day of the payment in full. */
export interface ImportedInvoice {
  readonly invoice: Invoice;
  readonly settledOn?: Day | undefined;
}

/** One invoice from its row. A credit's total is taken without its sign, because files sign it differently. */
export function assembleInvoice(row: InvoiceRow, tenant: Zone): Validated<ImportedInvoice> {
  const invoiced = momentIn("invoiceDate", row.invoiceDate, tenant);
  if (!invoiced.ok) return invoiced;
  const due = row.dueDate === undefined ? undefined : momentIn("dueDate", row.dueDate, tenant, "due");
  if (due?.ok === false) return due;
  const settled = row.settledAt === undefined ? undefined : momentIn("settledAt", row.settledAt, tenant, "due");
  if (settled?.ok === false) return settled;
  const currency = row.currency ?? tenant.currency;
  if (!isCountable(row.total, minorDigits(currency)))
    return refuseColumn("total", "too-large", "total is too large an amount");
  const exact = exactMinor(row.total, currency);
  if (!exact.ok) return refuseColumn("total", exact.reason, exact.message);
  const total = exact.value;
  const type = row.type ?? (total < 0 ? "credit" : "invoice");
  return ok({
    invoice: {
      invoiceId: row.invoiceId,
      customerId: row.customerId,
      invoicedOn: invoiced.value.on,
      ...(due === undefined ? {} : { dueOn: due.value.on }),
      totalMinor: type === "credit" ? minor(Math.abs(total)) : total,
      currency,
      type,
      disputed: row.disputed ?? false,
    },
    ...(settled === undefined ? {} : { settledOn: settled.value.on }),
  });
}

/** A payment before its invoice is known; its amount is in the invoice's currency. */
export interface ImportedPayment {
  readonly row: PaymentRow;
  readonly paidOn: Day;
  /** The currency given with the amount, if any: it must be the invoice's. */
  readonly currency?: Currency | undefined;
  /** Distinguishes equal payments of one day in one file: 1, 2, … */
  readonly ordinal: number;
}

export function checkPayment(row: PaymentRow, tenant: Zone): Validated<Day> {
  const paid = momentIn("paidAt", row.paidAt, tenant);
  if (!paid.ok) return paid;
  return isCountable(row.amount, MOST_DIGITS)
    ? ok(paid.value.on)
    : refuseColumn("amount", "too-large", "amount is too large");
}

/** The payment in its invoice's currency, or why it cannot be in it: that is another one, or has fewer decimals. */
export function paymentOf(
  { row, paidOn, currency, ordinal }: ImportedPayment,
  invoice: Pick<Invoice, "currency">,
): Validated<Payment> {
  const { invoiceId, paymentId } = row;
  if (currency !== undefined && currency !== invoice.currency)
    return refuseColumn(
      "amount.currency",
      "other-currency",
      `invoice ${invoiceId} is in ${invoice.currency}: a payment is in its invoice's currency`,
    );
  const exact = exactMinor(row.amount, invoice.currency);
  if (!exact.ok) return refuseColumn("amount", exact.reason, `invoice ${invoiceId}: ${exact.message}`);
  const id = paymentId === undefined ? {} : { paymentId };
  return ok({ invoiceId, ...id, paidOn, amountMinor: exact.value, currency: invoice.currency, ordinal });
}
