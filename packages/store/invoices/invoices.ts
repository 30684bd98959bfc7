import { counted } from "@regulars/core/platform/counted";
import * as z from "zod";
import type { InvoiceCounts } from "@regulars/core/imports/import-store";
import type { ImportedInvoice } from "@regulars/core/imports/receivables";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { DomainEvent } from "@regulars/core/platform/domain-event";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { refuse } from "@regulars/core/platform/result";
import type { NoteSaved } from "@regulars/core/platform/save-counts";
import type { OtherCurrency, Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import type { Currency, CustomerId, Day, InvoiceId } from "@regulars/core/platform/values";
import { contentHash } from "../engine/content-hash.ts";
import { type DocumentId, claimDocumentId, findDocumentIds } from "../customers/document-ids.ts";
import { type EventSubscriber, eventWrites } from "../engine/event-writes.ts";
import { type InvoiceReader, SETTLEMENT, type StoredInvoice, paidOf, withPayments } from "./invoice-reader.ts";
import { type Key, shardOf } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import { type TransactWrite, TRANSACTION_WRITES } from "../engine/transact-write.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "../engine/save-groups.ts";
import type { People } from "../customers/people.ts";
import { writesOf } from "../engine/companion-writes.ts";

const MAX_ROUNDS = 12;

/**
 * Most payment writes in the transaction that moves their invoice, old and new items counted. The rest is for the
 * invoice, its id row and the dirty markers.
 */
const MOST_MOVED_AT_ONCE = TRANSACTION_WRITES - 8;
const DELETES_AT_ONCE = 25;

/** What moving an invoice writes in its transaction (`writes`), and the old payments to delete after it (`left`). */
interface Moves {
  readonly writes: readonly TransactWrite[];
  readonly left: readonly Key[];
}

/** Saves invoices and credit memos with their payments; both are in one partition. */
export class Invoices {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #reader: InvoiceReader;
  readonly #customers: Pick<People, "ensureCustomers">;
  readonly #subscriber: EventSubscriber;

  constructor(
    operations: Operations,
    keys: Keys,
    reader: InvoiceReader,
    customers: Pick<People, "ensureCustomers">,
    subscriber: EventSubscriber,
  ) {
    this.#operations = operations;
    this.#keys = keys;
    this.#reader = reader;
    this.#customers = customers;
    this.#subscriber = subscriber;
  }

  /** Saves invoices. An unchanged one costs one read; one with another customer or day moves with its payments. */
  async save(invoices: readonly ImportedInvoice[], note?: NoteSaved<ImportedInvoice>): Promise<InvoiceCounts> {
    const refused = new Map<ImportedInvoice, ItemError>();
    const read = (left: readonly ImportedInvoice[]) => this.#compared(left, refused);
    const counts = await saveRecords(this.#operations, invoices, { name: "invoices", note, read });
    return refused.size === 0 ? counts : { ...counts, refused };
  }

  async #compared(
    invoices: readonly ImportedInvoice[],
    refused: Map<ImportedInvoice, ItemError>,
  ): Promise<ReadToSave<ImportedInvoice>> {
    const ids = await findDocumentIds(
      this.#operations,
      this.#keys,
      "invoice",
      invoices.map(({ invoice }) => invoice.invoiceId),
    );
    const wanted = invoices.map((imports) => ({
      imports,
      hash: contentHash(imports),
      before: ids.get(imports.invoice.invoiceId),
    }));
    const changed = wanted.filter(({ hash, before }) => before?.hash !== hash);
    for (const { imports, before } of changed) {
      const refusal = await this.#otherCurrency(imports, before);
      if (refusal === undefined) refused.delete(imports);
      else refused.set(imports, refusal);
    }
    const differing = changed.filter(({ imports }) => !refused.has(imports));
    await this.#customers.ensureCustomers(differing.map(({ imports }) => imports.invoice.customerId));
    const groups = differing.map(async ({ imports, hash, before }): Promise<RecordWrites<ImportedInvoice>> => {
      const { writes, shared, left } = await this.#writesOf(imports, hash, before);
      const outcome = before === undefined ? "created" : "changed";
      const groupKey = shardOf(imports.invoice.customerId);
      return { record: imports, outcome, groupKey, writes, shared, afterwards: () => this.#deleteAll(left) };
    });
    return {
      unchanged: wanted.filter(({ hash, before }) => before?.hash === hash).map(({ imports }) => imports),
      differing: await Promise.all(groups),
    };
  }

  /** Payments are in their invoice's currency, so one that has payments stays in it. */
  async #otherCurrency(
    { invoice: { invoiceId, currency } }: ImportedInvoice,
    before: DocumentId | undefined,
  ): Promise<ItemError | undefined> {
    if (before?.currency === undefined || before.currency === currency) return undefined;
    const stored = await this.#reader.stored(invoiceId);
    return stored === undefined ? undefined : otherCurrency(stored, currency);
  }

  async #writesOf({ invoice, settledOn }: ImportedInvoice, hash: string, before: DocumentId | undefined) {
    const { invoiceId: id, customerId, invoicedOn: on, currency } = invoice;
    const writes: TransactWrite[] = [
      { Put: { Item: { ...this.#keys.invoice(customerId, on, id), ...invoice } } },
      claimDocumentId(this.#keys.documentId("invoice", id), { id, customerId, on, hash, currency }, before),
    ];
    const changed: DomainEvent[] = [{ type: "invoice-changed", customerId, on }];
    const left: Key[] = [];
    if (before !== undefined && (before.customerId !== customerId || before.on !== on)) {
      const moves = await this.#moves(id, before, customerId, on);
      writes.push(...moves.writes);
      left.push(...moves.left);
      changed.push({ type: "invoice-changed", customerId: before.customerId, on: before.on });
    }
    const settlement = this.#keys.payment(customerId, on, id, SETTLEMENT);
    const payment = { paymentOf: id, paidOn: settledOn, amountMinor: invoice.totalMinor, currency };
    if (settledOn !== undefined) writes.push({ Put: { Item: { ...settlement, ...payment } } });
    else if (before !== undefined) writes.push({ Delete: { Key: settlement } });
    return { writes, shared: eventWrites(this.#subscriber, changed), left };
  }

  /**
   * Deletes an invoice's old item and moves its payments to the new one: in the same transaction if they fit, otherwise
   * they are copied before it and deleted after it. A reader ignores payments without their invoice. A payment saved
   * meanwhile changes the count in the id row, so that the move is tried again.
   */
  async #moves(id: InvoiceId, before: DocumentId, customerId: CustomerId, on: Day): Promise<Moves> {
    const former = this.#keys.invoice(before.customerId, before.on, id);
    const gone: Key[] = [];
    const copies: (Key & StoredItem)[] = [];
    for await (const item of this.#operations.partition(former.pk, `${former.sk}#`)) {
      const sk = z.string().parse(item["sk"]);
      const paymentId = sk.slice(former.sk.length + 1);
      gone.push({ pk: former.pk, sk });
      if (paymentId !== SETTLEMENT) copies.push({ ...item, ...this.#keys.payment(customerId, on, id, paymentId) });
    }
    const writes: TransactWrite[] = [{ Delete: { Key: former } }];
    if (gone.length + copies.length > MOST_MOVED_AT_ONCE) {
      await this.#operations.batchPut(copies);
      return { writes, left: gone };
    }
    writes.push(...gone.map((Key) => ({ Delete: { Key } })), ...copies.map((Item) => ({ Put: { Item } })));
    return { writes, left: [] };
  }

  async #deleteAll(keys: readonly Key[]): Promise<void> {
    for (let i = 0; i < keys.length; i += DELETES_AT_ONCE)
      await Promise.all(keys.slice(i, i + DELETES_AT_ONCE).map((key) => this.#operations.delete(key)));
  }

  /**
   * Replaces one invoice by what `change` returns, unless nothing differs; its payments stay. The companion writes are
   * in the same transaction.
   */
  async revise(
    invoiceId: InvoiceId,
    change: (invoice: ImportedInvoice) => ImportedInvoice,
    companionOf?: CompanionWritesOf<Receivable>,
  ): Promise<Revised<Receivable> | OtherCurrency | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const stored = await this.#reader.stored(invoiceId);
      if (stored === undefined) return undefined;
      const imports = change(stored.imports);
      const refusal = otherCurrency(stored, imports.invoice.currency);
      if (refusal !== undefined) return refuse("other-currency", refusal.message);
      const document = withPayments(imports, paidOf(stored));
      const hash = contentHash(imports);
      if (hash === stored.before.hash) return { outcome: "unchanged", document };
      const { writes, shared, left } = await this.#writesOf(imports, hash, stored.before);
      if (await this.#operations.transact([...writes, ...shared.values(), ...writesOf(companionOf?.(document))])) {
        await this.#deleteAll(left);
        return { outcome: "changed", document };
      }
    }
    throw new ContentionError(`invoice ${invoiceId} keeps being changed by other writers: try again`);
  }
}

/** Why a stored invoice cannot be in `currency`; `undefined` when it can. */
function otherCurrency({ imports: { invoice }, rows }: StoredInvoice, currency: Currency): ItemError | undefined {
  if (invoice.currency === currency || rows.length === 0) return undefined;
  const payments = counted(rows.length, "payment");
  const message = `invoice ${invoice.invoiceId} has ${payments} in ${invoice.currency} and cannot be in ${currency}: void it, and send the right one under another id`;
  return { path: "currency", code: "other-currency", message };
}
