import { IntList } from "../platform/int-list.ts";
import type { Period } from "../platform/period.ts";
import type { ItemId } from "../platform/values.ts";
import type { Documents } from "../snapshots/history.ts";
import { type ItemPlaces, type PlacedHistory, firstDocumentAfter, itemPlacesOf } from "../snapshots/item-places.ts";
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
  /** The numbers by those of the histories that share a catalogue. */
  readonly #known = new WeakMap<PlacedHistory["itemOf"], number[]>();
  readonly #scratch = new Scratch();
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
  add(history: PlacedHistory): void {
    const places = itemPlacesOf(history);
    const numbers = this.#numbersOf(history, places);
    this.#scratch.begin(places.count);
    const { documents } = history;
    const [orders, window] = [this.#orders, this.#window];
    const from = firstDocumentAfter(documents, Math.min(orders.from, window.from) - 1);
    for (let d = from; d < documents.count; d += 1) {
      const on = documents.day[d] ?? 0;
      const isCounted = documents.isCredit[d] !== 1 && on >= orders.from && on <= orders.to;
      const isInWindow = on >= window.from && on <= window.to;
      if (!isCounted && !isInWindow) continue;
      const items = this.#scratch.addDocument(documents, places, d, isInWindow);
      if (isCounted) this.#addBasket(numbers, items);
    }
    for (let place = 0; place < places.count; place += 1) {
      const units = this.#scratch.totals[place] ?? 0;
      if (units > 0) this.#addEntry(numbers[place] ?? -1, units);
    }
    this.#customers += 1;
  }

  /** Numbers of its own, because those of a history need not be the tenant's. */
  #numbersOf({ itemOf }: PlacedHistory, { count, items }: ItemPlaces): Int32Array {
    const known = this.#known.get(itemOf) ?? [];
    this.#known.set(itemOf, known);
    const numbers = this.#scratch.numbersFor(count);
    for (let place = 0; place < count; place += 1) {
      const item = items[place] ?? -1;
      numbers[place] = known[item] ??= this.#numberOf(itemOf(item).itemId);
    }
    return numbers;
  }

  #numberOf(itemId: ItemId): number {
    const known = this.#numbers.get(itemId);
    if (known !== undefined) return known;
    this.#numbers.set(itemId, this.#names.length);
    return this.#names.push(itemId) - 1;
  }

  #addBasket(numbers: Int32Array, items: number): void {
    const { bought, touched } = this.#scratch;
    const start = this.#items.length;
    const kept = this.#items.reserve(items);
    let end = start;
    for (let i = 0; i < items; i += 1) {
      const place = touched[i] ?? 0;
      if ((bought[place] ?? 0) > 0) kept[end++] = numbers[place] ?? -1;
    }
    this.#items.end(end);
    if (end > start) this.#firstItem.push(start);
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
    const count = this.#firstItem.length;
    const firstItem = new Int32Array(count + 1);
    firstItem.set(this.#firstItem.view());
    firstItem[count] = this.#items.length;
    return { count, firstItem, items: this.#items.view() };
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

/** What is summed up of one customer's items by their places; used again for the next customer. */
class Scratch {
  /** In the window. */
  totals = new Float64Array(256);
  /** In the last document, of the places in `touched`. */
  bought = new Float64Array(256);
  touched = new Int32Array(256);
  #numbers = new Int32Array(256);
  #document = new Int32Array(256);

  numbersFor(places: number): Int32Array {
    if (this.#numbers.length < places) this.#numbers = new Int32Array(places * 2);
    return this.#numbers;
  }

  begin(places: number): void {
    if (this.totals.length < places) {
      this.totals = new Float64Array(places * 2);
      this.bought = new Float64Array(places * 2);
      this.touched = new Int32Array(places * 2);
      this.#document = new Int32Array(places * 2);
    }
    this.totals.fill(0, 0, places);
    this.#document.fill(-1, 0, places);
  }

  /** The number of different items of a document. */
  addDocument({ firstLine, quantity }: Documents, { ofLine }: ItemPlaces, d: number, isInWindow: boolean): number {
    const { bought, touched } = this;
    const documents = this.#document;
    const end = firstLine[d + 1] ?? 0;
    let items = 0;
    for (let l = firstLine[d] ?? 0; l < end; l += 1) {
      const place = ofLine[l] ?? -1;
      if (place < 0) continue;
      const units = Math.round((quantity[l] ?? 0) * MILLIONTHS);
      if (documents[place] === d) bought[place] = (bought[place] ?? 0) + units;
      else {
        documents[place] = d;
        bought[place] = units;
        touched[items++] = place;
      }
    }
    if (isInWindow)
      for (let i = 0; i < items; i += 1) {
        const place = touched[i] ?? 0;
        this.totals[place] = (this.totals[place] ?? 0) + (bought[place] ?? 0);
      }
    return items;
  }
}
