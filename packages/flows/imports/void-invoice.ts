import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { ImportedInvoice } from "@regulars/core/imports/receivables";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { type Result, ok } from "@regulars/core/platform/result";
import type { InvoiceId } from "@regulars/core/platform/values";
import { unknownDocument } from "./correction.ts";

/**
 * Takes an invoice back: it is kept with its payments, and nothing is open or overdue on it any more
 * (docs/reference/insights.md 2.1, "not void"). Twice is once. When the ERP sends the invoice again, it is what the ERP
 * says again. A `rebuild` message is due afterwards.
 */
export async function voidInvoice({
  documents,
  invoiceId,
  companionOf,
}: {
  readonly documents: Pick<DocumentStore, "reviseInvoice">;
  readonly invoiceId: InvoiceId;
  readonly companionOf?: CompanionWritesOf<Receivable> | undefined;
}): Promise<Result<Revised<Receivable>, "unknown-invoice">> {
  const revised = await documents.reviseInvoice(invoiceId, takenBack, companionOf);
  return revised === undefined ? unknownInvoice(invoiceId) : ok(revised);
}

const takenBack = (imports: ImportedInvoice) => ({ ...imports, invoice: { ...imports.invoice, isVoid: true } });

/** There is no such invoice in the tenant. */
export const unknownInvoice = (invoiceId: InvoiceId) => unknownDocument("invoice", invoiceId);
