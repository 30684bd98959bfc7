import { completeMonths } from "@regulars/core/platform/period";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import { fewer, forgottenPurchases, mainPurchases, staplesOf, storyPurchases } from "./basket.ts";
import type { Catalogue } from "./catalogue.ts";
import type { BookEntry } from "./customer-book.ts";
import type { DemoOrder } from "./demo-order.ts";
import { cancelledOf, creditsOf, draftsOf } from "./order-exceptions.ts";
import { type Priced, pricing } from "./pricing.ts";
import type { Random } from "./random.ts";
import { type RhythmSpan, orderDaysOf, workdayFrom } from "./rhythm.ts";
import type { DemoPlan } from "./story.ts";

/** The day an order is delivered and invoiced on: the next working day. */
export const invoiceDayOf = ({ day }: Pick<DemoOrder, "day">): number => workdayFrom(day + 1);

/** Everything one customer ordered and sent back within the span. */
export function ordersOf(
  entry: BookEntry,
  plan: DemoPlan,
  catalogue: Catalogue,
  span: RhythmSpan,
  random: Random,
): DemoOrder[] {
  const days = orderDaysOf(entry, plan, span, random);
  const staples = staplesOf(entry.category, days.length, catalogue, random);
  const latestFrom = completeMonths(toDay(dayNumber(span.to)), 1, 3).from;
  const priceOf = pricing(plan.inKronor === true, random);
  const sales = days.flatMap((day, i) => {
    const back = days.length - 1 - i;
    const isLatest = day >= latestFrom;
    const planted = (plan.items ?? []).flatMap((item) => storyPurchases(item, { back, isLatest }, catalogue));
    const percent = isLatest ? (plan.smallerPercent ?? 100) : 100;
    const first = [...mainPurchases(staples, back, random), ...planted];
    const later = Array.from({ length: laterOrders(plan, random) }, () => forgottenPurchases(staples, random));
    return [first, ...later].map((purchases, nth) =>
      saleOf(entry, day, nth, priceOf(fewer(purchases, percent), day), random),
    );
  });
  const exceptions = [
    ...draftsOf(sales, entry.everyDays),
    ...creditsOf(sales, plan, random),
    ...cancelledOf(sales, random),
  ];
  return [...sales, ...exceptions].filter(({ day }) => day <= span.to).map((order) => withStatus(order, span));
}

/** Orders delivered after the span are not invoiced yet. */
const withStatus = (order: DemoOrder, span: RhythmSpan): DemoOrder =>
  order.status === "invoiced" && order.type === "sale" && invoiceDayOf(order) > span.to
    ? { ...order, status: "confirmed" }
    : order;

const laterOrders = ({ ordersPerDay }: DemoPlan, random: Random): number =>
  ordersPerDay === undefined ? Number(random.chance(0.14)) : ordersPerDay - 1;

/** The first order of a day comes in the morning, later ones in the afternoon. */
function saleOf({ customerId }: BookEntry, day: number, nth: number, priced: Priced, random: Random): DemoOrder {
  const minute = nth === 0 ? random.int(7 * 60, 11 * 60) : random.int(12 * 60 + 30, 15 * 60 + 45);
  return { customerId, day, minute, type: "sale", status: "invoiced", ...priced };
}
