import { IntList } from "../platform/int-list.ts";
import type { Period } from "../platform/period.ts";
import type { ItemId } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import type { Baskets } from "./pairs.ts";

const MILLIONTHS = 1e6;

/** What every customer bought of an item in a window; the entries of item `i` are `first[i] .. first[i + 1] - 1`. */
export interface QuantityTable {
  readonly first: Int32Array;
  /** Ascending within an item. */
  readonly customer: Int32Array;
  /** Net, in whole millionths of base units, above 0. */
  readonly quantity: Float64Array;
}

/** Orders as baskets, and window totals by item, of all customers: a few bytes an order line. */
export class Purchases {
  readonly #orders: Period;
  readonly #window: Period;
  readonly #firstItem = new IntList();
  readonly #items = new IntList();
  readonly #names: ItemId[] = [];
  readonly #numbers = new Map<ItemId, number>();
  readonly #entryItem = new IntList();
  readonly #entryCustomer = new IntList();
  readonly #entryQuantity: number[] = [];
  #customers = 0;

  /** `orders`: the days of the orders that are counted; `window`: the days of the window totals. */
  constructor(orders: Period, window: Period) {
    this.#orders = orders;
    this.#window = window;
  }

  /** Adds a customer, whose history may be reused afterwards. */
  add({ documents, itemOf }: Pick<History, "documents" | "itemOf">): void {
    const { count, day, isCredit, firstLine, item, quantity } = documents;
    const totals = new Map<number, number>();
    for (let d = 0; d < count; d += 1) {
      const on = day[d] ?? 0;
      const isCounted = isCredit[d] !== 1 && on >= this.#orders.from && on <= this.#orders.to;
      const isInWindow = on >= this.#window.from && on <= this.#window.to;
      if (!isCounted && !isInWindow) continue;
      const bought = new Map<number, number>();
      for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
        const card = itemOf(item[l] ?? -1);
        if (card.isGoods) add(bought, this.#numberOf(card.itemId), Math.round((quantity[l] ?? 0) * MILLIONTHS));
      }
      if (isCounted) this.#addBasket(bought);
      if (isInWindow) for (const [number, units] of bought) add(totals, number, units);
    }
    for (const [number, units] of totals) if (units > 0) this.#addEntry(number, units);
    this.#customers += 1;
  }

  /** Numbers of its own, because those of a history need not be the tenant's. */
  #numberOf(itemId: ItemId): number {
    const known = this.#numbers.get(itemId);
    if (known !== undefined) return known;
    this.#numbers.set(itemId, this.#names.length);
    return this.#names.push(itemId) - 1;
  }

  #addBasket(bought: ReadonlyMap<number, number>): void {
    const start = this.#items.length;
    for (const [number, units] of bought) if (units > 0) this.#items.push(number);
    if (this.#items.length > start) this.#firstItem.push(start);
  }

  #addEntry(item: number, quantity: number): void {
    this.#entryItem.push(item);
    this.#entryCustomer.push(this.#customers);
    this.#entryQuantity.push(quantity);
  }

  nameOf(number: number): ItemId {
    const name = this.#names[number];
    if (name === undefined) throw new Error(`item number ${number} was never given`);
    return name;
  }

  baskets(): Baskets {
    const firstItem = Int32Array.from([...this.#firstItem.view(), this.#items.length]);
    return { count: this.#firstItem.length, firstItem, items: this.#items.view() };
  }

  /** The window totals by item: customers come in ascending order, so a stable count by item is sorted. */
  quantities(): QuantityTable {
    const items = this.#entryItem.view();
    const first = new Int32Array(this.#names.length + 1);
    for (const item of items) first[item + 1] = (first[item + 1] ?? 0) + 1;
    for (let item = 1; item < first.length; item += 1) first[item] = (first[item] ?? 0) + (first[item - 1] ?? 0);
    const next = first.slice();
    const customer = new Int32Array(items.length);
    const quantity = new Float64Array(items.length);
    const customers = this.#entryCustomer.view();
    items.forEach((item, entry) => {
      const at = next[item] ?? 0;
      next[item] = at + 1;
      customer[at] = customers[entry] ?? 0;
      quantity[at] = this.#entryQuantity[entry] ?? 0;
    });
    return { first, customer, quantity };
  }
}

const add = (sums: Map<number, number>, key: number, value: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + value);
