import * as z from "zod";
import type { ImportedInvoice, ImportedPayment } from "@regulars/core/imports/receivables";
import { paymentOf } from "@regulars/core/imports/receivables";
import type { DomainEvent } from "@regulars/core/platform/domain-event";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import type { PaymentCounts } from "@regulars/core/imports/import-store";
import type { Revised } from "@regulars/core/imports/record-store";
import type { Receivable } from "@regulars/core/invoices/receivable";
import {
  type Currency,
  type CustomerId,
  type Day,
  type InvoiceId,
  currencySchema,
} from "@regulars/core/platform/values";
import { contentHash } from "../engine/content-hash.ts";
import { type DocumentId, claimDocumentId, findDocumentIds } from "../customers/document-ids.ts";
import { type EventSubscriber, eventWrites } from "../engine/event-writes.ts";
import { type InvoiceReader, SETTLEMENT, withPayments } from "./invoice-reader.ts";
import { type Key, shardOf } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import {
  type TransactWrite,
  type Operations,
  type StoredItem,
  TRANSACTION_WRITES,
  mustBeNew,
  pauseToReread,
} from "../engine/operations.ts";
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

/** A payment's item with its write group. */
interface PaymentWrites extends RecordWrites<ImportedPayment> {
  readonly item: Key & StoredItem;
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
  async save(invoices: readonly ImportedInvoice[], note?: NoteSaved<ImportedInvoice>): Promise<SaveCounts> {
    return saveRecords(this.#operations, invoices, { name: "invoices", note, read: (left) => this.#compared(left) });
  }

  async #compared(invoices: readonly ImportedInvoice[]): Promise<ReadToSave<ImportedInvoice>> {
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
    const differing = wanted.filter(({ hash, before }) => before?.hash !== hash);
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
    const payment = { paymentOf: id, paidOn: settledOn, amountMinor: invoice.totalMinor };
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
   * Saves payments next to their invoices, on the condition that the invoice has not moved since it was read. A payment
   * is identified by invoice, day, amount and ordinal, so that it is never stored twice.
   */
  async savePayments(payments: readonly ImportedPayment[], note?: NoteSaved<ImportedPayment>): Promise<PaymentCounts> {
    const invoiceIds = [...new Set(payments.map(({ row }) => row.invoiceId))];
    const misses = { unknownInvoices: new Set<InvoiceId>(), otherCurrency: new Map<ImportedPayment, Currency>() };
    const counts = await saveRecords(this.#operations, payments, {
      name: "payments",
      note,
      read: async (left) => {
        const ids = await findDocumentIds(this.#operations, this.#keys, "invoice", invoiceIds);
        for (const id of invoiceIds) if (!ids.has(id)) misses.unknownInvoices.add(id);
        return this.#newPayments(this.#placed(payments, ids, misses.otherCurrency), new Set(left));
      },
    });
    return { ...counts, ...misses };
  }

  /** The writes of payments with a known invoice in their currency; those in another currency are told. */
  #placed(
    payments: readonly ImportedPayment[],
    ids: ReadonlyMap<string, DocumentId>,
    otherCurrency: Map<ImportedPayment, Currency>,
  ): PaymentWrites[] {
    const taken = new Set<string>();
    return payments.flatMap((payment) => {
      const invoice = ids.get(payment.row.invoiceId);
      if (invoice === undefined) return [];
      const currency = currencySchema.parse(invoice.currency);
      if (payment.currency === undefined || payment.currency === currency)
        return [this.#paymentWrites(payment, invoice, currency, taken)];
      otherCurrency.set(payment, currency);
      return [];
    });
  }

  async #newPayments(
    placed: readonly PaymentWrites[],
    left: ReadonlySet<ImportedPayment>,
  ): Promise<ReadToSave<ImportedPayment>> {
    const wanted = placed.filter(({ record }) => left.has(record));
    const stored = await this.#operations.batchGet(wanted.map(({ item }) => ({ pk: item.pk, sk: item.sk })));
    const known = new Set(stored.map((item) => `${String(item["pk"])} ${String(item["sk"])}`));
    const isKnown = ({ item }: PaymentWrites): boolean => known.has(`${item.pk} ${item.sk}`);
    return {
      unchanged: wanted.filter(isKnown).map(({ record }) => record),
      differing: wanted.filter((one) => !isKnown(one)),
    };
  }

  /** Amounts that differ in the file may be equal in minor units; such payments take the next free ordinal. */
  #paymentWrites(payment: ImportedPayment, invoice: DocumentId, currency: Currency, taken: Set<string>): PaymentWrites {
    const { invoiceId, paidOn, amountMinor, ordinal } = paymentOf(payment, { currency });
    const idOf = (nth: number): string => `P#${paidOn}#${amountMinor}#${nth}`;
    let nth = ordinal;
    while (taken.has(`${invoiceId} ${idOf(nth)}`)) nth += 1;
    taken.add(`${invoiceId} ${idOf(nth)}`);
    const key = this.#keys.payment(invoice.customerId, invoice.on, invoiceId, idOf(nth));
    const changed: DomainEvent = { type: "invoice-changed", customerId: invoice.customerId, on: invoice.on };
    const item: Key & StoredItem = { ...key, paymentOf: invoiceId, paidOn, amountMinor };
    return {
      record: payment,
      outcome: "created",
      item,
      writes: [{ Put: { Item: item, ...mustBeNew } }],
      shared: new Map([...eventWrites(this.#subscriber, [changed]), this.#isInPlace(invoice)]),
      groupKey: shardOf(invoice.customerId),
    };
  }

  /**
   * A write that fails if the invoice has moved since it was read. It counts the payment, so that a concurrent move
   * fails.
   */
  #isInPlace({ id, customerId, on }: DocumentId): [string, TransactWrite] {
    const Key = this.#keys.documentId("invoice", id);
    return [
      Key.pk,
      {
        Update: {
          Key,
          UpdateExpression: "ADD payments :one",
          ConditionExpression: "customerId = :customerId AND #on = :on",
          ExpressionAttributeNames: { "#on": "on" },
          ExpressionAttributeValues: { ":customerId": customerId, ":on": on, ":one": 1 },
        },
      },
    ];
  }

  /**
   * Replaces one invoice by what `change` returns, unless nothing differs; its payments stay. The companion writes are
   * in the same transaction.
   */
  async revise(
    invoiceId: InvoiceId,
    change: (invoice: ImportedInvoice) => ImportedInvoice,
    companionOf?: CompanionWritesOf<Receivable>,
  ): Promise<Revised<Receivable> | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const stored = await this.#reader.stored(invoiceId);
      if (stored === undefined) return undefined;
      const imports = change(stored.imports);
      const document = withPayments(imports, stored.paid);
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
