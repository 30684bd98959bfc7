import type { ItemLink } from "@regulars/core/catalog/item-link";
import { seeded } from "@regulars/core/platform/random";
import { itemIdSchema } from "@regulars/core/platform/values";
import type { Documents } from "@regulars/core/snapshots/history";

export const LINES_PER_CUSTOMER = 100;
/** Item numbers from here on are charges: freight and deposits. */
export const FIRST_CHARGE = 2_000;
export const ITEM_NUMBERS = FIRST_CHARGE + 4;
/** The last day of every history: 2026-11-15. */
export const UNTIL = 20_772;

const SPAN_DAYS = 760;
/** Customers of a kind usually buy the same items. */
const KINDS = 250;
const ITEMS_OF_KIND = FIRST_CHARGE / KINDS;
/** Orders in 25 months by the kind of customer: 50 of two lines down to 10 of ten. */
const ORDERS = [50, 25, 20, 10] as const;

export const itemIds = Array.from({ length: ITEM_NUMBERS }, (_, number) => itemIdSchema.parse(`I${number}`));

/** Of each kind of customer one link: two items that they buy, three of one with two of the other. */
export const links: readonly ItemLink[] = Array.from({ length: KINDS }, (_, kind) => {
  const [itemId, linkedItemId] = [itemIds[kind * ITEMS_OF_KIND], itemIds[kind * ITEMS_OF_KIND + 1]];
  if (itemId === undefined || linkedItemId === undefined) throw new Error(`kind ${kind} has no items`);
  return { itemId, linkedItemId, ratio: 3, linkedRatio: 2 };
});

/**
 * Made-up customers of a hundred order lines each in 25 months, in day order, each with its own arrays: some buy less
 * and less, some have stopped buying an item. 3 % are credits, 2 % of the lines charges.
 */
export function madeCustomers(customers: number): Documents[] {
  const random = seeded(11);
  return Array.from({ length: customers }, () => documentsOf(random));
}

function documentsOf(random: () => number): Documents {
  const count = ORDERS[Math.floor(random() * ORDERS.length)] ?? 20;
  const perOrder = LINES_PER_CUSTOMER / count;
  const first = Math.floor(random() * KINDS) * ITEMS_OF_KIND;
  const skew = random() < 0.3 ? 1.6 : 1;
  const droppedFrom = random() < 0.3 ? UNTIL - Math.floor(200 * random()) : Infinity;
  const day = Int32Array.from(
    { length: count },
    () => UNTIL - Math.floor(SPAN_DAYS * random() ** (1 / skew)),
  ).toSorted();
  const isCredit = Uint8Array.from(day, () => (random() < 0.03 ? 1 : 0));
  const item = new Int32Array(LINES_PER_CUSTOMER);
  const quantity = new Float64Array(LINES_PER_CUSTOMER);
  const netMinor = new Float64Array(LINES_PER_CUSTOMER);
  for (let l = 0; l < LINES_PER_CUSTOMER; l += 1) {
    const d = Math.floor(l / perOrder);
    const isGoods = random() >= 0.02;
    const usual = Math.floor(ITEMS_OF_KIND * random() ** 2);
    const isDropped = usual === 1 && (day[d] ?? 0) >= droppedFrom;
    item[l] = isGoods ? first + (isDropped ? 0 : usual) : FIRST_CHARGE + Math.floor(4 * random());
    quantity[l] = (isCredit[d] === 1 ? -1 : 1) * (1 + Math.floor(24 * random() ** 2));
    netMinor[l] = (quantity[l] ?? 0) * (100 + Math.floor(random() * 4_000));
  }
  return {
    count,
    day,
    isCredit,
    firstLine: Int32Array.from({ length: count + 1 }, (_, d) => d * perOrder),
    ids: [],
    item,
    quantity,
    netMinor,
    costMinor: new Float64Array(LINES_PER_CUSTOMER).fill(Number.NaN),
  };
}
