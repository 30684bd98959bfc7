import { toDay, dayNumber, type Day, type ItemId } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { type ItemSums, MILLIONTHS, NO_DAY, itemSumsOf } from "./item-sums.ts";
import { binomialAtMost, benjaminiHochberg } from "./item-test.ts";
import { isAtLeastPercent } from "./light.ts";
import type { ComparisonPlan } from "./plan.ts";

type ItemState = "stopped" | "less" | "more" | "same";
type ItemSuppression = "replaced" | "discontinued" | "out-of-stock";

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
interface ItemTest {
  /** The customer's orders in both periods. */
  readonly allCurrent: number;
  readonly allPrevious: number;
  /** So few orders with the item, or fewer, by the share of the customer's orders. */
  readonly chance: number;
  /** The greatest chance that is confirmed. */
  readonly limit: number;
  readonly compared: number;
}

/** The parts of a plan that comparing items needs. */
type ItemPlan = Pick<ComparisonPlan, "items" | "settings">;

/** The customer's items, red ones first (docs/reference/code-red.md 5). */
export const itemRows = (history: History, plan: ItemPlan): readonly ItemRow[] => rowsOf(history, plan, 0);

/** Those that are compared, in the same order: all that a list or a finding is made from. */
export const comparedItems = (history: History, plan: ItemPlan): readonly ItemRow[] =>
  rowsOf(history, plan, plan.settings.minInvoices);

/** The items in at least so many orders of the compared period. */
function rowsOf(history: History, plan: ItemPlan, leastOrders: number): readonly ItemRow[] {
  const sums = itemSumsOf(history, plan.items.current, plan.items.previous);
  const rows: MadeRow[] = [];
  for (let place = 0; place < sums.places.count; place += 1) {
    if ((sums.ordersPrevious[place] ?? 0) < leastOrders) continue;
    if ((sums.current[place] ?? 0) > 0 || (sums.previous[place] ?? 0) > 0) rows.push(rowOf(history, plan, sums, place));
  }
  confirm(rows, sums);
  return rows.length < 2 ? rows : rows.toSorted(byLoss);
}

function rowOf(history: History, { settings }: ItemPlan, sums: ItemSums, place: number): MadeRow {
  const [current, previous] = [sums.current[place] ?? 0, sums.previous[place] ?? 0];
  const ordersPrevious = sums.ordersPrevious[place] ?? 0;
  const lastDay = sums.lastDay[place] ?? NO_DAY;
  const state = stateOf(current, previous, settings.percent);
  const isCompared = ordersPrevious >= settings.minInvoices;
  const isWorse = state === "stopped" || state === "less" || (state === "more" && settings.itemDirection === "any");
  const suppressed = isWorse && state !== "more" ? suppressionOf(history, sums, place) : undefined;
  return {
    itemId: history.itemOf(sums.places.items[place] ?? -1).itemId,
    current: current / MILLIONTHS,
    previous: previous / MILLIONTHS,
    ordersCurrent: sums.ordersCurrent[place] ?? 0,
    ordersPrevious,
    currentMinor: sums.currentMinor[place] ?? 0,
    previousMinor: sums.previousMinor[place] ?? 0,
    ...(lastDay === NO_DAY ? {} : { lastOrderOn: toDay(dayNumber(lastDay)) }),
    state,
    isCompared,
    isRed: isCompared && isWorse && suppressed === undefined,
    isConfirmed: false,
    suppressed,
  };
}

function stateOf(current: number, previous: number, percent: number): ItemState {
  if (previous > 0 && current <= 0) return "stopped";
  if (previous > 0 && isAtLeastPercent(previous - current, previous, percent)) return "less";
  return isAtLeastPercent(current - previous, Math.max(previous, 0), percent) && current > previous ? "more" : "same";
}

/** A substitute was bought in the current period, or the item was no longer sold or out of stock. */
function suppressionOf({ itemOf, asOf }: History, sums: ItemSums, place: number): ItemSuppression | undefined {
  const { replacedBy, discontinuedOn, outOfStockFrom, outOfStockTo } = itemOf(sums.places.items[place] ?? -1);
  if (replacedBy !== undefined)
    for (let other = 0; other < sums.places.count; other += 1)
      if ((sums.ordersCurrent[other] ?? 0) > 0 && itemOf(sums.places.items[other] ?? -1).itemId === replacedBy)
        return "replaced";
  const today = toDay(asOf);
  if (discontinuedOn !== undefined && discontinuedOn <= today) return "discontinued";
  const isStillOut = outOfStockTo === undefined || outOfStockTo >= today;
  if (outOfStockFrom === undefined || !isStillOut) return undefined;
  const lastDay = sums.lastDay[place] ?? NO_DAY;
  return lastDay !== NO_DAY && outOfStockFrom > toDay(dayNumber(lastDay + 1)) ? undefined : "out-of-stock";
}

/** Marks the red rows whose share of the customer's own orders fell, at a false discovery rate of 10 %. */
function confirm(rows: readonly MadeRow[], { allCurrent, allPrevious }: ItemSums): void {
  const all = allCurrent + allPrevious;
  if (all === 0) return;
  const tested = rows.filter(({ isCompared }) => isCompared);
  const chances = tested.map(({ ordersCurrent: now, ordersPrevious: before }) =>
    binomialAtMost(now, now + before, allCurrent / all),
  );
  const found = benjaminiHochberg(chances, FALSE_DISCOVERIES);
  let discoveries = 0;
  for (const isFound of found) if (isFound) discoveries += 1;
  const limit = (discoveries / Math.max(1, tested.length)) * FALSE_DISCOVERIES;
  for (let i = 0; i < tested.length; i += 1) {
    const row = tested[i];
    if (row === undefined) continue;
    row.isConfirmed = row.isRed && row.state !== "more" && found[i] === true;
    row.test = { allCurrent, allPrevious, chance: chances[i] ?? 1, limit, compared: tested.length };
  }
}

/** A row that the tests are added to. */
type MadeRow = { -readonly [Field in keyof ItemRow]: ItemRow[Field] };

const FALSE_DISCOVERIES = 0.1;

const lossOf = ({ current, previous }: ItemRow): number => (previous > 0 ? (previous - current) / previous : -1);

const byLoss = (a: ItemRow, b: ItemRow): number =>
  Number(b.isRed) - Number(a.isRed) ||
  Number(b.isConfirmed) - Number(a.isConfirmed) ||
  lossOf(b) - lossOf(a) ||
  (a.itemId < b.itemId ? -1 : 1);
