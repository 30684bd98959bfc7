import type { History } from "../../../snapshots/history.ts";
import { type LostItemSettings, countWithin, isLost, measureAbsence } from "./rule.ts";

/**
 * The days since the last purchase on which the rule can have held: the item must have been in enough orders of the
 * window (by the score: of the lookback), which ends a window after the purchase that makes it enough.
 */
function possibleDays(
  { asOf }: History,
  itemDays: ArrayLike<number>,
  { gate, minItemOrders, windowDays, lookbackDays }: LostItemSettings,
): { readonly from: number; readonly to: number } | undefined {
  const last = itemDays[itemDays.length - 1];
  const earliest = itemDays[itemDays.length - minItemOrders];
  if (last === undefined || earliest === undefined) return undefined;
  return {
    from: last + 1,
    to: Math.min(asOf, earliest + (gate === "rule" ? windowDays : Math.max(windowDays, lookbackDays)) - 1),
  };
}

function isLostOn(history: History, itemDays: ArrayLike<number>, on: number, settings: LostItemSettings): boolean {
  const itemAbsence = measureAbsence(history.orderDays, history.orderDayCount, itemDays, on, settings);
  return itemAbsence !== undefined && isLost(itemAbsence, settings);
}

/**
 * The days after `after`, up to the as-of day, with enough orders in the window for any item to be lost: of all items of
 * a customer at once, because most customers have none.
 */
export function busyDaysOf(
  { orderDays, orderDayCount, asOf }: History,
  after: number,
  { windowDays, moreThanOrders }: LostItemSettings,
): ReadonlySet<number> {
  const busy = new Set<number>();
  for (let on = after + 1; on <= asOf; on += 1)
    if (countWithin(orderDays, orderDayCount, on - windowDays, on) > moreThanOrders) busy.add(on);
  return busy;
}

/**
 * The last of the busy days since the last purchase, up to the as-of day, on which the item was lost (docs/reference/insights.md
 * 2.3); `undefined` when there was none.
 */
export function lastLostDay(
  history: History,
  itemDays: ArrayLike<number>,
  settings: LostItemSettings,
  busy: ReadonlySet<number>,
): number | undefined {
  const days = possibleDays(history, itemDays, settings);
  if (days === undefined) return undefined;
  for (let on = days.to; on >= days.from; on -= 1)
    if (busy.has(on) && isLostOn(history, itemDays, on, settings)) return on;
  return undefined;
}

/** The first day since the last purchase on which the item was lost: the finding is open from then on. */
export function firstLostDay(
  history: History,
  itemDays: ArrayLike<number>,
  settings: LostItemSettings,
): number | undefined {
  const days = possibleDays(history, itemDays, settings);
  if (days === undefined) return undefined;
  for (let on = days.from; on <= days.to; on += 1) if (isLostOn(history, itemDays, on, settings)) return on;
  return undefined;
}
