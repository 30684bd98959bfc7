import { seeded } from "@regulars/core/platform/random";
import type { Documents } from "@regulars/core/snapshots/history";

export const LINES_PER_CUSTOMER = 500;
/** Item numbers from here on are charges: freight and deposits. */
export const FIRST_CHARGE = 4_000;
export const ITEM_NUMBERS = FIRST_CHARGE + 4;
/** The last day of every history: 2026-11-15. */
export const UNTIL = 20_772;

const SPAN_DAYS = 730;
const USUAL_ITEMS = 40;
/** Orders in two years by the kind of customer: weekly ones down to monthly ones, 500 lines each. */
const ORDERS = [125, 100, 50, 25] as const;

/** The list price of each item, in minor units; three lines in four are sold at it. */
export const prices: readonly number[] = (() => {
  const random = seeded(7);
  return Array.from({ length: ITEM_NUMBERS }, () => Math.round(55 * 12 ** random()));
})();

/** A customer's documents in day order, each with its own arrays. */
export interface MadeCustomer {
  readonly customer: number;
  readonly documents: Documents;
}

/**
 * Made-up customers of 500 order lines each over two years: some have fallen silent, some buy less, most have stopped
 * buying a few items. 3 % are credits, 2 % of the lines charges. The same seed gives the same lines.
 */
export function* madeCustomers(customers: number, seed = 20): Generator<MadeCustomer> {
  const random = seeded(seed);
  for (let customer = 0; customer < customers; customer += 1)
    yield { customer, documents: documentsOf(customer, random) };
}

function documentsOf(customer: number, random: () => number): Documents {
  const orders = ORDERS[Math.floor(random() * ORDERS.length)] ?? 25;
  const lines = LINES_PER_CUSTOMER / orders;
  const usual = Array.from({ length: USUAL_ITEMS }, () => Math.floor(FIRST_CHARGE * random() ** 3));
  // Each usual item is bought up to its own day; most go on.
  const droppedFrom = usual.map(() => (random() < 0.2 ? UNTIL - Math.floor(150 * random()) : Infinity));
  const silentDays = random() < 0.15 ? Math.floor(150 * random()) : 0;
  const skew = random() < 0.3 ? 1.5 : 1;
  const day = Int32Array.from(
    { length: orders },
    () => UNTIL - silentDays - Math.floor((SPAN_DAYS - silentDays) * random() ** (1 / skew)),
  ).toSorted();
  const isCredit = Uint8Array.from(day, () => (random() < 0.03 ? 1 : 0));
  const [item, quantity, netMinor] = [
    new Int32Array(LINES_PER_CUSTOMER),
    new Float64Array(LINES_PER_CUSTOMER),
    new Float64Array(LINES_PER_CUSTOMER),
  ];
  for (let l = 0; l < LINES_PER_CUSTOMER; l += 1) {
    const d = Math.floor(l / lines);
    const sign = isCredit[d] === 1 ? -1 : 1;
    const number = itemOn(day[d] ?? 0, usual, droppedFrom, random);
    const count = sign * (1 + Math.floor(24 * random() ** 2));
    item[l] = number;
    quantity[l] = count;
    netMinor[l] = Math.round(count * (prices[number] ?? 100) * (random() < 0.25 ? 0.9 : 1));
  }
  return {
    count: orders,
    day,
    isCredit,
    firstLine: Int32Array.from({ length: orders + 1 }, (_, d) => d * lines),
    ids: Array.from({ length: orders }, (_, d) => `D${customer * 128 + d}`),
    item,
    quantity,
    netMinor,
    costMinor: new Float64Array(LINES_PER_CUSTOMER).fill(Number.NaN),
  };
}

/** One of the usual items that is still bought, the first ones most often; now and then a charge. */
function itemOn(on: number, usual: readonly number[], droppedFrom: readonly number[], random: () => number): number {
  if (random() < 0.02) return FIRST_CHARGE + Math.floor(4 * random());
  const place = Math.floor(usual.length * random() ** 2);
  const nth = on >= (droppedFrom[place] ?? Infinity) ? (place + 1) % usual.length : place;
  return usual[nth] ?? 0;
}
