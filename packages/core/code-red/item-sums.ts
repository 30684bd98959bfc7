import type { Period } from "../platform/period.ts";
import type { History } from "../snapshots/history.ts";
import { type ItemPlaces, firstDocumentAfter, itemPlacesOf } from "../snapshots/item-places.ts";

/**
 * What is summed up of each of a customer's items in two periods, by its place. Quantities are whole millionths, so that
 * comparisons are exact; values are in minor units, lines without a rate are in neither.
 */
export interface ItemSums {
  readonly places: ItemPlaces;
  readonly current: Float64Array;
  readonly previous: Float64Array;
  readonly currentMinor: Float64Array;
  readonly previousMinor: Float64Array;
  /** Orders with the item; credits are none. */
  readonly ordersCurrent: Int32Array;
  readonly ordersPrevious: Int32Array;
  /** The day of the last order with the item in either period; none without one. */
  readonly lastDay: Int32Array;
  /** The customer's orders with goods in each period. */
  readonly allCurrent: number;
  readonly allPrevious: number;
}

export const MILLIONTHS = 1e6;
/** Of an item without an order in the periods. */
export const NO_DAY = -(2 ** 31);

class Sums implements ItemSums {
  places: ItemPlaces = { count: 0, items: new Int32Array(), ofLine: new Int32Array() };
  current = new Float64Array(256);
  previous = new Float64Array(256);
  currentMinor = new Float64Array(256);
  previousMinor = new Float64Array(256);
  ordersCurrent = new Int32Array(256);
  ordersPrevious = new Int32Array(256);
  lastDay = new Int32Array(256);
  allCurrent = 0;
  allPrevious = 0;
  #lastDocument = new Int32Array(256);

  fill(history: History, current: Period, previous: Period): void {
    this.places = itemPlacesOf(history);
    this.#clear(this.places.count);
    const { documents } = history;
    const { count, day } = documents;
    const to = Math.max(current.to, previous.to);
    let d = firstDocumentAfter(documents, Math.min(current.from, previous.from) - 1);
    for (; d < count && (day[d] ?? 0) <= to; d += 1) {
      const on = day[d] ?? 0;
      const isCurrent = on >= current.from && on <= current.to;
      const isPrevious = on >= previous.from && on <= previous.to;
      if (isCurrent || isPrevious) this.#add(history, d, isCurrent, isPrevious);
    }
  }

  #clear(count: number): void {
    if (this.current.length < count) this.#grow(count * 2);
    for (const sums of [this.current, this.previous, this.currentMinor, this.previousMinor]) sums.fill(0, 0, count);
    this.ordersCurrent.fill(0, 0, count);
    this.ordersPrevious.fill(0, 0, count);
    this.lastDay.fill(NO_DAY, 0, count);
    this.#lastDocument.fill(-1, 0, count);
    this.allCurrent = 0;
    this.allPrevious = 0;
  }

  #grow(length: number): void {
    this.current = new Float64Array(length);
    this.previous = new Float64Array(length);
    this.currentMinor = new Float64Array(length);
    this.previousMinor = new Float64Array(length);
    this.ordersCurrent = new Int32Array(length);
    this.ordersPrevious = new Int32Array(length);
    this.lastDay = new Int32Array(length);
    this.#lastDocument = new Int32Array(length);
  }

  #add({ documents }: History, d: number, isCurrent: boolean, isPrevious: boolean): void {
    const { isCredit, firstLine, quantity, netMinor, day } = documents;
    const { ofLine } = this.places;
    const on = day[d] ?? 0;
    const isSale = isCredit[d] !== 1;
    const end = firstLine[d + 1] ?? 0;
    let isOrder = false;
    for (let l = firstLine[d] ?? 0; l < end; l += 1) {
      const place = ofLine[l] ?? -1;
      if (place < 0) continue;
      const bought = quantity[l] ?? 0;
      const net = netMinor[l] ?? Number.NaN;
      if (isCurrent) addTo(this.current, this.currentMinor, place, bought, net);
      if (isPrevious) addTo(this.previous, this.previousMinor, place, bought, net);
      if (!isSale || bought <= 0) continue;
      isOrder = true;
      if (this.#lastDocument[place] === d) continue;
      this.#lastDocument[place] = d;
      this.lastDay[place] = on;
      if (isCurrent) this.ordersCurrent[place] = (this.ordersCurrent[place] ?? 0) + 1;
      if (isPrevious) this.ordersPrevious[place] = (this.ordersPrevious[place] ?? 0) + 1;
    }
    if (!isOrder) return;
    if (isCurrent) this.allCurrent += 1;
    if (isPrevious) this.allPrevious += 1;
  }
}

function addTo(units: Float64Array, minor: Float64Array, place: number, bought: number, net: number): void {
  units[place] = (units[place] ?? 0) + Math.round(bought * MILLIONTHS);
  if (net === net) minor[place] = (minor[place] ?? 0) + net;
}

const sums = new Sums();

/** The sums of each of a customer's items, valid until the next are asked for. */
export function itemSumsOf(history: History, current: Period, previous: Period): ItemSums {
  sums.fill(history, current, previous);
  return sums;
}
