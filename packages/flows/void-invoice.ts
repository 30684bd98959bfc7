import type { IntakeInvoice } from "@regulars/core/intake/receivables";
import type { DocumentStore, Revised } from "@regulars/core/ports";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { InvoiceId } from "@regulars/core/values";

/**
 * Takes an invoice back: it is kept with its payments, and nothing is open or overdue on it any more (insights.md 2.1,
 * "not void"). Twice is once. When the ERP sends the invoice again, it is what the ERP says again. A `rebuild` message
 * is due afterwards.
 */
export async function voidInvoice({
  documents,
  invoiceId,
}: {
  readonly documents: Pick<DocumentStore, "reviseInvoice">;
  readonly invoiceId: InvoiceId;
}): Promise<Result<Revised<IntakeInvoice>, "unknown-invoice">> {
  const revised = await documents.reviseInvoice(invoiceId, (intake) => ({
    ...intake,
    invoice: { ...intake.invoice, isVoid: true },
  }));
  return revised === undefined ? unknownInvoice(invoiceId) : ok(revised);
}

/** There is no such invoice in the tenant. */
export const unknownInvoice = (invoiceId: InvoiceId) =>
  refuse("unknown-invoice", `invoice ${invoiceId} is not known: ingest it first, or check the id`);
