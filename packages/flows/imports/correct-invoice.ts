import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import { readValidated, readRow } from "@regulars/core/imports/read-item";
import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema } from "@regulars/core/imports/rows";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { InvoiceId } from "@regulars/core/platform/values";
import { type Correction, correctDocument } from "./correction.ts";

/**
 * Puts an invoice, told whole as a batch's item is, in the place of the one that is stored; its payments stay with it.
 * One that was void is not any more. Unlike a batch it makes no new one. Twice is once. A `rebuild` message is due
 * afterwards.
 */
export function correctInvoice({
  tenant,
  documents,
  invoiceId,
  item,
  companionOf,
}: {
  readonly tenant: Tenant;
  readonly documents: Pick<DocumentStore, "reviseInvoice">;
  readonly invoiceId: InvoiceId;
  readonly item: unknown;
  readonly companionOf?: CompanionWritesOf<Receivable> | undefined;
}): Promise<Correction<Revised<Receivable>, "unknown-invoice">> {
  const row = readRow(item, ingestSchemas.invoices, invoiceRowSchema);
  return correctDocument({
    name: "invoice",
    id: invoiceId,
    read: row.ok ? readValidated(assembleInvoice(row.value.row, tenant)) : row,
    idIn: ({ invoice }) => invoice.invoiceId,
    revise: ({ invoice }) => documents.reviseInvoice(invoiceId, (stored) => ({ ...stored, invoice }), companionOf),
  });
}
