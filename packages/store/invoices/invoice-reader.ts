import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { ImportedInvoice } from "@regulars/core/imports/receivables";
import type { DocumentPage, PageRequest } from "@regulars/core/platform/paging";
import { type Invoice, type Receivable, invoiceSchema, paymentSchema } from "@regulars/core/invoices/receivable";
import { type CustomerId, type InvoiceId, currencySchema, invoiceIdSchema } from "@regulars/core/platform/values";
import { type DocumentId, findDocumentId } from "../customers/document-ids.ts";
import { newestFirst, documentPageOf } from "../engine/document-pages.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";

const MAX_ROUNDS = 5;

/** Payment id of a settlement: an invoice row that says it is paid. An invoice has at most one. */
export const SETTLEMENT = "P#settled";

/** A payment as stored. The invoice id is called `paymentOf`, so that the item is not read as an invoice. */
const storedPaymentSchema = paymentSchema
  .pick({ paymentId: true, paidOn: true, amountMinor: true })
  .extend({ paymentOf: invoiceIdSchema, currency: currencySchema.optional() });

/** A stored payment as an invoice shows it; `undefined` for one that is not the invoice's, or in another currency. */
function paymentIn(item: StoredItem, invoice: Invoice): Receivable["payments"][number] | undefined {
  const { paymentOf, currency = invoice.currency, paymentId, paidOn, amountMinor } = rowAs(storedPaymentSchema, item);
  if (paymentOf !== invoice.invoiceId || currency !== invoice.currency) return undefined;
  return { ...(paymentId === undefined ? {} : { paymentId }), paidOn, amountMinor };
}

/** Reads invoices and credit memos with their payments. */
export class InvoiceReader {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  yearsOf(customerId: CustomerId): Promise<number[]> {
    return this.#operations.years(this.#keys.invoices(customerId));
  }

  /** A customer's invoices of one year with all their payments, in day order. */
  async *ofYear(customerId: CustomerId, year: number): AsyncGenerator<Receivable> {
    let current: Receivable | undefined;
    let payments: Receivable["payments"][number][] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": this.#keys.invoices(customerId),
        ":from": `${year}-01-01`,
        ":to": `${year}-12-32`,
      },
      ConsistentRead: true,
    })) {
      if (item["paymentOf"] === undefined) {
        if (current !== undefined) yield current;
        payments = [];
        current = { ...rowAs(invoiceSchema, item), payments };
        continue;
      }
      const payment = current === undefined ? undefined : paymentIn(item, current);
      if (payment !== undefined) payments.push(payment);
    }
    if (current !== undefined) yield current;
  }

  async find(invoiceId: InvoiceId): Promise<Receivable | undefined> {
    const stored = await this.stored(invoiceId);
    return stored && withPayments(stored.imports, paidOf(stored));
  }

  /**
   * An invoice as it was imported, its id row, and its payments without the settlement. Reads again until the invoice
   * is where its id row says.
   */
  async stored(invoiceId: InvoiceId): Promise<StoredInvoice | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const before = await findDocumentId(this.#operations, this.#keys.documentId("invoice", invoiceId));
      if (before === undefined) return undefined;
      const key = this.#keys.invoice(before.customerId, before.on, invoiceId);
      const item = await this.#operations.get(key);
      if (item === undefined) continue;
      const settlement = this.#keys.payment(before.customerId, before.on, invoiceId, SETTLEMENT);
      const invoice = rowAs(invoiceSchema, item);
      const rows = await this.#paymentsOf(key, invoice);
      const settledOn = rows.find((row) => row.key.sk === settlement.sk)?.paidOn;
      return {
        before,
        imports: { invoice, ...(settledOn === undefined ? {} : { settledOn }) },
        rows: rows.filter((row) => row.key.sk !== settlement.sk),
      };
    }
    throw new Error(`invoice ${invoiceId} is not stored where its id row says`);
  }

  async #paymentsOf({ pk, sk }: Key, invoice: Invoice): Promise<StoredInvoice["rows"]> {
    const rows: StoredInvoice["rows"][number][] = [];
    for await (const item of this.#operations.partition(pk, `${sk}#`)) {
      const payment = paymentIn(item, invoice);
      if (payment !== undefined) rows.push({ key: { pk, sk: String(item["sk"]) }, ...payment });
    }
    return rows;
  }

  /** A customer's invoices with their payments, newest first. */
  async recent(customerId: CustomerId, page: PageRequest<InvoiceId>): Promise<DocumentPage<Receivable, InvoiceId>> {
    const before = page.before && this.#keys.invoice(customerId, page.before.on, page.before.id);
    const found: Receivable[] = [];
    // In descending order an invoice's payments come before the invoice.
    let affectedRows: StoredItem[] = [];
    for await (const item of this.#operations.query(newestFirst(this.#keys.invoices(customerId), before, page.limit))) {
      if (item["paymentOf"] !== undefined) {
        affectedRows.push(item);
        continue;
      }
      const invoice = rowAs(invoiceSchema, item);
      const payments = affectedRows
        .map((payment) => paymentIn(payment, invoice))
        .filter((payment) => payment !== undefined)
        .toReversed();
      found.push({ ...invoice, payments });
      affectedRows = [];
      if (found.length > page.limit) break;
    }
    return documentPageOf(found, page.limit, ({ invoicedOn: on, invoiceId: id }) => ({ on, id }));
  }
}

export interface StoredInvoice {
  readonly before: DocumentId;
  readonly imports: ImportedInvoice;
  /** Its payments without the settlement, each with its place. */
  readonly rows: readonly (Receivable["payments"][number] & { readonly key: Key })[];
}

/** The payments of a stored invoice, without the settlement. */
export const paidOf = ({ rows }: StoredInvoice): Receivable["payments"] =>
  rows.map(({ key: _key, ...payment }) => payment);

/** An invoice with its payments. A settlement is a payment of the whole total, placed last. */
export const withPayments = (
  { invoice, settledOn: paidOn }: ImportedInvoice,
  paid: Receivable["payments"],
): Receivable => ({
  ...invoice,
  payments: paidOn === undefined ? paid : [...paid, { paidOn, amountMinor: invoice.totalMinor }],
});
