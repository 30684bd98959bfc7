import { IntList } from "../platform/int-list.ts";
import type { Documents, History } from "./history.ts";

/** What places are made from. A history's order days are its own, so they tell whose documents are in the reused arrays. */
export type PlacedHistory = Pick<History, "documents" | "itemOf" | "orderDays">;

/**
 * A customer's goods, numbered from 0: what is summed up of each item lies in small arrays by this place, instead of maps
 * by item. Those bought last come first; goods that were only returned come last.
 */
export interface ItemPlaces {
  readonly count: number;
  /** The item number of each place. */
  readonly items: Int32Array;
  /** The place of each line; -1 for a charge. */
  readonly ofLine: Int32Array;
}

/** What is known of an item number: not met yet, a charge, or the place of goods + 2. */
const NONE = 0;
const CHARGE = 1;
const FIRST = 2;

class Places implements ItemPlaces {
  count = 0;
  items = new Int32Array(256);
  ofLine = new Int32Array(4_096);
  /** What is known of each item number of the customer. */
  #ofItem = new Int32Array(4_096);
  #met = new Int32Array(256);
  #metCount = 0;
  /** Documents with lines that were not bought, the last one first. */
  readonly #others = new IntList();
  #history: PlacedHistory | undefined;
  #documentCount = 0;

  isOf({ documents, orderDays }: PlacedHistory): boolean {
    const held = this.#history;
    return held?.orderDays === orderDays && held.documents === documents && this.#documentCount === documents.count;
  }

  fill(history: PlacedHistory): void {
    const { documents } = history;
    this.#forget();
    this.#history = history;
    this.#documentCount = documents.count;
    const lines = documents.firstLine[documents.count] ?? 0;
    if (this.ofLine.length < lines) this.ofLine = new Int32Array(lines * 2);
    this.#placeBought(history);
    this.#placeOthers(history);
  }

  #forget(): void {
    for (let i = 0; i < this.#metCount; i += 1) this.#ofItem[this.#met[i] ?? 0] = NONE;
    this.#metCount = 0;
    this.count = 0;
  }

  /** Places what was bought, the last order first. */
  #placeBought(history: PlacedHistory): void {
    const { count, isCredit, firstLine, item, quantity } = history.documents;
    const { ofLine } = this;
    let ofItem = this.#ofItem;
    for (let d = count - 1; d >= 0; d -= 1) {
      const end = firstLine[d + 1] ?? 0;
      let hasOthers = isCredit[d] === 1;
      for (let l = hasOthers ? end : (firstLine[d] ?? 0); l < end; l += 1) {
        if (!((quantity[l] ?? 0) > 0)) {
          hasOthers = true;
          continue;
        }
        const known = ofItem[item[l] ?? 0] ?? NONE;
        if (known !== NONE) ofLine[l] = known - FIRST;
        else {
          ofLine[l] = this.#add(item[l] ?? 0, history);
          ofItem = this.#ofItem;
        }
      }
      if (hasOthers) this.#others.push(d);
    }
  }

  #placeOthers(history: PlacedHistory): void {
    const { isCredit, firstLine, item, quantity } = history.documents;
    const others = this.#others.view();
    for (let i = others.length - 1; i >= 0; i -= 1) {
      const d = others[i] ?? 0;
      const end = firstLine[d + 1] ?? 0;
      const isOrder = isCredit[d] !== 1;
      for (let l = firstLine[d] ?? 0; l < end; l += 1) {
        if (isOrder && (quantity[l] ?? 0) > 0) continue;
        const known = this.#ofItem[item[l] ?? 0] ?? NONE;
        this.ofLine[l] = known === NONE ? this.#add(item[l] ?? 0, history) : known - FIRST;
      }
    }
    this.#others.clear();
  }

  /** The place of an item that is met for the first time. */
  #add(item: number, { itemOf }: PlacedHistory): number {
    const { isGoods } = itemOf(item);
    if (item >= this.#ofItem.length) this.#ofItem = grown(this.#ofItem, item * 2);
    if (this.#metCount === this.#met.length) this.#met = grown(this.#met, this.#metCount * 2);
    this.#met[this.#metCount] = item;
    this.#metCount += 1;
    this.#ofItem[item] = isGoods ? this.count + FIRST : CHARGE;
    if (!isGoods) return -1;
    if (this.count === this.items.length) this.items = grown(this.items, this.count * 2);
    this.items[this.count] = item;
    this.count += 1;
    return this.count - 1;
  }
}

function grown(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(from);
  return larger;
}

const places = new Places();

/** The places of a customer's items, valid until another customer's are asked for. Made once for all who ask in turn. */
export function itemPlacesOf(history: PlacedHistory): ItemPlaces {
  if (!places.isOf(history)) places.fill(history);
  return places;
}

/** Which item numbers are goods, as bytes: this is asked for each line of all customers that share a catalogue. */
class Goods {
  readonly #itemOf: History["itemOf"];
  #known = new Uint8Array(4_096);

  constructor(itemOf: History["itemOf"]) {
    this.#itemOf = itemOf;
  }

  has(item: number): boolean {
    const known = this.#known[item];
    return known === IS_GOODS || (known !== IS_CHARGE && this.#ask(item));
  }

  #ask(item: number): boolean {
    const { isGoods } = this.#itemOf(item);
    if (item >= this.#known.length) {
      const larger = new Uint8Array(item * 2);
      larger.set(this.#known);
      this.#known = larger;
    }
    this.#known[item] = isGoods ? IS_GOODS : IS_CHARGE;
    return isGoods;
  }
}

const IS_GOODS = 1;
const IS_CHARGE = 2;

const goodsByCatalog = new WeakMap<History["itemOf"], Goods>();

export function goodsOf({ itemOf }: Pick<History, "itemOf">): Goods {
  const known = goodsByCatalog.get(itemOf);
  if (known !== undefined) return known;
  const goods = new Goods(itemOf);
  goodsByCatalog.set(itemOf, goods);
  return goods;
}

/** The first document after a day: documents are in day order. */
export function firstDocumentAfter({ day, count }: Pick<Documents, "day" | "count">, after: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((day[middle] ?? 0) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
