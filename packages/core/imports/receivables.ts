import { MOST_DIGITS, exactMinor, isCountable, minorDigits } from "../platform/money.ts";
import { parseMoment } from "../platform/period.ts";
import type { Invoice, Payment } from "../invoices/receivable.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Currency, type Day, minor } from "../platform/values.ts";
import { type Validated, badDate, refuseColumn } from "./checked.ts";
import type { InvoiceRow, PaymentRow } from "./rows.ts";

type Zone = Pick<Tenant, "timeZone" | "currency">;

/** An invoice and, when its file has the settlement date, the day of the payment in full. */
export interface ImportedInvoice {
  readonly invoice: Invoice;
  readonly settledOn?: Day | undefined;
}

/** One invoice from its row. A credit's total is taken without its sign, because files sign it differently. */
export function assembleInvoice(row: InvoiceRow, tenant: Zone): Validated<ImportedInvoice> {
  const invoiced = parseMoment(row.invoiceDate, tenant.timeZone);
  if (invoiced === undefined) return badDate("invoiceDate", row.invoiceDate);
  const due = row.dueDate === undefined ? undefined : parseMoment(row.dueDate, tenant.timeZone);
  if (row.dueDate !== undefined && due === undefined) return badDate("dueDate", row.dueDate);
  const settled = row.settledAt === undefined ? undefined : parseMoment(row.settledAt, tenant.timeZone);
  if (row.settledAt !== undefined && settled === undefined) return badDate("settledAt", row.settledAt);
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
      invoicedOn: invoiced.on,
      ...(due === undefined ? {} : { dueOn: due.on }),
      totalMinor: type === "credit" ? minor(Math.abs(total)) : total,
      currency,
      type,
      disputed: row.disputed ?? false,
    },
    ...(settled === undefined ? {} : { settledOn: settled.on }),
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

export function checkPayment(row: PaymentRow, { timeZone }: Zone): Validated<Day> {
  const paid = parseMoment(row.paidAt, timeZone);
  if (paid === undefined) return badDate("paidAt", row.paidAt);
  return isCountable(row.amount, MOST_DIGITS)
    ? ok(paid.on)
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
