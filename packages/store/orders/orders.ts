import { rowAs } from "@regulars/core/platform/unreadable-row";
import * as z from "zod";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { DomainEvent } from "@regulars/core/platform/domain-event";
import { type Order, orderSchema } from "@regulars/core/orders/order";
import type { DocumentPage, PageRequest } from "@regulars/core/platform/paging";
import type { Revised } from "@regulars/core/imports/record-store";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import { type CustomerId, type Day, type OrderId, toInstant } from "@regulars/core/platform/values";
import { contentHash } from "../engine/content-hash.ts";
import { type DocumentId, claimDocumentId, findDocumentId, findDocumentIds } from "../customers/document-ids.ts";
import { type EventSubscriber, eventWrites } from "../engine/event-writes.ts";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import type { Keys } from "../keys.ts";
import { shardOf } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { lineText, parseLine } from "./order-line.ts";
import { newestFirst, documentPageOf } from "../engine/document-pages.ts";
import type { People } from "../customers/people.ts";
import type { WriteGroup } from "../engine/packing.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "../engine/save-groups.ts";
import { writesOf } from "../engine/companion-writes.ts";

const MAX_ROUNDS = 12;

/** Id rows of orders, by id. */
type StoredIds = ReadonlyMap<string, DocumentId>;

/** An order as it is stored: each line is one text. */
const storedOrderSchema = orderSchema.extend({ orderedAt: z.string(), lines: z.array(z.string()) });

/** Saves and reads orders and credits: one readable item each, with its lines. */
export class Orders {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #numbers: ItemNumbers;
  readonly #customers: Pick<People, "ensureCustomers">;
  readonly #subscriber: EventSubscriber;

  constructor(
    operations: Operations,
    keys: Keys,
    numbers: ItemNumbers,
    customers: Pick<People, "ensureCustomers">,
    subscriber: EventSubscriber,
  ) {
    this.#operations = operations;
    this.#keys = keys;
    this.#numbers = numbers;
    this.#customers = customers;
    this.#subscriber = subscriber;
  }

