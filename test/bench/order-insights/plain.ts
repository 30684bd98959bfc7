import { lightOf } from "@regulars/core/code-red/light";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import type { Period } from "@regulars/core/platform/period";
import { FIRST_CHARGE, type MadeCustomer } from "./lines.ts";
import {
  type Answers,
  Field,
  LIGHTS,
  MIN_JOINT,
  MIN_ORDERS,
  addTo,
  asOf,
  lostRule,
  noAnswers,
  pairPeriod,
  plan,
  settings,
  sortedPairs,
  tenuredOn,
} from "./question.ts";

/** An order as it is stored, with a day as text and a list of lines. */
export interface PlainOrder {
  readonly document: number;
  readonly customer: number;
  readonly orderedOn: string;
  readonly isCredit: boolean;
  readonly lines: readonly {
    readonly item: number;
    readonly isGoods: boolean;
    readonly quantity: number;
    readonly netMinor: number;
  }[];
}

export const plainOrdersOf = ({ customer, documents }: MadeCustomer): PlainOrder[] =>
  Array.from({ length: documents.count }, (_, d) => ({
    document: customer * 128 + d,
    customer,
    orderedOn: toDay(dayNumber(documents.day[d] ?? 0)),
    isCredit: documents.isCredit[d] === 1,
    lines: Array.from({ length: (documents.firstLine[d + 1] ?? 0) - (documents.firstLine[d] ?? 0) }, (__, i) => {
      const line = (documents.firstLine[d] ?? 0) + i;
      const item = documents.item[line] ?? 0;
      const isGoods = item < FIRST_CHARGE;
      return { item, isGoods, quantity: documents.quantity[line] ?? 0, netMinor: documents.netMinor[line] ?? 0 };
    }),
  }));

const text = (on: number): string => toDay(dayNumber(on));
const daysOf = ({ from, to }: Period) => ({ from: text(from), to: text(to) });
const numberOf = (day: string): number => Date.parse(day) / 86_400_000;

/** As one writes it without thinking of speed: group, filter, add up, with objects, sets and maps. */
export function plainAnswers(orders: readonly PlainOrder[], customers: number): Answers {
  const answers = noAnswers(customers);
  for (const [customer, own] of Map.groupBy(orders, (order) => order.customer)) {
    const goods = own.flatMap((order) =>
      order.lines.filter(({ isGoods }) => isGoods).map((line) => ({ ...order, ...line })),
    );
    const bought = goods.filter(({ isCredit, quantity }) => !isCredit && quantity > 0);
    const orderDays = [...new Set(bought.map(({ orderedOn }) => orderedOn))].toSorted().map(numberOf);
    addTo(answers, customer, Field.orderDays, orderDays.length);
    addTo(answers, customer, Field.isSilent, Number(isSilent(orderDays)));
    columnsInto(answers, customer, goods);
    for (const item of lostItems(bought, orderDays)) {
      addTo(answers, customer, Field.lost, 1);
      addTo(answers, customer, Field.lostItems, item);
    }
    for (const item of redItems(goods)) {
      addTo(answers, customer, Field.red, 1);
      addTo(answers, customer, Field.redItems, item);
    }
  }
  return { customers: answers, pairs: pairsOf(orders) };
}

type Line = Omit<PlainOrder, "lines"> & PlainOrder["lines"][number];

function isSilent(orderDays: readonly number[]): boolean {
  const [first = 0, last = 0, before = 0] = [orderDays[0], orderDays.at(-1), orderDays.at(-2)];
  return orderDays.length >= MIN_ORDERS && first <= tenuredOn && asOf - last > last - before;
}

function columnsInto(answers: Float64Array, customer: number, goods: readonly Line[]): void {
  const firstOn = goods.map(({ orderedOn }) => orderedOn).toSorted()[0] ?? "";
  for (const [i, { current, previous }] of plan.columns.entries()) {
    const net = ({ from, to }: { readonly from: string; readonly to: string }): number =>
      goods
        .filter(({ orderedOn }) => orderedOn >= from && orderedOn <= to)
        .reduce((total, { netMinor }) => total + netMinor, 0);
    const [now, before] = [net(daysOf(current)), net(daysOf(previous))];
    const isGrey = firstOn > text(previous.from) || before <= 0;
    addTo(answers, customer, Field.columns + 3 * i, now);
    addTo(answers, customer, Field.columns + 3 * i + 1, before);
    const light = isGrey ? "grey" : lightOf(now, before, settings.percent);
    addTo(answers, customer, Field.columns + 3 * i + 2, LIGHTS.indexOf(light));
  }
}

function lostItems(bought: readonly Line[], orderDays: readonly number[]): number[] {
  const { lookbackDays, windowDays, moreThanOrders, minItemOrders } = lostRule;
  if (orderDays.filter((on) => on > asOf - windowDays).length <= moreThanOrders) return [];
  const since = text(asOf - lookbackDays);
  const byItem = Map.groupBy(
    bought.filter(({ orderedOn }) => orderedOn > since),
    ({ item }) => item,
  );
  const latest = orderDays.at(-1) ?? 0;
  return [...byItem].flatMap(([item, lines]) => {
    const days = [...new Set(lines.map(({ orderedOn }) => orderedOn))].toSorted().map(numberOf);
    const [first = 0, last = 0] = [days[0], days.at(-1)];
    const steps = orderDays.filter((on) => on > first && on <= last).length;
    const without = orderDays.filter((on) => on > last).length;
    const longest = Math.max(0, ...days.slice(1).map((on, i) => on - (days[i] ?? on)));
    const isLost =
      days.filter((on) => on > asOf - windowDays).length >= minItemOrders &&
      without * (days.length - 1) > 2 * steps &&
      asOf - last > longest &&
      last < latest;
    return isLost ? [item] : [];
  });
}

function redItems(goods: readonly Line[]): number[] {
  const [current, previous] = [daysOf(plan.items.current), daysOf(plan.items.previous)];
  return [...Map.groupBy(goods, ({ item }) => item)].flatMap(([item, lines]) => {
    const before = lines.filter(({ orderedOn }) => orderedOn >= previous.from && orderedOn <= previous.to);
    const now = lines.filter(({ orderedOn }) => orderedOn >= current.from && orderedOn <= current.to);
    const total = (of: readonly Line[]): number => of.reduce((sum, { quantity }) => sum + quantity, 0);
    const orders = new Set(
      before.filter(({ isCredit, quantity }) => !isCredit && quantity > 0).map(({ document }) => document),
    );
    const [sumBefore, sumNow] = [total(before), total(now)];
    const isRed = sumNow <= 0 || (sumBefore - sumNow) * 100 >= settings.percent * sumBefore;
    return orders.size >= settings.minInvoices && sumBefore > 0 && isRed ? [item] : [];
  });
}

function pairsOf(orders: readonly PlainOrder[]): Int32Array {
  const { from, to } = daysOf(pairPeriod);
  const counts = new Map<string, number>();
  for (const { isCredit, orderedOn, lines } of orders) {
    if (isCredit || orderedOn < from || orderedOn > to) continue;
    const bought = lines.filter(({ isGoods, quantity }) => isGoods && quantity > 0);
    const items = [...new Set(bought.map(({ item }) => item))].toSorted((a, b) => a - b);
    for (const [i, a] of items.entries())
      for (const b of items.slice(i + 1)) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
  }
  const joint = [...counts].filter(([, count]) => count >= MIN_JOINT);
  return sortedPairs(
    joint.map(([pair, count]) => {
      const [a = 0, b = 0] = pair.split(" ").map(Number);
      return [a, b, count];
    }),
  );
}
