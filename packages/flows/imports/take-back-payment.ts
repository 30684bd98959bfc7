import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { DocumentStore, PaymentSought, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { type Result, ok } from "@regulars/core/platform/result";
import type { InvoiceId } from "@regulars/core/platform/values";
import { unknownInvoice } from "./void-invoice.ts";

/**
 * Takes a mistyped payment of an invoice back: by its id, or one of a day and amount, of several equal ones the last.
 * The caller sends a `rebuild` message afterwards.
 */
export async function takeBackPayment({
  documents,
  invoiceId,
  sought,
  companionOf,
}: {
  readonly documents: Pick<DocumentStore, "takePaymentBack">;
  readonly invoiceId: InvoiceId;
  readonly sought: PaymentSought;
  readonly companionOf?: CompanionWritesOf<Receivable> | undefined;
}): Promise<Result<Revised<Receivable>, "unknown-invoice" | "unknown-payment">> {
  const revised = await documents.takePaymentBack(invoiceId, sought, companionOf);
  if (revised === undefined) return unknownInvoice(invoiceId);
  return "ok" in revised ? revised : ok(revised);
}
