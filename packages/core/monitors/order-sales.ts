import type { History } from "../snapshots/history.ts";
import { dayNumber, minor } from "../platform/values.ts";
import type { CountedSale } from "./owner-records.ts";

type Orders = Pick<History, "currency" | "documents" | "orderDays" | "orderDayCount" | "itemOf">;

/**
 * The order days of a customer as sold sales, each with the net value of the goods that were ordered
 * (docs/reference/monitors.md 1). Credits are not taken off: they have days of their own. A day of which a line has no
 * price or rate has no amount.
 */
export function orderSales({ currency, documents, orderDays, orderDayCount, itemOf }: Orders): CountedSale[] {
  const sales: CountedSale[] = [];
  let document = 0;
  for (let index = 0; index < orderDayCount; index += 1) {
    const on = orderDays[index] ?? 0;
    let net = 0;
    while (document < documents.count && (documents.day[document] ?? 0) <= on) {
      if (documents.day[document] === on && documents.isCredit[document] !== 1)
        net += netOf(document, documents, itemOf);
      document += 1;
    }
    sales.push({
      day: dayNumber(on),
      status: "sold",
      ...(Number.isNaN(net) ? {} : { amountMinor: minor(net), currency }),
    });
  }
  return sales;
}

function netOf(
  document: number,
  { firstLine, item, netMinor }: History["documents"],
  itemOf: Orders["itemOf"],
): number {
  let net = 0;
  const end = firstLine[document + 1] ?? 0;
  for (let line = firstLine[document] ?? 0; line < end; line += 1)
    if (itemOf(item[line] ?? -1).isGoods) net += netMinor[line] ?? 0;
  return net;
}
