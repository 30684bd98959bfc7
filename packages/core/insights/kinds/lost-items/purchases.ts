import type { History } from "../../../snapshots/history.ts";

/** One item's purchases by one customer: day, document and quantity, in day order. */
export interface Purchases {
  readonly days: number[];
  readonly documents: string[];
  readonly quantities: number[];
  readonly netMinor: number[];
}

/** The purchases of each goods item; returns never count as containing an item (docs/reference/insights.md G8). */
export function purchasesByItem(history: History, after: number): Map<number, Purchases> {
  const { documents } = history;
  const byItem = new Map<number, Purchases>();
  for (let d = documents.count - 1; d >= 0 && (documents.day[d] ?? 0) > after; d -= 1) {
    if (documents.isCredit[d] === 1) continue;
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1)
      if ((documents.quantity[l] ?? 0) > 0) note(byItem, history, d, l);
  }
  for (const bought of byItem.values()) reverse(bought);
  return byItem;
}

function note(byItem: Map<number, Purchases>, { documents, itemOf }: History, d: number, l: number): void {
  const item = documents.item[l] ?? -1;
  if (!itemOf(item).isGoods) return;
  let bought = byItem.get(item);
  if (bought === undefined) byItem.set(item, (bought = { days: [], documents: [], quantities: [], netMinor: [] }));
  const on = documents.day[d] ?? 0;
  const net = documents.netMinor[l] ?? Number.NaN;
  if (bought.days.at(-1) === on) {
    const i = bought.days.length - 1;
    bought.quantities[i] = (bought.quantities[i] ?? 0) + (documents.quantity[l] ?? 0);
    bought.netMinor[i] = (bought.netMinor[i] ?? 0) + (Number.isNaN(net) ? 0 : net);
    return;
  }
  bought.days.push(on);
  bought.documents.push(documents.ids[d] ?? "");
  bought.quantities.push(documents.quantity[l] ?? 0);
  bought.netMinor.push(Number.isNaN(net) ? 0 : net);
}

function reverse(bought: Purchases): void {
  bought.days.reverse();
  bought.documents.reverse();
  bought.quantities.reverse();
  bought.netMinor.reverse();
}
