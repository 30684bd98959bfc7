import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import {
  type Day,
  currencySchema,
  customerIdSchema,
  daySchema,
  invoiceIdSchema,
  minorSchema,
  paymentIdSchema,
} from "../platform/values.ts";

/** An invoice or a credit memo. `totalMinor` is always positive, in minor units of the invoice's currency. */
export const invoiceSchema = z.object({
  invoiceId: invoiceIdSchema,
  customerId: customerIdSchema,
  invoicedOn: daySchema,
  dueOn: daySchema.optional(),
  totalMinor: minorSchema,
  currency: currencySchema,
  type: z.enum(["invoice", "credit"]),
  disputed: z.boolean(),
  /** Cancelled: it is kept with its payments, and its open amount is zero (docs/reference/insights.md 2.1). */
  isVoid: z.boolean().optional(),
});
export type Invoice = Immutable<z.output<typeof invoiceSchema>>;

/**
 * Money received (or a credit allocated) for one invoice, in its own currency. `ordinal` distinguishes equal payments of
 * one day where the sender's system gives no `paymentId`.
 */
export const paymentSchema = z.object({
  invoiceId: invoiceIdSchema,
  paymentId: paymentIdSchema.optional(),
  paidOn: daySchema,
  amountMinor: minorSchema,
  currency: currencySchema,
  ordinal: z.int(),
});
export type Payment = Immutable<z.output<typeof paymentSchema>>;

/** An invoice with its payments: one row of a customer's receivables of a year. */
export interface Receivable extends Invoice {
  readonly payments: readonly (Pick<Payment, "paidOn" | "amountMinor"> & Partial<Pick<Payment, "paymentId">>)[];
}

/** Whether it is an invoice that holds: neither a credit memo nor cancelled. */
export const isInvoice = ({ type, isVoid }: Pick<Invoice, "type" | "isVoid">): boolean =>
  type === "invoice" && isVoid !== true;

/** The amount still to be paid at the end of day `asOf` (docs/reference/insights.md 2.1). */
export function openMinor(receivable: Pick<Receivable, "totalMinor" | "payments">, asOf: Day): number {
  return receivable.payments.reduce(
    (open, payment) => (payment.paidOn <= asOf ? open - payment.amountMinor : open),
    receivable.totalMinor as number,
  );
}
