import type { ItemError } from "@regulars/core/platform/field-error";
import { exactMinor } from "@regulars/core/platform/money";
import type { PaymentCounts } from "@regulars/core/imports/import-store";
import { type ImportedPayment, paymentOf } from "@regulars/core/imports/receivables";
import type { PaymentSought, Revised, UnknownPayment } from "@regulars/core/imports/record-store";
import type { Payment, Receivable } from "@regulars/core/invoices/receivable";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { DomainEvent } from "@regulars/core/platform/domain-event";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { refuse } from "@regulars/core/platform/result";
import type { NoteSaved } from "@regulars/core/platform/save-counts";
import { type InvoiceId, currencySchema } from "@regulars/core/platform/values";
import { type DocumentId, findDocumentIds } from "../customers/document-ids.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { type EventSubscriber, eventWrites } from "../engine/event-writes.ts";
import { type Key, shardOf } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "../engine/save-groups.ts";
import type { Keys } from "../keys.ts";
import { type InvoiceReader, type StoredInvoice, paidOf, withPayments } from "./invoice-reader.ts";

const MAX_ROUNDS = 12;

/** A payment at its place, with what is written for it. */
interface Placed {
  readonly record: ImportedPayment;
  readonly payment: Payment;
  readonly invoice: DocumentId;
  readonly key: Key;
}

/** Saves payments next to their invoices, and takes them back. */
export class Payments {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #reader: InvoiceReader;
  readonly #subscriber: EventSubscriber;

  constructor(operations: Operations, keys: Keys, reader: InvoiceReader, subscriber: EventSubscriber) {
    this.#operations = operations;
    this.#keys = keys;
    this.#reader = reader;
    this.#subscriber = subscriber;
  }

  /**
   * Saves payments on the condition that their invoice has not moved since it was read. A payment is told by its id,
   * else by invoice, day, amount and ordinal, so that it is never stored twice.
   */
  async save(payments: readonly ImportedPayment[], note?: NoteSaved<ImportedPayment>): Promise<PaymentCounts> {
    const invoiceIds = [...new Set(payments.map(({ row }) => row.invoiceId))];
    const misses = { unknownInvoices: new Set<InvoiceId>(), refused: new Map<ImportedPayment, ItemError>() };
    let takenForSame = 0;
    const counts = await saveRecords(this.#operations, payments, {
      name: "payments",
      note,
      read: async (left) => {
        const ids = await findDocumentIds(this.#operations, this.#keys, "invoice", invoiceIds);
        for (const id of invoiceIds) if (!ids.has(id)) misses.unknownInvoices.add(id);
        const compared = await this.#compared(this.#placed(payments, ids, misses.refused), new Set(left));
        takenForSame += compared.unchanged.filter(({ row }) => row.paymentId === undefined).length;
        return compared;
      },
    });
    return { ...counts, ...misses, takenForSame };
  }

