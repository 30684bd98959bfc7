import { type Purchase, forgottenPurchases, mainPurchases, staplesOf, storyPurchases } from "./basket.ts";
import { type Catalogue, type CatalogueItem, charges } from "./catalogue.ts";
import type { BookEntry } from "./customer-book.ts";
import type { Random } from "./random.ts";
import { type Span, orderDaysOf } from "./rhythm.ts";
import type { Plan } from "./story.ts";

export type DemoStatus = "invoiced" | "confirmed" | "cancelled" | "draft";

/** A line with its price in the order's currency. */
export interface DemoLine extends Purchase {
  readonly kind: "goods" | "charge";
  readonly priceMinor: number;
  readonly costMinor?: number;
}

/** An order or a credit before it has an id. */
export interface DemoOrder {
  readonly customerId: string;
  readonly day: number;
  /** Minutes after local midnight. */
  readonly minute: number;
  readonly type: "sale" | "credit";
  readonly status: DemoStatus;
  /** The order a credit takes goods back from. */
  readonly returns?: DemoOrder;
  readonly lines: readonly DemoLine[];
  readonly kronorRate?: number;
}

/** Everything one customer ordered and sent back within the span. */
export function ordersOf(entry: BookEntry, plan: Plan, catalogue: Catalogue, span: Span, random: Random): DemoOrder[] {
  const days = orderDaysOf(entry, plan, span, random);
  const staples = staplesOf(entry.category, days.length, catalogue, random);
  const priceOf = pricing(plan.inKronor === true, random);
  const orders = days.flatMap((day, i) => {
    const back = days.length - 1 - i;
    const planted = plan.item === undefined ? [] : storyPurchases(plan.item, back, catalogue);
    const first = [...mainPurchases(staples, back, random), ...planted];
    const later = Array.from({ length: laterOrders(plan, random) }, () => forgottenPurchases(staples, random));
    return [first, ...later].map((purchases, nth) => saleOf(entry, day, nth, priceOf(purchases, day), random));
  });
  const unapplied = plan.unappliedCredit === true ? orders.slice(-4, -3) : [];
  return [...orders, ...unapplied.map((order) => creditOf(order, random)), ...mishaps(orders, span, random)];
}

const laterOrders = ({ ordersPerDay }: Plan, random: Random): number =>
  ordersPerDay === undefined ? Number(random.chance(0.14)) : ordersPerDay - 1;

type Priced = Pick<DemoOrder, "lines" | "kronorRate">;

/** Most pay list prices, some have an agreed discount; kronor are at the day's rate. */
function pricing(inKronor: boolean, random: Random): (purchases: readonly Purchase[], day: number) => Priced {
  const discount = random.chance(0.6) ? 0 : random.int(3, 9);
  return (purchases, day) => {
    const kronorRate = inKronor ? 0.0865 + (Math.floor(day / 30) % 7) * 0.0006 : undefined;
    const inCurrency = (minor: number): number => Math.round(minor / (kronorRate ?? 1));
    const goods = purchases.map(({ item, quantity }): DemoLine => {
      const priceMinor = inCurrency((item.priceMinor * (100 - discount)) / 100);
      const cost = item.costMinor === undefined ? {} : { costMinor: inCurrency(item.costMinor) };
      return { item, quantity, kind: "goods", priceMinor, ...cost };
    });
    const lines = [...goods, ...chargesOn(goods, inCurrency)];
    return { lines, ...(kronorRate === undefined ? {} : { kronorRate }) };
  };
}

/** Delivery on small orders, a deposit on every case of bottles. */
function chargesOn(goods: readonly DemoLine[], inCurrency: (minor: number) => number): DemoLine[] {
  const value = goods.reduce((total, line) => total + line.quantity * line.item.priceMinor, 0);
  const crates = goods.filter((line) => line.item.baseUnit === "bottle" && line.quantity >= 12).length;
  const chargeOf = (item: CatalogueItem, quantity: number): DemoLine[] =>
    quantity === 0 ? [] : [{ item, quantity, kind: "charge", priceMinor: inCurrency(item.priceMinor) }];
  return [...chargeOf(charges.freight, value < 7_500 ? 1 : 0), ...chargeOf(charges.deposit, crates)];
}

/** The first order of a day comes in the morning, later ones in the afternoon. */
function saleOf({ customerId }: BookEntry, day: number, nth: number, priced: Priced, random: Random): DemoOrder {
  const minute = nth === 0 ? random.int(7 * 60, 11 * 60) : random.int(12 * 60 + 30, 15 * 60 + 45);
  return { customerId, day, minute, type: "sale", status: "invoiced", ...priced };
}

/** Now and then something is sent back, and an order is entered twice and cancelled. */
function mishaps(orders: readonly DemoOrder[], span: Span, random: Random): DemoOrder[] {
  const credits = orders
    .filter(() => random.chance(0.025))
    .map((order) => creditOf(order, random))
    .filter(({ day }) => day <= span.to);
  const cancelled = orders
    .filter(() => random.chance(0.008))
    .map((order): DemoOrder => ({ ...order, minute: order.minute + 4, status: "cancelled" }));
  return [...credits, ...cancelled];
}

/** A credit for a part of an order's first lines, a few days later. */
function creditOf(order: DemoOrder, random: Random): DemoOrder {
  const returned = order.lines.filter((line) => line.kind === "goods").slice(0, random.int(1, 2));
  const lines = returned.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 3) }));
  return {
    ...order,
    day: order.day + random.int(2, 5),
    minute: random.int(9 * 60, 14 * 60),
    type: "credit",
    returns: order,
    lines,
  };
}
