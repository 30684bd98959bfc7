import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import { readValidated, readRow } from "@regulars/core/imports/read-item";
import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema } from "@regulars/core/imports/rows";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { intakeOf } from "@regulars/core/imports/intake";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant, InvoiceId } from "@regulars/core/platform/values";
import { type Correction, correctDocument } from "./correction.ts";

/**
 * Replaces a stored invoice by a whole one, as an item of a batch has it; its payments stay. A void invoice becomes
 * valid again. Unlike a batch it creates no invoice. Idempotent. The caller sends a `rebuild` message afterwards.
 */
export function correctInvoice({
  tenant,
  now,
  documents,
  invoiceId,
  item,
  companionOf,
}: {
  readonly tenant: Tenant;
  /** What is dated too far after it is rejected. */
  readonly now: Instant;
  readonly documents: Pick<DocumentStore, "reviseInvoice">;
  readonly invoiceId: InvoiceId;
  readonly item: unknown;
  readonly companionOf?: CompanionWritesOf<Receivable> | undefined;
}): Promise<Correction<Revised<Receivable>, "unknown-invoice">> {
  const row = readRow(item, ingestSchemas.invoices, invoiceRowSchema);
  return correctDocument({
    name: "invoice",
    id: invoiceId,
    read: row.ok ? readValidated(assembleInvoice(row.value.row, intakeOf(tenant, now))) : row,
    idIn: ({ invoice }) => invoice.invoiceId,
    revise: ({ invoice }) => documents.reviseInvoice(invoiceId, (stored) => ({ ...stored, invoice }), companionOf),
  });
}
