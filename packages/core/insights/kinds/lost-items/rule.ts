import { logBeta } from "../../../platform/statistics.ts";

/** What finds a lost item: the seed's literal rule LI1-LI5, and the score (docs/reference/insights.md 2.3). */
export const finders = ["rule", "score"] as const;
type Finder = (typeof finders)[number];

/** What an item must be found by to be listed: by one of them, or by the named one. */
export const gates = ["both", ...finders] as const;
type Gate = (typeof gates)[number];

/** The greatest score of an item that is told. */
export const HIGH_TAIL = 0.01;

export interface LostItemSettings {
  readonly gate: Gate;
  readonly lookbackDays: number;
  readonly windowDays: number;
  /** "more than 10 orders": strict (docs/reference/insights.md 7). */
  readonly moreThanOrders: number;
  /** "5+ orders": inclusive (docs/reference/insights.md 7). */
  readonly minItemOrders: number;
  /** The finding of an item missed for longer expires (docs/reference/insights.md 2.3, "expired"). */
  readonly expiresAfterDays: number;
}

/** The seed's own numbers; where it has none, ours. */
export const usualSettings = {
  gate: "both",
  lookbackDays: 365,
  windowDays: 90,
  moreThanOrders: 10,
  minItemOrders: 5,
  expiresAfterDays: 180,
} as const satisfies LostItemSettings;

/** The operands of LI1-LI5 on one day (docs/reference/insights.md 2.3). */
export interface ItemAbsence {
  readonly lastOrderDay: number;
  readonly latestOrderDay: number;
  readonly windowOrders: number;
  readonly windowItemOrders: number;
  readonly itemOrders: number;
  /** Order days after the first and up to the last one with the item. */
  readonly steps: number;
  readonly ordersWithout: number;
  readonly longestGapDays: number;
  readonly silentDays: number;
}

/** The number of entries of an ascending list in `(after, until]`. */
export function countWithin(days: ArrayLike<number>, length: number, after: number, until: number): number {
  return upperBound(days, length, until) - upperBound(days, length, after);
}

function upperBound(days: ArrayLike<number>, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The operands for one item of one customer on one day; `undefined` when it was ordered fewer than twice in the
 * lookback.
 */
export function measureAbsence(
  orderDays: ArrayLike<number>,
  orderDayCount: number,
  itemDays: ArrayLike<number>,
  asOf: number,
  settings: LostItemSettings,
): ItemAbsence | undefined {
  // Places instead of a list of those days: this is asked for every item on every day on which it may have been lost.
  const end = upperBound(itemDays, itemDays.length, asOf);
  const begin = upperBound(itemDays, end, asOf - settings.lookbackDays);
  const first = itemDays[begin];
  const last = itemDays[end - 1];
  if (first === undefined || last === undefined || end - begin < 2) return undefined;
  const latestOrderDay = orderDays[upperBound(orderDays, orderDayCount, asOf) - 1] ?? last;
  return {
    lastOrderDay: last,
    latestOrderDay,
    windowOrders: countWithin(orderDays, orderDayCount, asOf - settings.windowDays, asOf),
    windowItemOrders: end - Math.max(begin, upperBound(itemDays, end, asOf - settings.windowDays)),
    itemOrders: end - begin,
    steps: countWithin(orderDays, orderDayCount, first, last),
    ordersWithout: countWithin(orderDays, orderDayCount, last, asOf),
    longestGapDays: longestGap(itemDays, begin, end),
    silentDays: asOf - last,
  };
}

function longestGap(days: ArrayLike<number>, begin: number, end: number): number {
  let longest = 0;
  for (let i = begin + 1; i < end; i += 1) longest = Math.max(longest, (days[i] ?? 0) - (days[i - 1] ?? 0));
  return longest;
}

/** Whether an item is lost by what the gate asks for. */
export const isLost = (itemAbsence: ItemAbsence, settings: LostItemSettings): boolean =>
  (settings.gate !== "score" && isLostByRule(itemAbsence, settings)) ||
  (settings.gate !== "rule" && isLostByScore(itemAbsence, settings));

/** What finds the item, whatever the gate asks for. */
export const foundBy = (itemAbsence: ItemAbsence, settings: LostItemSettings): Finder[] => [
  ...(isLostByRule(itemAbsence, settings) ? ["rule" as const] : []),
  ...(isLostByScore(itemAbsence, settings) ? ["score" as const] : []),
];

/**
 * LI1, at least five orders of the item in the lookback, and an absence with a probability of 1 % at most by the item's
 * own rate, until it expires.
 */
const isLostByScore = (itemAbsence: ItemAbsence, settings: LostItemSettings): boolean =>
  itemAbsence.windowOrders > settings.moreThanOrders &&
  itemAbsence.itemOrders >= settings.minItemOrders &&
  itemAbsence.silentDays <= settings.expiresAfterDays &&
  absenceTail(itemAbsence) <= HIGH_TAIL;

/** LI1-LI5 (docs/reference/insights.md 2.3). The rate is compared in integers, so that rounding never decides. */
function isLostByRule(itemAbsence: ItemAbsence, settings: LostItemSettings): boolean {
  return (
    itemAbsence.windowOrders > settings.moreThanOrders &&
    itemAbsence.windowItemOrders >= settings.minItemOrders &&
    itemAbsence.ordersWithout * (itemAbsence.itemOrders - 1) > 2 * itemAbsence.steps &&
    itemAbsence.silentDays > itemAbsence.longestGapDays &&
    itemAbsence.lastOrderDay < itemAbsence.latestOrderDay
  );
}

/**
 * The probability of this many orders without the item, given its own rate: the beta-binomial score of
 * docs/reference/insights.md 2.3.
 */
export function absenceTail({
  itemOrders,
  steps,
  ordersWithout,
}: Pick<ItemAbsence, "itemOrders" | "steps" | "ordersWithout">): number {
  const successes = itemOrders - 1;
  const a = successes + 0.5;
  const b = steps - successes + 0.5;
  return Math.exp(logBeta(a, b + ordersWithout) - logBeta(a, b));
}

/** The pooled rate of one in three orders, with the weight of 12. */
const POOLED = { with: 4, without: 8 };

/**
 * How likely an item is not bought in the next `expected` orders either: the order of lost items, not a percentage that
 * comes true (docs/reference/insights.md 2.3, "At stake").
 */
export function stayingAway(
  { itemOrders, steps, ordersWithout }: Pick<ItemAbsence, "itemOrders" | "steps" | "ordersWithout">,
  expected: number,
): number {
  const successes = itemOrders - 1;
  const a = successes + POOLED.with;
  const b = steps - successes + POOLED.without;
  const without = (orders: number): number => Math.exp(logBeta(a, b + orders) - logBeta(a, b));
  const left = 0.5 / (5.5 + successes);
  const gone = (orders: number): number => left + (1 - left) * without(orders);
  return gone(ordersWithout + expected) / gone(ordersWithout);
}
