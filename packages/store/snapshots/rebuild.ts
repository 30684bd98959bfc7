import { isEffective } from "@regulars/core/orders/order";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { type Currency, type CustomerId, toDayNumber } from "@regulars/core/platform/values";
import { type ChunkDocument, encodeHistory } from "./history/history-chunk.ts";
import type { InvoiceReader } from "../invoices/invoice-reader.ts";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import type { Key, keysOf } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { Orders } from "../orders/orders.ts";
import { encodeReceivables } from "./receivables/receivables-chunk.ts";

/** The two packed projections of a customer-year, with the mark that says one is behind the truth. */
export const projections = {
  history: { part: "history", mark: "historyMark" },
  receivables: { part: "receivables", mark: "receivablesMark" },
} as const;
export type Projection = keyof typeof projections;

/** A mark as a reader found it: how often it was set, and the name it was made with. */
export interface Mark {
  readonly count: number;
  readonly birth: string;
}

/** What a rebuild found in the block: the mark, if there is one, and the revision of the chunk it replaces (0: none yet). */
export interface Stale {
  readonly projection: Projection;
  readonly customerId: CustomerId;
  readonly year: number;
  readonly mark: Mark | undefined;
  readonly revision: number;
}

/** Makes customer-years true again from the orders and invoices: one Query, one conditional Put, one Delete of the mark. */
export class Rebuilder {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #orders: Orders;
  readonly #invoices: InvoiceReader;
  readonly #numbers: ItemNumbers;
  readonly #base: Currency;

  constructor(parts: {
    readonly operations: Operations;
    readonly keys: ReturnType<typeof keysOf>;
    readonly orders: Orders;
    readonly invoices: InvoiceReader;
    readonly numbers: ItemNumbers;
    readonly base: Currency;
  }) {
    this.#operations = parts.operations;
    this.#keys = parts.keys;
    this.#orders = parts.orders;
    this.#invoices = parts.invoices;
    this.#numbers = parts.numbers;
    this.#base = parts.base;
  }

  /** The chunk as the truth has it now: without cancelled orders, and without invoices that are void. */
  async chunkOf(projection: Projection, customerId: CustomerId, year: number): Promise<Uint8Array> {
    if (projection === "history") return this.#historyOf(customerId, year);
    const receivables: Receivable[] = [];
    for await (const one of this.#invoices.ofYear(customerId, year)) if (one.isVoid !== true) receivables.push(one);
    return encodeReceivables(receivables, this.#base);
  }

  /** The years in which the customer has orders, or invoices. */
  yearsOf(projection: Projection, customerId: CustomerId): Promise<number[]> {
    return projection === "history" ? this.#orders.yearsOf(customerId) : this.#invoices.yearsOf(customerId);
  }

  async #historyOf(customerId: CustomerId, year: number): Promise<Uint8Array> {
    const orders = [];
    for await (const order of this.#orders.ofYear(customerId, year)) if (isEffective(order)) orders.push(order);
    await this.#numbers.intern(orders.flatMap((order) => order.lines));
    const documents: ChunkDocument[] = orders.map((order) => ({
      id: order.orderId,
      day: toDayNumber(order.orderedOn),
      isCredit: order.type === "credit",
      lines: order.lines.map((line) => ({ ...line, itemNumber: this.#numbers.numberOf(line) })),
    }));
    return encodeHistory(documents, this.#numbers.unitPriceOf);
  }

  /**
   * Stores the chunk unless another rebuild has stored a newer one since the block was read (`undefined` then: read
   * the block again). The mark goes only when no write has come in since; a crash before that leaves it standing.
   */
  async repair(stale: Stale): Promise<Uint8Array | undefined> {
    const { projection, customerId, year, mark, revision } = stale;
    const bytes = await this.chunkOf(projection, customerId, year);
    const stored = await this.#store(
      this.#keys.blockPart(customerId, { part: projections[projection].part, year }),
      bytes,
      revision,
    );
    if (!stored) return undefined;
    if (mark === undefined) return bytes;
    await this.#operations.delete(this.#keys.blockPart(customerId, { part: projections[projection].mark, year }), {
      ConditionExpression: "n = :count AND b = :birth",
      ExpressionAttributeValues: { ":count": mark.count, ":birth": mark.birth },
    });
    return bytes;
  }

  #store(key: Key, bytes: Uint8Array, revision: number): Promise<boolean> {
    const item = { ...key, v: bytes, r: revision + 1 };
    if (revision === 0) return this.#operations.put(item, { ConditionExpression: "attribute_not_exists(pk)" });
    return this.#operations.put(item, {
      ConditionExpression: "r = :revision",
      ExpressionAttributeValues: { ":revision": revision },
    });
  }
}