  /**
   * Saves whole orders. An unchanged order costs half a read unit; a changed one replaces the stored one, also in
   * another customer or day. An order of `partial` does not replace a stored one. Each is written in one transaction
   * with its id row and the dirty marker of its customer-year. `known`: their id rows, as they were read just now.
   */
  async save(
    orders: readonly Order[],
    partial: ReadonlySet<OrderId> = new Set(),
    note?: NoteSaved<Order>,
    known?: StoredIds,
  ): Promise<SaveCounts> {
    let first = known;
    return saveRecords(this.#operations, orders, {
      name: "orders",
      note,
      read: (left) => {
        const ids = first;
        first = undefined;
        return this.#compared(left, partial, ids);
      },
    });
  }

  /** The id rows of those orders that are stored. */
  storedIds(orders: readonly Order[]): Promise<StoredIds> {
    return findDocumentIds(
      this.#operations,
      this.#keys,
      "order",
      orders.map((order) => order.orderId),
    );
  }

  /** The writes of an order of which nobody has told before, and the events that go with them. */
  newOrder(order: Order): { readonly writes: readonly TransactWrite[]; readonly shared: WriteGroup["shared"] } {
    return this.#writesOf(order, contentHash(order), undefined);
  }

  async #compared(
    orders: readonly Order[],
    partial: ReadonlySet<OrderId>,
    known?: StoredIds,
  ): Promise<ReadToSave<Order>> {
    const ids = known ?? (await this.storedIds(orders));
    const wanted = orders.map((order) => ({ order, hash: contentHash(order), before: ids.get(order.orderId) }));
    const differing = wanted.filter(
      ({ order, hash, before }) => before?.hash !== hash && !(before !== undefined && partial.has(order.orderId)),
    );
    const changing = new Set(differing.map(({ order }) => order));
    await this.#customers.ensureCustomers(differing.map(({ order }) => order.customerId));
    await this.#numbers.intern(differing.flatMap(({ order }) => order.lines));
    const groups = differing
      .toSorted((a, b) =>
        a.order.customerId < b.order.customerId ? -1 : a.order.customerId > b.order.customerId ? 1 : 0,
      )
      .map(({ order, hash, before }): RecordWrites<Order> => ({
        record: order,
        outcome: before === undefined ? "created" : "changed",
        groupKey: shardOf(order.customerId),
        ...this.#writesOf(order, hash, before),
      }));
    return { unchanged: orders.filter((order) => !changing.has(order)), differing: groups };
  }

  #writesOf(order: Order, hash: string, before: DocumentId | undefined) {
    const key = this.#keys.order(order.customerId, order.orderedOn, order.orderId);
    const { orderId: id, customerId, orderedOn: on } = order;
    const writes: TransactWrite[] = [
      { Put: { Item: { ...key, ...storedForm(order), ...(order.status === "draft" ? this.#draftIndex(order) : {}) } } },
      claimDocumentId(this.#keys.documentId("order", id), { id, customerId, on, hash }, before),
    ];
    const changed: DomainEvent[] = [{ type: "order-changed", customerId, on }];
    if (before !== undefined && (before.customerId !== customerId || before.on !== on)) {
      writes.push({ Delete: { Key: this.#keys.order(before.customerId, before.on, order.orderId) } });
      changed.push({ type: "order-changed", customerId: before.customerId, on: before.on });
    }
    return { writes, shared: eventWrites(this.#subscriber, changed) };
  }

  async find(orderId: OrderId): Promise<Order | undefined> {
    return (await this.#stored(orderId))?.order;
  }

  /** An order with its id row. Reads again until the order is where its id row says. */
  async #stored(orderId: OrderId): Promise<{ readonly before: DocumentId; readonly order: Order } | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const before = await findDocumentId(this.#operations, this.#keys.documentId("order", orderId));
      if (before === undefined) return undefined;
      const item = await this.#operations.get(this.#keys.order(before.customerId, before.on, orderId));
      if (item !== undefined) return { before, order: orderOf(item) };
    }
    throw new Error(`order ${orderId} is not stored where its id row says`);
  }

  /**
   * Replaces one order by what `change` returns, unless nothing differs. The companion writes are in the same
   * transaction.
   */
  async revise(
    orderId: OrderId,
    change: (order: Order) => Order,
    companionOf?: CompanionWritesOf<Order>,
  ): Promise<Revised<Order> | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const stored = await this.#stored(orderId);
      if (stored === undefined) return undefined;
      const document = change(stored.order);
      const hash = contentHash(document);
      if (hash === stored.before.hash) return { outcome: "unchanged", document };
      await this.#numbers.intern(document.lines);
      const { writes, shared } = this.#writesOf(document, hash, stored.before);
      const companion = writesOf(companionOf?.(document));
      if (await this.#operations.transact([...writes, ...shared.values(), ...companion]))
        return { outcome: "changed", document };
    }
    throw new ContentionError(`order ${orderId} keeps being changed by other writers: try again`);
  }

  /** A customer's orders, newest first. */
  async recent(customerId: CustomerId, page: PageRequest<OrderId>): Promise<DocumentPage<Order, OrderId>> {
    const before = page.before && this.#keys.order(customerId, page.before.on, page.before.id);
    const found: Order[] = [];
    for await (const item of this.#operations.query(newestFirst(this.#keys.orders(customerId), before, page.limit))) {
      found.push(orderOf(item));
      if (found.length > page.limit) break;
    }
    return documentPageOf(found, page.limit, ({ orderedOn: on, orderId: id }) => ({ on, id }));
  }

  /** Only drafts are in an index: they are read whatever their day. */
  #draftIndex({ customerId, orderId }: Order) {
    return { g1p: this.#keys.drafts(), g1s: `${customerId}#${orderId}` };
  }

  async *drafts(): AsyncGenerator<Order> {
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :drafts",
      ExpressionAttributeValues: { ":drafts": this.#keys.drafts() },
    }))
      yield orderOf(item);
  }

  /** A customer's orders and credits of one day. */
  async *ofDay(customerId: CustomerId, on: Day): AsyncGenerator<Order> {
    for await (const item of this.#operations.partition(this.#keys.orders(customerId), `${on}#`, false))
      yield orderOf(item);
  }

  /** The last day from `from` to `to` with a quote for a customer. */
  async lastQuoteOf(customerId: CustomerId, from: Day, to: Day): Promise<Day | undefined> {
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      FilterExpression: "#status = :quote",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":pk": this.#keys.orders(customerId),
        ":from": `${from}#`,
        ":to": `${to}#~`,
        ":quote": "quote",
      },
      ScanIndexForward: false,
    }))
      return orderOf(item).orderedOn;
    return undefined;
  }

  yearsOf(customerId: CustomerId): Promise<number[]> {
    return this.#operations.years(this.#keys.orders(customerId));
  }

  /** A customer's orders of one year, in day order. */
  async *ofYear(customerId: CustomerId, year: number): AsyncGenerator<Order> {
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": this.#keys.orders(customerId),
        ":from": `${year}-01-01`,
        ":to": `${year}-12-32`,
      },
      ConsistentRead: true,
    }))
      yield orderOf(item);
  }
}

const storedForm = (order: Order) => ({ ...order, lines: order.lines.map(lineText) });

function orderOf(item: unknown): Order {
  const { lines, orderedAt, ...order } = rowAs(storedOrderSchema, item);
  return { ...order, orderedAt: toInstant(Date.parse(orderedAt)), lines: lines.map(parseLine) };
}
