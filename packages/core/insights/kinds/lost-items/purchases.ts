import type { History } from "../../../snapshots/history.ts";
import { type ItemPlaces, firstDocumentAfter, itemPlacesOf } from "../../../snapshots/item-places.ts";

/** One item's purchases by one customer: day, document and quantity, in day order. */
export interface Purchases {
  readonly days: number[];
  readonly documents: string[];
  readonly quantities: number[];
  readonly netMinor: number[];
}

/**
 * The days on which each of a customer's items was bought, ascending; those of a place are `first .. end - 1`. Returns
 * never count as containing an item (docs/reference/insights.md G8).
 */
interface ItemDays {
  readonly places: ItemPlaces;
  readonly days: Int32Array;
  readonly first: Int32Array;
  readonly end: Int32Array;
}

class Days implements ItemDays {
  places: ItemPlaces = { count: 0, items: new Int32Array(), ofLine: new Int32Array() };
  days = new Int32Array(4_096);
  first = new Int32Array(256);
  end = new Int32Array(256);

  fill(history: History, after: number): void {
    const { documents } = history;
    this.places = itemPlacesOf(history);
    const from = firstDocumentAfter(documents, after);
    this.#makeRoom(documents, from);
    const { ofLine } = this.places;
    const { count, day, isCredit, firstLine, quantity } = documents;
    for (let d = from; d < count; d += 1) {
      if (isCredit[d] === 1) continue;
      const on = day[d] ?? 0;
      const last = firstLine[d + 1] ?? 0;
      for (let l = firstLine[d] ?? 0; l < last; l += 1) {
        const place = ofLine[l] ?? -1;
        if (place >= 0 && (quantity[l] ?? 0) > 0) this.#note(place, on);
      }
    }
  }

  /** As many days for each item as it has lines. */
  #makeRoom({ count, firstLine }: History["documents"], from: number): void {
    const { count: places, ofLine } = this.places;
    const [begin, lines] = [firstLine[from] ?? 0, firstLine[count] ?? 0];
    if (this.first.length < places) this.first = new Int32Array(places * 2);
    if (this.end.length < places) this.end = new Int32Array(places * 2);
    if (this.days.length < lines) this.days = new Int32Array(lines * 2);
    this.end.fill(0, 0, places);
    for (let l = begin; l < lines; l += 1) {
      const place = ofLine[l] ?? -1;
      if (place >= 0) this.end[place] = (this.end[place] ?? 0) + 1;
    }
    let at = 0;
    for (let place = 0; place < places; place += 1) {
      this.first[place] = at;
      at += this.end[place] ?? 0;
      this.end[place] = this.first[place] ?? 0;
    }
  }

  #note(place: number, on: number): void {
    const end = this.end[place] ?? 0;
    if (end > (this.first[place] ?? 0) && this.days[end - 1] === on) return;
    this.days[end] = on;
    this.end[place] = end + 1;
  }
}

const itemDays = new Days();

/** The days after `after`, valid until the next are asked for. */
export function itemDaysOf(history: History, after: number): ItemDays {
  itemDays.fill(history, after);
  return itemDays;
}

/** Whether an item was bought after a day. */
export function isBoughtAfter(history: History, itemId: string, after: number): boolean {
  const { documents, itemOf } = history;
  const { items, ofLine } = itemPlacesOf(history);
  const { count, isCredit, firstLine, quantity } = documents;
  for (let d = firstDocumentAfter(documents, after); d < count; d += 1) {
    if (isCredit[d] === 1) continue;
    for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
      const place = ofLine[l] ?? -1;
      if (place >= 0 && (quantity[l] ?? 0) > 0 && itemOf(items[place] ?? -1).itemId === itemId) return true;
    }
  }
  return false;
}

/** The purchases of one goods item after a day, for the few whose evidence is made. */
export function purchasesOf(history: History, item: number, after: number): Purchases {
  const { documents } = history;
  const bought: Purchases = { days: [], documents: [], quantities: [], netMinor: [] };
  for (let d = documents.count - 1; d >= 0 && (documents.day[d] ?? 0) > after; d -= 1) {
    if (documents.isCredit[d] === 1) continue;
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1)
      if (documents.item[l] === item && (documents.quantity[l] ?? 0) > 0) note(bought, documents, d, l);
  }
  for (const list of Object.values(bought)) list.reverse();
  return bought;
}

function note(bought: Purchases, documents: History["documents"], d: number, l: number): void {
  const on = documents.day[d] ?? 0;
  const net = documents.netMinor[l] ?? Number.NaN;
  if (bought.days.at(-1) === on) {
    const i = bought.days.length - 1;
    bought.quantities[i] = (bought.quantities[i] ?? 0) + (documents.quantity[l] ?? 0);
    bought.netMinor[i] = (bought.netMinor[i] ?? 0) + (Number.isNaN(net) ? 0 : net);
    return;
  }
  bought.days.push(on);
  bought.documents.push(documents.ids[d] ?? "");
  bought.quantities.push(documents.quantity[l] ?? 0);
  bought.netMinor.push(Number.isNaN(net) ? 0 : net);
}
