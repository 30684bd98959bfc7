import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import { readValidated, readRow } from "@regulars/core/imports/read-item";
import { assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema } from "@regulars/core/imports/rows";
import type { DocumentStore, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { InvoiceId } from "@regulars/core/platform/values";
import { type Correction, otherId, unusable } from "./correction.ts";
import { unknownInvoice } from "./void-invoice.ts";

/**
 * Puts an invoice, told whole as a batch's item is, in the place of the one that is stored; its payments stay with it.
 * One that was void is not any more. Unlike a batch it makes no new one. Twice is once. A `rebuild` message is due
 * afterwards.
 */
export async function correctInvoice({
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
  const given = readRow(item, ingestSchemas.invoices, invoiceRowSchema);
  const read = given.ok ? readValidated(assembleInvoice(given.value.row, tenant)) : given;
  if (!read.ok) return unusable("invoice", invoiceId, read.errors);
  const { invoice } = read.value;
  if (invoice.invoiceId !== invoiceId)
    return unusable("invoice", invoiceId, [otherId("invoiceId", invoice.invoiceId, invoiceId)]);
  const revised = await documents.reviseInvoice(invoiceId, (stored) => ({ ...stored, invoice }), companionOf);
  return revised === undefined ? unknownInvoice(invoiceId) : ok(revised);
}
