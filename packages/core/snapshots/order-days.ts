import type { Documents } from "./history.ts";

/**
 * Writes the distinct days with an order event into `into` and returns their number (docs/reference/insights.md G6):
 * days with a sale that has at least one goods line with a quantity above zero. Documents must be in day order; `into`
 * needs one entry per document and is not cleared.
 */
export function collectOrderDays(
  documents: Documents,
  isGoods: (itemNumber: number) => boolean,
  into: Int32Array,
): number {
  let count = 0;
  for (let d = 0; d < documents.count; d += 1) {
    const on = documents.day[d] ?? 0;
    if (count > 0 && into[count - 1] === on) continue;
    if (!isOrderEvent(documents, d, isGoods)) continue;
    into[count] = on;
    count += 1;
  }
  return count;
}

/**
 * A credit is never an order event, and neither is a sale of only charges or returns (docs/reference/insights.md G6,
 * G8).
 */
function isOrderEvent(documents: Documents, document: number, isGoods: (itemNumber: number) => boolean): boolean {
  if (documents.isCredit[document] === 1) return false;
  const { firstLine, item, quantity } = documents;
  const end = firstLine[document + 1] ?? 0;
  for (let l = firstLine[document] ?? 0; l < end; l += 1)
    if ((quantity[l] ?? 0) > 0 && isGoods(item[l] ?? -1)) return true;
  return false;
}