  /** The places of payments with a known invoice that they can be of; the others are told. */
  #placed(
    payments: readonly ImportedPayment[],
    ids: ReadonlyMap<string, DocumentId>,
    refused: Map<ImportedPayment, ItemError>,
  ): Placed[] {
    return payments.flatMap((record) => {
      const invoice = ids.get(record.row.invoiceId);
      if (invoice === undefined) return [];
      const payment = paymentOf(record, { currency: currencySchema.parse(invoice.currency) });
      if (!payment.ok) {
        const { column: path = "", reason: code, message } = payment;
        refused.set(record, { path, code, message });
        return [];
      }
      const { invoiceId } = payment.value;
      const key = this.#keys.payment(invoice.customerId, invoice.on, invoiceId, placeOf(payment.value));
      return [{ record, payment: payment.value, invoice, key }];
    });
  }

  async #compared(placed: readonly Placed[], left: ReadonlySet<ImportedPayment>): Promise<ReadToSave<ImportedPayment>> {
    const wanted = placed.filter(({ record }) => left.has(record));
    const stored = await this.#operations.batchGet(wanted.map(({ key }) => key));
    const known = new Map(stored.map((item) => [`${String(item["pk"])} ${String(item["sk"])}`, item]));
    const unchanged: ImportedPayment[] = [];
    const differing: RecordWrites<ImportedPayment>[] = [];
    for (const one of wanted) {
      const before = known.get(`${one.key.pk} ${one.key.sk}`);
      if (before !== undefined && isSame(before, one.payment)) unchanged.push(one.record);
      else differing.push(this.#writes(one, before !== undefined));
    }
    return { unchanged, differing };
  }

  #writes({ record, payment, invoice, key }: Placed, isKnown: boolean): RecordWrites<ImportedPayment> {
    const { invoiceId: paymentOfInvoice, ...rest } = payment;
    const Item: Key & StoredItem = { ...key, paymentOf: paymentOfInvoice, ...rest };
    return {
      record,
      outcome: isKnown ? "changed" : "created",
      writes: [{ Put: { Item, ...(isKnown ? {} : mustBeNew) } }],
      shared: new Map([...this.#events(invoice), this.#isInPlace(invoice)]),
      groupKey: shardOf(invoice.customerId),
    };
  }

  #events({ customerId, on }: DocumentId): ReadonlyMap<string, TransactWrite> {
    const changed: DomainEvent = { type: "invoice-changed", customerId, on };
    return eventWrites(this.#subscriber, [changed]);
  }

  /**
   * A write that fails if the invoice has moved, or is in another currency, since it was read. It counts the payment, so
   * that a concurrent move fails.
   */
  #isInPlace({ id, customerId, on, currency = "" }: DocumentId): [string, TransactWrite] {
    const Key = this.#keys.documentId("invoice", id);
    return [
      Key.pk,
      {
        Update: {
          Key,
          UpdateExpression: "ADD payments :one",
          ConditionExpression: "customerId = :customerId AND #on = :on AND currency = :currency",
          ExpressionAttributeNames: { "#on": "on" },
          ExpressionAttributeValues: { ":customerId": customerId, ":on": on, ":currency": currency, ":one": 1 },
        },
      },
    ];
  }

  /**
   * Takes one payment of an invoice back; `undefined` when the invoice is not known. The companion writes are in the same
   * transaction.
   */
  async takeBack(
    invoiceId: InvoiceId,
    sought: PaymentSought,
    companionOf?: CompanionWritesOf<Receivable>,
  ): Promise<Revised<Receivable> | UnknownPayment | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const stored = await this.#reader.stored(invoiceId);
      if (stored === undefined) return undefined;
      const gone = rowSought(stored, sought);
      if (gone === undefined) return refuse("unknown-payment", `invoice ${invoiceId} has no such payment`);
      const left = { ...stored, rows: stored.rows.filter((row) => row !== gone) };
      const document = withPayments(stored.imports, paidOf(left));
      const writes = [
        { Delete: { Key: gone.key, ConditionExpression: "attribute_exists(pk)" } },
        this.#isInPlace(stored.before)[1],
        ...this.#events(stored.before).values(),
        ...writesOf(companionOf?.(document)),
      ];
      if (await this.#operations.transact(writes)) return { outcome: "changed", document };
    }
    throw new ContentionError(`invoice ${invoiceId} keeps being changed by other writers: try again`);
  }
}

/** Where a payment lies below its invoice. */
const placeOf = ({ paymentId, paidOn, amountMinor, ordinal }: Payment): string =>
  paymentId === undefined ? `P#${paidOn}#${amountMinor}#${ordinal}` : `P#id#${paymentId}`;

const isSame = (stored: StoredItem, { paidOn, amountMinor }: Payment): boolean =>
  stored["paidOn"] === paidOn && stored["amountMinor"] === amountMinor;

/** The payment that is sought; of several equal ones the last. */
function rowSought({ rows, imports }: StoredInvoice, sought: PaymentSought): StoredInvoice["rows"][number] | undefined {
  if ("paymentId" in sought) return rows.find(({ paymentId }) => paymentId === sought.paymentId);
  const amount = exactMinor(sought.amount, imports.invoice.currency);
  return rows.findLast((row) => amount.ok && row.paidOn === sought.paidOn && row.amountMinor === amount.value);
}
