import type { Catalogue, CatalogueItem } from "./catalogue.ts";
import type { Category } from "./customer-book.ts";
import type { Random } from "./random.ts";
import type { DemoItem } from "./story.ts";

/** One line to be bought: an item and how many. */
export interface Purchase {
  readonly item: CatalogueItem;
  readonly quantity: number;
}

/** An item that a customer buys again and again. */
interface Staple {
  readonly item: CatalogueItem;
  readonly usualQuantity: number;
  /** For each order day, counted back from the last one, whether the item is in it. */
  readonly isIn: readonly boolean[];
}

const usualLines: Readonly<Record<Category, readonly [number, number]>> = {
  cafe: [5, 11],
  bar: [6, 12],
  bakery: [8, 15],
  restaurant: [10, 20],
  caterer: [12, 26],
  canteen: [14, 26],
  hotel: [38, 56],
};

const cycles = [1, 1, 1, 2, 2, 2, 3, 3, 4, 6];
const packs = [1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 6, 6, 8, 10, 12, 12, 16, 18, 24, 24];

const STORY_QUANTITY = 6;

/** The items that a customer of a category buys regularly, each on its own cycle of order days. */
export function staplesOf(category: Category, orderDays: number, catalogue: Catalogue, random: Random): Staple[] {
  const [fewest, most] = usualLines[category];
  const wanted = random.int(fewest, most);
  const smallBasket = Math.max(0, Math.min(4, Math.round(24 / wanted)));
  const left = [...catalogue.range];
  const staples: Staple[] = [];
  for (let lines = 0; lines < wanted && left.length > 0;) {
    const [item] = left.splice(random.int(0, left.length - 1), 1);
    if (item === undefined) break;
    const every = random.pick(cycles);
    staples.push({
      item,
      usualQuantity: usualQuantity(item, smallBasket, random),
      isIn: cycleOf(every, orderDays, random),
    });
    lines += 1 / every;
  }
  return staples;
}

/** Cheap items are bought by the case, expensive ones singly; customers with short orders buy more of each item. */
function usualQuantity({ priceMinor }: CatalogueItem, step: number, random: Random): number {
  const cheapness = Math.max(-5, Math.min(5, Math.round(2.2 * Math.log(180 / priceMinor))));
  const at = random.int(0, packs.length - 1) + cheapness + step;
  return packs[Math.max(0, Math.min(packs.length - 1, at))] ?? 1;
}

/** Every n-th order day, sometimes one order later, but never late enough to look lost. */
function cycleOf(every: number, orderDays: number, random: Random): boolean[] {
  const isIn = Array.from({ length: orderDays }, () => false);
  for (let at = random.int(0, every - 1); at < orderDays; at += every) {
    const isLate = random.chance(every === 1 ? 0.03 : 0.12);
    if (every === 1 && isLate) continue;
    isIn[Math.min(orderDays - 1, at + (isLate ? 1 : 0))] = true;
  }
  return isIn;
}

/** The main order of a day, `back` order days before the last one. */
export function mainPurchases(staples: readonly Staple[], back: number, random: Random): Purchase[] {
  const due = staples.filter((staple) => staple.isIn[back] === true);
  return (due.length === 0 ? staples.slice(0, 1) : due).map((staple) => purchaseOf(staple, random));
}

/** A small second order of the day, with items that the main order forgot. */
export function forgottenPurchases(staples: readonly Staple[], random: Random): Purchase[] {
  const first = random.int(0, staples.length - 1);
  return staples
    .slice(first, first + random.int(1, 4))
    .map(({ item, usualQuantity: usual }) => ({ item, quantity: 2 * usual }));
}

const purchaseOf = ({ item, usualQuantity: usual }: Staple, random: Random): Purchase => ({
  item,
  quantity: random.chance(0.75) ? usual : Math.max(1, usual + Math.round((usual * random.int(-1, 2)) / 3)),
});

/** A story's item on an order day, or its replacement. */
export function storyPurchases(
  item: DemoItem,
  { back, isLatest }: { readonly back: number; readonly isLatest: boolean },
  { byId }: Catalogue,
): Purchase[] {
  const isMissed = back < item.missedOrders;
  const usual = { everyOrders: item.everyOrders, quantity: STORY_QUANTITY };
  const { everyOrders, quantity } = isLatest ? (item.latest ?? usual) : usual;
  if (!isMissed && (back - item.missedOrders) % everyOrders !== 0) return [];
  const bought = byId.get(isMissed ? (item.replacedBy ?? "") : item.itemId);
  return bought === undefined ? [] : [{ item: bought, quantity }];
}

/** What is bought in a story's smaller orders. */
export const fewer = (purchases: readonly Purchase[], percent: number): Purchase[] =>
  purchases.map(({ item, quantity }) => ({ item, quantity: Math.max(1, Math.round((quantity * percent) / 100)) }));
