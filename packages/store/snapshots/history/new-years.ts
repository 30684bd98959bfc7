import { randomUUID } from "node:crypto";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { Order } from "@regulars/core/orders/order";
import type { SaveCounts } from "@regulars/core/platform/save-counts";
import type { CustomerId, OrderId } from "@regulars/core/platform/values";
import type { ItemNumbers } from "../../catalog/item-numbers.ts";
import type { People } from "../../customers/people.ts";
import type { Operations } from "../../engine/operations.ts";
import { type Condition, mustBeNew } from "../../engine/own-write.ts";
import { type TransactWrite, TRANSACTION_BYTES } from "../../engine/transact-write.ts";
import { type WriteGroup, runGrouped } from "../../engine/packing.ts";
import { writeGroups } from "../../engine/save-groups.ts";
import type { Keys } from "../../keys.ts";
import type { Orders } from "../../orders/orders.ts";
import { chunkKey, markKey } from "../projections.ts";
import { history, packedOrders } from "./history.ts";

/** Most orders of one transaction: each is two writes, and with the chunk, its marker and the profile they are below 100. */
const ORDERS_TOGETHER = 48;
/** Most of the orders' bytes as JSON in one transaction; DynamoDB takes 4 MB. */
const BYTES_TOGETHER = 2_000_000;

/** Orders of one customer-year that are written in one transaction. */
interface YearPart extends WriteGroup {
  readonly orders: readonly Order[];
  /** The customer's place in the batch: what is written of one customer is written one after the other. */
  readonly groupKey: number;
}

interface Parts {
  readonly operations: Operations;
  readonly keys: Keys;
  readonly orders: Orders;
  readonly people: Pick<People, "profiles" | "newCustomer">;
  readonly numbers: ItemNumbers;
  readonly chunkLimitBytes: number;
}

/** The part of an import store that saves the orders of whole customers. */
export function savingNewYears(parts: Parts): Pick<ImportStore, "saveOrdersOfCustomers"> {
  const years = new NewYears(parts);
  return { saveOrdersOfCustomers: (orders, partial) => years.save(orders, partial) };
}

/**
 * Saves the orders of customers who are imported whole. A customer-year of which nothing is stored is written with its
 * chunk and a marker that is clean already, so that it need not be read and packed again; whatever else there is, is
 * saved as usual and packed by the next rebuild.
 */
class NewYears {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Like `Orders.save`. It is right too when more orders of a year come later: they make its marker dirty. */
  async save(orders: readonly Order[], partial: ReadonlySet<OrderId> = new Set()): Promise<SaveCounts> {
    const ids = await this.#parts.orders.storedIds(orders);
    const years = [...Map.groupBy(orders, yearOf).values()];
    const fresh = years.filter((year) => year.every(({ orderId }) => !ids.has(orderId)));
    if (fresh.length === 0) return this.#parts.orders.save(orders, partial, undefined, ids);
    const saved = new Set<Order>();
    await this.#parts.numbers.intern(fresh.flat().flatMap(({ lines }) => lines));
    await runGrouped(
      await this.#yearParts(fresh),
      ({ groupKey }) => groupKey,
      async ({ groups }) => {
        const lost = await writeGroups(this.#parts.operations, groups);
        for (const group of groups) if (!lost.has(group)) for (const order of group.orders) saved.add(order);
      },
    );
    const left = orders.filter((order) => !saved.has(order));
    const isAsRead = left.every(({ orderId }) => ids.has(orderId));
    const counts = await this.#parts.orders.save(left, partial, undefined, isAsRead ? ids : undefined);
    return { ...counts, created: counts.created + saved.size };
  }

  /** The parts of years, those of one customer one after the other; the first makes a customer who is not known. */
  async #yearParts(years: readonly (readonly Order[])[]): Promise<YearPart[]> {
    const customerIds = new Set(years.flatMap(([first]) => (first === undefined ? [] : [first.customerId])));
    const places = new Map([...customerIds].map((customerId, i) => [customerId, i]));
    const known = await this.#parts.people.profiles([...customerIds]);
    const made = new Set<CustomerId>(known.keys());
    const parts: YearPart[] = [];
    for (const year of years) {
      const [first] = year;
      if (first === undefined) continue;
      const profile = made.has(first.customerId) ? [] : [this.#parts.people.newCustomer(first.customerId)];
      made.add(first.customerId);
      const place = places.get(first.customerId) ?? 0;
      parts.push(...(await this.#partsOf(year, { first, place, profile })));
    }
    return parts;
  }

  /**
   * A year that is too large for one transaction has a dirty marker until its last part. Each part is written on the
   * condition that the marker is as the part before has left it: nobody else has written an order of this year.
   */
  async #partsOf(
    year: readonly Order[],
    { first, place, profile }: { first: Order; place: number; profile: readonly TransactWrite[] },
  ): Promise<YearPart[]> {
    const { customerId, orderedOn } = first;
    const number = Number(orderedOn.slice(0, 4));
    const { bytes, lastDay } = await packedOrders(year, this.#parts.numbers);
    const fits = bytes.length <= this.#parts.chunkLimitBytes;
    const mark = markKey(this.#parts.keys, history, customerId, number);
    const b = randomUUID();
    const written = inParts(year.map((order) => ({ order, ...this.#parts.orders.newOrder(order) })));
    return written.map((part, i): YearPart => {
      const isLast = fits && i === written.length - 1;
      const before: Condition =
        i === 0
          ? mustBeNew
          : { ConditionExpression: "n = :n AND b = :b", ExpressionAttributeValues: { ":n": i, ":b": b } };
      const shared = new Map(part.flatMap((one) => [...one.shared]).filter(([name]) => name !== mark.sk));
      return {
        orders: part.map(({ order }) => order),
        groupKey: place,
        // Parts of one year write the same marker, so each fills a transaction of its own.
        bytes: written.length > 1 ? TRANSACTION_BYTES : part.reduce((sum, one) => sum + one.bytes, bytes.length * 2),
        shared,
        writes: [
          ...(i === 0 ? profile : []),
          ...part.flatMap(({ writes }) => writes),
          { Put: { Item: { ...mark, n: i + 1, b, ...(isLast ? { c: i + 1 } : {}) }, ...before } },
          ...(isLast
            ? [
                {
                  Put: {
                    Item: { ...chunkKey(this.#parts.keys, history, customerId, number), v: bytes, r: 1, l: lastDay },
                    ...mustBeNew,
                  },
                },
              ]
            : []),
        ],
      };
    });
  }
}

const yearOf = ({ customerId, orderedOn }: Order): string => `${orderedOn.slice(0, 4)} ${customerId}`;

type Written = { readonly order: Order } & ReturnType<Orders["newOrder"]>;

/** Splits the writes of orders so that each part fits into one transaction. */
function inParts(orders: readonly Written[]): (Written & { readonly bytes: number })[][] {
  const parts: (Written & { readonly bytes: number })[][] = [];
  let total = 0;
  for (const one of orders) {
    const bytes = JSON.stringify(one.writes).length;
    const part = parts.at(-1);
    total += bytes;
    if (part === undefined || part.length === ORDERS_TOGETHER || total > BYTES_TOGETHER) {
      parts.push([{ ...one, bytes }]);
      total = bytes;
    } else part.push({ ...one, bytes });
  }
  return parts;
}
