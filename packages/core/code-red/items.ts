import { toDay, dayNumber, type Day, type ItemId } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { type Period, isWithin } from "../platform/period.ts";
import { binomialAtMost, benjaminiHochberg } from "./item-test.ts";
import { isAtLeastPercent } from "./light.ts";
import type { ComparisonPlan } from "./plan.ts";

export type ItemState = "stopped" | "less" | "more" | "same";
export type ItemSuppression = "replaced" | "discontinued" | "out-of-stock";

/** One item of a customer in the two periods. Quantities are net, in base units. */
export interface ItemRow {
  readonly itemId: ItemId;
  readonly current: number;
  readonly previous: number;
  /** Orders with the item; credits are none. */
  readonly ordersCurrent: number;
  readonly ordersPrevious: number;
  /** Net value in minor units, returns subtracted; lines without a rate are in neither. */
  readonly currentMinor: number;
  readonly previousMinor: number;
  readonly lastOrderOn?: Day | undefined;
  readonly state: ItemState;
  /** In enough orders of the compared period. */
  readonly isCompared: boolean;
  readonly isRed: boolean;
  /** The item's share of the customer's own orders fell, beyond chance. */
  readonly isConfirmed: boolean;
  /** The test behind `isConfirmed`, for an item that is compared. */
  readonly test?: ItemTest | undefined;
  /** Why a red row would be no reason to call. */
  readonly suppressed?: ItemSuppression | undefined;
}

/** The test of one item among all that were compared (docs/reference/code-red.md 5). */
export interface ItemTest {
  /** The customer's orders in both periods. */
  readonly allCurrent: number;
  readonly allPrevious: number;
  /** So few orders with the item, or fewer, by the share of the customer's orders. */
  readonly chance: number;
  /** The greatest chance that is confirmed. */
  readonly limit: number;
  readonly compared: number;
}

/** What is summed up of an item. Quantities are whole millionths, so that comparisons are exact. */
interface ItemSums {
  current: number;
  previous: number;
  ordersCurrent: number;
  ordersPrevious: number;
  currentMinor: number;
  previousMinor: number;
  lastDay: number;
  lastDocument: number;
}

/** A customer's items and their orders in both periods. */
interface Purchased {
  readonly items: Map<number, ItemSums>;
  readonly ordersCurrent: number;
  readonly ordersPrevious: number;
}

/** What of a plan items need. */
export type ItemPlan = Pick<ComparisonPlan, "items" | "settings">;

const MILLIONTHS = 1e6;

/** The customer's items, red ones first (docs/reference/code-red.md 5). */
export function itemRows(history: History, plan: ItemPlan): readonly ItemRow[] {
  const purchased = purchasesIn(history, plan.items.current, plan.items.previous);
  const rows = [...purchased.items]
    .filter(([, { current, previous }]) => current > 0 || previous > 0)
    .map(([number, sums]) => rowOf(history, plan, purchased, number, sums));
  return confirmed(rows, purchased).toSorted(byLoss);
}

/** The sums of each goods item, without building rows: for lights of many customers. */
export function purchasesIn({ documents, itemOf }: History, current: Period, previous: Period): Purchased {
  const items = new Map<number, ItemSums>();
  let [ordersCurrent, ordersPrevious] = [0, 0];
  const { day, isCredit, firstLine, item, quantity, netMinor } = documents;
  for (let d = 0; d < documents.count; d += 1) {
    const on = day[d] ?? 0;
    const isCurrent = isWithin(on, current);
    const isPrevious = isWithin(on, previous);
    if (!isCurrent && !isPrevious) continue;
    let isOrder = false;
    for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
      const number = item[l] ?? -1;
      if (!itemOf(number).isGoods) continue;
      const bought = quantity[l] ?? 0;
      const sums = sumsOf(items, number);
      const units = Math.round(bought * MILLIONTHS);
      const net = netMinor[l] ?? Number.NaN;
      const minor = Number.isNaN(net) ? 0 : net;
      if (isCurrent) {
        sums.current += units;
        sums.currentMinor += minor;
      }
      if (isPrevious) {
        sums.previous += units;
        sums.previousMinor += minor;
      }
      if (isCredit[d] === 1 || bought <= 0) continue;
      isOrder = true;
      if (sums.lastDocument === d) continue;
      sums.lastDocument = d;
      sums.lastDay = on;
      if (isCurrent) sums.ordersCurrent += 1;
      if (isPrevious) sums.ordersPrevious += 1;
    }
    if (!isOrder) continue;
    if (isCurrent) ordersCurrent += 1;
    if (isPrevious) ordersPrevious += 1;
  }
  return { items, ordersCurrent, ordersPrevious };
}

