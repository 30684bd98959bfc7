import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { ImportedInvoice } from "@regulars/core/imports/receivables";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { type Result, ok } from "@regulars/core/platform/result";
import type { InvoiceId } from "@regulars/core/platform/values";
import { unknownDocument } from "./correction.ts";

/**
 * Voids an invoice: it is kept with its payments, and has no open or overdue amount any more
 * (docs/reference/insights.md 2.1, "not void"). Idempotent. If the ERP sends the invoice again, the invoice is as sent
 * again. The caller sends a `rebuild` message afterwards.
 */
export async function voidInvoice({
  documents,
  invoiceId,
  companionOf,
}: {
  readonly documents: Pick<DocumentStore, "reviseInvoice">;
  readonly invoiceId: InvoiceId;
  readonly companionOf?: CompanionWritesOf<Receivable> | undefined;
}): Promise<Result<Revised<Receivable>, "unknown-invoice" | "other-currency">> {
  const revised = await documents.reviseInvoice(invoiceId, takenBack, companionOf);
  if (revised === undefined) return unknownInvoice(invoiceId);
  return "ok" in revised ? revised : ok(revised);
}

const takenBack = (imports: ImportedInvoice) => ({ ...imports, invoice: { ...imports.invoice, isVoid: true } });

/** There is no such invoice in the tenant. */
export const unknownInvoice = (invoiceId: InvoiceId) => unknownDocument("invoice", invoiceId);
