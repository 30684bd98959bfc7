import type { Purchase } from "./basket.ts";
import { charges } from "./catalogue.ts";
import type { Random } from "./random.ts";

/** A line with its price and cost in the order's currency. */
export interface DemoLine extends Purchase {
  readonly kind: "goods" | "charge";
  readonly priceMinor: number;
  readonly costMinor?: number;
}

/** An order's lines; `rate` converts kronor to the base currency. */
export interface Priced {
  readonly lines: readonly DemoLine[];
  readonly kronorRate?: number;
}

const ORDER_MINIMUM_MINOR = 7_500;
const CRATE = 12;

/** One customer's prices: most pay the list's, some have an agreed discount; kronor are at the day's rate. */
export function pricing(inKronor: boolean, random: Random): (purchases: readonly Purchase[], day: number) => Priced {
  const discountPercent = random.chance(0.6) ? 0 : random.int(3, 9);
  return (purchases, day) => {
    if (!inKronor) return { lines: pricedLines(purchases, discountPercent, 1) };
    const kronorRate = rateOn(day);
    return { lines: pricedLines(purchases, discountPercent, kronorRate), kronorRate };
  };
}

/** An exchange rate that varies a little from month to month. */
const rateOn = (day: number): number => 0.0865 + (Math.floor(day / 30) % 7) * 0.0006;

function pricedLines(purchases: readonly Purchase[], discountPercent: number, rate: number): DemoLine[] {
  const inCurrency = (minor: number): number => Math.round(minor / rate);
  const goods = purchases.map(({ item, quantity }): DemoLine => {
    const priceMinor = inCurrency((item.priceMinor * (100 - discountPercent)) / 100);
    const cost = item.costMinor === undefined ? {} : { costMinor: inCurrency(item.costMinor) };
    return { item, quantity, kind: "goods", priceMinor, ...cost };
  });
  const charged = chargesOn(goods).map(({ item, quantity }): DemoLine => ({
    item,
    quantity,
    kind: "charge",
    priceMinor: inCurrency(item.priceMinor),
  }));
  return [...goods, ...charged];
}

/** Charges: delivery on small orders, a deposit on every case of bottles. */
function chargesOn(goods: readonly DemoLine[]): Purchase[] {
  const value = goods.reduce((total, { item, quantity }) => total + quantity * item.priceMinor, 0);
  const crates = goods.filter(({ item, quantity }) => item.baseUnit === "bottle" && quantity >= CRATE).length;
  const owed = [
    { item: charges.freight, quantity: value < ORDER_MINIMUM_MINOR ? 1 : 0 },
    { item: charges.deposit, quantity: crates },
  ];
  return owed.filter(({ quantity }) => quantity > 0);
}