function sumsOf(items: Map<number, ItemSums>, number: number): ItemSums {
  let sums = items.get(number);
  if (sums === undefined) {
    const never = { current: 0, previous: 0, ordersCurrent: 0, ordersPrevious: 0, currentMinor: 0, previousMinor: 0 };
    sums = { ...never, lastDay: Number.NEGATIVE_INFINITY, lastDocument: -1 };
    items.set(number, sums);
  }
  return sums;
}

function rowOf(
  history: History,
  { settings }: ItemPlan,
  purchased: Purchased,
  number: number,
  sums: ItemSums,
): ItemRow {
  const state = stateOf(sums, settings.percent);
  const isCompared = sums.ordersPrevious >= settings.minInvoices;
  const isWorse = state === "stopped" || state === "less" || (state === "more" && settings.itemDirection === "any");
  const suppressed = isWorse && state !== "more" ? suppressionOf(history, purchased, number, sums) : undefined;
  return {
    itemId: history.itemOf(number).itemId,
    current: sums.current / MILLIONTHS,
    previous: sums.previous / MILLIONTHS,
    ordersCurrent: sums.ordersCurrent,
    ordersPrevious: sums.ordersPrevious,
    currentMinor: sums.currentMinor,
    previousMinor: sums.previousMinor,
    ...(Number.isFinite(sums.lastDay) ? { lastOrderOn: toDay(dayNumber(sums.lastDay)) } : {}),
    state,
    isCompared,
    isRed: isCompared && isWorse && suppressed === undefined,
    isConfirmed: false,
    suppressed,
  };
}

function stateOf({ current, previous }: ItemSums, percent: number): ItemState {
  if (previous > 0 && current <= 0) return "stopped";
  if (previous > 0 && isAtLeastPercent(previous - current, previous, percent)) return "less";
  return isAtLeastPercent(current - previous, Math.max(previous, 0), percent) && current > previous ? "more" : "same";
}

/** A substitute was bought in the current period, or the item was no longer sold or out of stock. */
function suppressionOf(
  { itemOf, asOf }: History,
  { items }: Purchased,
  number: number,
  sums: ItemSums,
): ItemSuppression | undefined {
  const { replacedBy, discontinuedOn, outOfStockFrom, outOfStockTo } = itemOf(number);
  if (replacedBy !== undefined)
    for (const [other, bought] of items)
      if (bought.ordersCurrent > 0 && itemOf(other).itemId === replacedBy) return "replaced";
  const today = toDay(asOf);
  if (discontinuedOn !== undefined && discontinuedOn <= today) return "discontinued";
  const isStillOut = outOfStockTo === undefined || outOfStockTo >= today;
  if (outOfStockFrom === undefined || !isStillOut) return undefined;
  return Number.isFinite(sums.lastDay) && outOfStockFrom > toDay(dayNumber(sums.lastDay + 1))
    ? undefined
    : "out-of-stock";
}

/** Marks the red rows whose share of the customer's own orders fell, at a false discovery rate of 10 %. */
function confirmed(rows: readonly ItemRow[], { ordersCurrent, ordersPrevious }: Purchased): readonly ItemRow[] {
  const all = ordersCurrent + ordersPrevious;
  if (all === 0) return rows;
  const tested = rows.filter(({ isCompared }) => isCompared);
  const chances = tested.map(({ ordersCurrent: now, ordersPrevious: before }) =>
    binomialAtMost(now, now + before, ordersCurrent / all),
  );
  const found = benjaminiHochberg(chances, FALSE_DISCOVERIES);
  const limit = (found.filter(Boolean).length / Math.max(1, tested.length)) * FALSE_DISCOVERIES;
  const tests = new Map(tested.map((row, i) => [row, { chance: chances[i] ?? 1, isFound: found[i] === true }]));
  return rows.map((row) => {
    const tried = tests.get(row);
    if (tried === undefined) return row;
    const test: ItemTest = {
      allCurrent: ordersCurrent,
      allPrevious: ordersPrevious,
      chance: tried.chance,
      limit,
      compared: tested.length,
    };
    return { ...row, isConfirmed: row.isRed && row.state !== "more" && tried.isFound, test };
  });
}

const FALSE_DISCOVERIES = 0.1;

const lossOf = ({ current, previous }: ItemRow): number => (previous > 0 ? (previous - current) / previous : -1);

const byLoss = (a: ItemRow, b: ItemRow): number =>
  Number(b.isRed) - Number(a.isRed) ||
  Number(b.isConfirmed) - Number(a.isConfirmed) ||
  lossOf(b) - lossOf(a) ||
  (a.itemId < b.itemId ? -1 : 1);
