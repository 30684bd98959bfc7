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

/** A day with an order event, and the net value of its goods. */
export interface OrderDayNet {
  readonly day: number;
  /** Minor units of the base currency; NaN when a line has no price or rate. Credits are not taken off. */
  readonly netMinor: number;
}

/** The order days from a document on, each with the net value of the goods that were ordered, in day order. */
export function orderDayNets(
  documents: Documents,
  isGoods: (itemNumber: number) => boolean,
  from = 0,
): readonly OrderDayNet[] {
  const days: { day: number; netMinor: number; isOrderDay: boolean }[] = [];
  for (let d = from; d < documents.count; d += 1) {
    if (documents.isCredit[d] === 1) continue;
    const day = documents.day[d] ?? 0;
    let last = days.at(-1);
    if (last?.day !== day) days.push((last = { day, netMinor: 0, isOrderDay: false }));
    last.netMinor += netOf(d, documents, isGoods);
    last.isOrderDay ||= isOrderEvent(documents, d, isGoods);
  }
  return days.filter(({ isOrderDay }) => isOrderDay);
}

function netOf(
  document: number,
  { firstLine, item, netMinor }: Documents,
  isGoods: (itemNumber: number) => boolean,
): number {
  let net = 0;
  const end = firstLine[document + 1] ?? 0;
  for (let line = firstLine[document] ?? 0; line < end; line += 1)
    if (isGoods(item[line] ?? -1)) net += netMinor[line] ?? 0;
  return net;
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
