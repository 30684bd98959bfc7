import { type DayNumber, dayNumber } from "@regulars/core/platform/values";
import type { Span } from "@regulars/core/snapshots/as-of";
import type { ItemInfo } from "@regulars/core/snapshots/history";
import type { HistoryArrays } from "./history-arrays.ts";

/**
 * Removes the documents after `asOf` from the arrays. Returns the goods ordered in them, `undefined` if there are none.
 */
export function cutLive(
  arrays: HistoryArrays,
  asOf: number,
  itemOf: (number: number) => ItemInfo,
): Set<number> | undefined {
  const ordered = new Set<number>();
  while (arrays.count > 0 && (arrays.day[arrays.count - 1] ?? 0) > asOf) {
    arrays.count -= 1;
    for (const item of goodsOrdered(arrays, arrays.count, itemOf)) ordered.add(item);
  }
  return ordered.size === 0 ? undefined : ordered;
}

/** Removes the documents after `until` from the arrays. Returns the last of the awaited days for which they order goods. */
export function cutAwaited(
  arrays: HistoryArrays,
  { awaited, until }: { readonly awaited: Span | undefined; readonly until: number },
  itemOf: (number: number) => ItemInfo,
): DayNumber | undefined {
  let awaitedOn: DayNumber | undefined;
  while (arrays.count > 0 && (arrays.day[arrays.count - 1] ?? 0) > until) {
    arrays.count -= 1;
    const on = arrays.day[arrays.count] ?? 0;
    const isAwaited = awaited !== undefined && on >= awaited.from && on <= awaited.to;
    if (isAwaited && awaitedOn === undefined && goodsOrdered(arrays, arrays.count, itemOf).length > 0)
      awaitedOn = dayNumber(on);
  }
  return awaitedOn;
}

/** The goods that a document orders; none for a credit. */
function goodsOrdered(arrays: HistoryArrays, document: number, itemOf: (number: number) => ItemInfo): number[] {
  const ordered: number[] = [];
  if (arrays.isCredit[document] === 1) return ordered;
  for (let l = arrays.firstLine[document] ?? 0; l < (arrays.firstLine[document + 1] ?? 0); l += 1)
    if ((arrays.quantity[l] ?? 0) > 0 && itemOf(arrays.item[l] ?? -1).isGoods) ordered.push(arrays.item[l] ?? -1);
  return ordered;
}
