import type { History } from "../snapshots/history.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import type { Period } from "../platform/period.ts";
import { type DayNumber, type ItemId, dayNumber } from "../platform/values.ts";
import { type PlacedHistory, firstDocumentAfter, itemPlacesOf } from "../snapshots/item-places.ts";
import { type LinkLight, expectedQuantity, linkLight, mirrorQuantity } from "./link-light.ts";
import type { ComparisonPlan } from "./plan.ts";

/** A link's light at one customer. Quantities are net, in base units, not below 0. */
export interface LinkRow {
  readonly itemId: ItemId;
  readonly linkedItemId: ItemId;
  readonly anchor: number;
  readonly linked: number;
  readonly expected: number;
  /** Of a bidirectional link: the quantity of the item that the linked one expects. */
  readonly mirror?: number | undefined;
  readonly light: LinkLight;
}

const MILLIONTHS = 1e6;

/** The parts of a plan that comparing links needs. */
type LinkPlan = Pick<ComparisonPlan, "links" | "asOf" | "settings">;

/** The customer's links of which they bought a part, red ones first (docs/reference/code-red.md 6). */
export function linkRows(
  history: History,
  plan: LinkPlan,
  links: readonly ItemLink[],
  bought: BoughtQuantities = new BoughtQuantities(history),
): readonly LinkRow[] {
  const rows: LinkRow[] = [];
  // A single link is assessed sooner than it is looked for among the customer's items.
  for (const link of links.length > 1 ? linksOf(history, links) : links) {
    const row = linkRow(plan, link, bought);
    if (row !== undefined) rows.push(row);
  }
  return rows.length < 2 ? rows : rows.toSorted(byLight);
}

function linkRow(plan: LinkPlan, link: ItemLink, bought: BoughtQuantities): LinkRow | undefined {
  const lagged = link.lagDays === undefined ? plan.links : laggedWindow(plan.links, link.lagDays, plan.asOf);
  const quantities = { anchor: bought.of(link.itemId, plan.links), linked: bought.of(link.linkedItemId, lagged) };
  const light = linkLight(quantities, link, plan.settings);
  if (light.light === "grey" && light.reason === "nothing-bought") return undefined;
  const anchor = Math.max(0, quantities.anchor) / MILLIONTHS;
  const linked = Math.max(0, quantities.linked) / MILLIONTHS;
  return {
    itemId: link.itemId,
    linkedItemId: link.linkedItemId,
    anchor,
    linked,
    expected: expectedQuantity(anchor, link),
    ...(link.bidirectional === true ? { mirror: mirrorQuantity(linked, link) } : {}),
    light,
  };
}

/** By item the places in a list of links of those that have it. */
const placesByItem = new WeakMap<readonly ItemLink[], ReadonlyMap<ItemId, readonly number[]>>();

function linkPlaces(links: readonly ItemLink[]): ReadonlyMap<ItemId, readonly number[]> {
  const known = placesByItem.get(links);
  if (known !== undefined) return known;
  const places = new Map<ItemId, number[]>();
  for (const [place, { itemId, linkedItemId }] of links.entries())
    for (const item of [itemId, linkedItemId]) {
      const own = places.get(item);
      if (own === undefined) places.set(item, [place]);
      else own.push(place);
    }
  placesByItem.set(links, places);
  return places;
}

/** The links with an item of the customer's documents, in their order: of the others nothing was bought. */
export function linksOf(history: PlacedHistory, links: readonly ItemLink[]): readonly ItemLink[] {
  if (links.length === 0) return links;
  const byItem = linkPlaces(links);
  const { count, items } = itemPlacesOf(history);
  const found: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const own = byItem.get(history.itemOf(items[place] ?? -1).itemId);
    if (own !== undefined) found.push(...own);
  }
  const own: ItemLink[] = [];
  for (const place of found.toSorted((a, b) => a - b)) {
    const link = links[place];
    if (link !== undefined && link !== own.at(-1)) own.push(link);
  }
  return own;
}

/** The window of a linked item that is bought later, never after the plan's day. */
const laggedWindow = ({ from, to }: Period, lagDays: number, asOf: DayNumber): Period => ({
  from: dayNumber(from + lagDays),
  to: dayNumber(Math.min(to + lagDays, asOf)),
});

const byLight = (a: LinkRow, b: LinkRow): number =>
  Number(b.light.light === "red") - Number(a.light.light === "red") ||
  (a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : a.linkedItemId < b.linkedItemId ? -1 : 1);

/** Net quantities of a customer's items by window, in whole millionths; each window is added up once. */
export class BoughtQuantities {
  readonly #history: History;
  readonly #windows: { readonly window: Period; readonly sums: Float64Array }[] = [];
  #places: Map<ItemId, number> | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  of(itemId: ItemId, window: Period): number {
    const place = (this.#places ??= placesOf(this.#history)).get(itemId);
    return place === undefined ? 0 : (this.#sumsIn(window)[place] ?? 0);
  }

  #sumsIn(window: Period): Float64Array {
    for (const known of this.#windows)
      if (known.window.from === window.from && known.window.to === window.to) return known.sums;
    const sums = quantitiesIn(this.#history, window);
    this.#windows.push({ window, sums });
    return sums;
  }
}

function placesOf(history: History): Map<ItemId, number> {
  const { count, items } = itemPlacesOf(history);
  const places = new Map<ItemId, number>();
  for (let place = 0; place < count; place += 1) places.set(history.itemOf(items[place] ?? -1).itemId, place);
  return places;
}

/** By the items' places. */
function quantitiesIn(history: History, { from, to }: Period): Float64Array {
  const { documents } = history;
  const { count: items, ofLine } = itemPlacesOf(history);
  const sums = new Float64Array(items);
  const { count, day, firstLine, quantity } = documents;
  for (let d = firstDocumentAfter(documents, from - 1); d < count && (day[d] ?? 0) <= to; d += 1) {
    const end = firstLine[d + 1] ?? 0;
    for (let l = firstLine[d] ?? 0; l < end; l += 1) {
      const place = ofLine[l] ?? -1;
      if (place >= 0) sums[place] = (sums[place] ?? 0) + Math.round((quantity[l] ?? 0) * MILLIONTHS);
    }
  }
  return sums;
}
