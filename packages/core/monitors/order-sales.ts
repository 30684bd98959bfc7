import type { History } from "../snapshots/history.ts";
import { type OrderDayNet, orderDayNets } from "../snapshots/order-days.ts";
import { dayNumber, minor } from "../platform/values.ts";
import type { CountedSale } from "./owner-records.ts";

type Orders = Pick<History, "currency" | "documents" | "itemOf">;

/**
 * The order days of a customer as sold sales, each with the net value of the goods that were ordered
 * (docs/reference/monitors.md 1), those of days after the as-of day included. Credits are not taken off: they have days
 * of their own. A day of which a line has no price or rate has no amount.
 */
export const orderSales = (
  { currency, documents, itemOf }: Orders,
  ahead: readonly OrderDayNet[] = [],
): readonly CountedSale[] =>
  [...orderDayNets(documents, (item) => itemOf(item).isGoods), ...ahead].map(({ day, netMinor }) => ({
    day: dayNumber(day),
    status: "sold",
    ...(Number.isNaN(netMinor) ? {} : { amountMinor: minor(netMinor), currency }),
  }));
