import type { History } from "../../../snapshots/history.ts";
import { type ItemId, toDayNumber } from "../../../platform/values.ts";
import { isBoughtAfter } from "./purchases.ts";

/** Why a missing item is no reason to call the customer (docs/reference/insights.md 2.3, G2). */
export type SuppressionReason = "bought" | "substituted" | "discontinued" | "out-of-stock";

/**
 * Bought today, a substitute bought since the last purchase, no longer sold, or out of stock on every day since the
 * last purchase (on the day it is available again, a call makes sense). `undefined` when none applies.
 */
export function suppressionOf(
  history: History,
  item: number | ItemId,
  lastOrderDay: number,
): SuppressionReason | undefined {
  const number = typeof item === "number" ? item : numberOf(history, item);
  if (number === undefined) return undefined;
  if (history.orderedSince?.has(number) === true) return "bought";
  const { replacedBy, discontinuedOn, outOfStockFrom, outOfStockTo } = history.itemOf(number);
  if (replacedBy !== undefined && isBoughtSince(history, replacedBy, lastOrderDay)) return "substituted";
  if (discontinuedOn !== undefined && toDayNumber(discontinuedOn) <= history.asOf) return "discontinued";
  const isStillOut = outOfStockTo === undefined || toDayNumber(outOfStockTo) >= history.asOf;
  if (outOfStockFrom !== undefined && toDayNumber(outOfStockFrom) <= lastOrderDay + 1 && isStillOut)
    return "out-of-stock";
  return undefined;
}

function isBoughtSince(history: History, itemId: ItemId, after: number): boolean {
  if (isBoughtAfter(history, itemId, after)) return true;
  for (const ordered of history.orderedSince ?? []) if (history.itemOf(ordered).itemId === itemId) return true;
  return false;
}

/** The number of a goods item in this customer's documents. */
function numberOf({ documents, itemOf }: History, itemId: ItemId): number | undefined {
  for (let l = (documents.firstLine[documents.count] ?? 0) - 1; l >= 0; l -= 1) {
    const number = documents.item[l] ?? -1;
    const card = itemOf(number);
    if (card.itemId === itemId && card.isGoods) return number;
  }
  return undefined;
}
