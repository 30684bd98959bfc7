import { type Causes, causeNames, causesOf } from "@regulars/core/code-red/causes";
import { confirmFall } from "@regulars/core/code-red/confirm";
import { benjaminiHochberg, binomialAtMost } from "@regulars/core/code-red/item-test";
import { lightOf } from "@regulars/core/code-red/light";
import type { Period } from "@regulars/core/platform/period";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import type { Documents } from "@regulars/core/snapshots/history";
import { FIRST_CHARGE, links } from "./lines.ts";
import { type Answer, COLUMN_WIDTH, ColumnField, Field, LIGHTS, WIDTH, noAnswer, plan, settings } from "./question.ts";

/** An order as it is stored, with a day as text and a list of lines. */
interface PlainOrder {
  readonly orderId: string;
  readonly customer: number;
  readonly orderedOn: string;
  readonly type: "sale" | "credit";
  readonly lines: readonly PlainLine[];
}

interface PlainLine {
  readonly itemId: string;
  readonly kind: "goods" | "charge";
  readonly quantity: number;
  readonly netMinor: number;
}

export const plainOrdersOf = (documents: Documents, customer: number): PlainOrder[] =>
  Array.from({ length: documents.count }, (_, d) => {
    const [from, to] = [documents.firstLine[d] ?? 0, documents.firstLine[d + 1] ?? 0];
    const lines = Array.from({ length: to - from }, (__, i): PlainLine => {
      const item = documents.item[from + i] ?? 0;
      return {
        itemId: `I${item}`,
        kind: item < FIRST_CHARGE ? "goods" : "charge",
        quantity: documents.quantity[from + i] ?? 0,
        netMinor: documents.netMinor[from + i] ?? 0,
      };
    });
    const type = documents.isCredit[d] === 1 ? "credit" : "sale";
    return { orderId: `${customer}-${d}`, customer, orderedOn: toDay(dayNumber(documents.day[d] ?? 0)), type, lines };
  });

/** A line with its order's fields. */
type Line = Omit<PlainOrder, "lines"> & PlainLine;

const daysOf = ({ from, to }: Period) => ({ from: toDay(from), to: toDay(to) });
const linesIn = (lines: readonly Line[], period: Period): readonly Line[] => {
  const { from, to } = daysOf(period);
  return lines.filter(({ orderedOn }) => orderedOn >= from && orderedOn <= to);
};
const isOrdered = ({ type, quantity }: Line): boolean => type === "sale" && quantity > 0;
const sumOf = (lines: readonly Line[], field: "netMinor" | "quantity"): number =>
  lines.reduce((sum, line) => sum + line[field], 0);

const valueOf = (lines: readonly Line[]) => ({
  salesMinor: sumOf(
    lines.filter(({ type }) => type === "sale"),
    "netMinor",
  ),
  creditsMinor: -sumOf(
    lines.filter(({ type }) => type === "credit"),
    "netMinor",
  ),
  orders: new Set(lines.filter(isOrdered).map(({ orderedOn }) => orderedOn)).size,
});
type Value = ReturnType<typeof valueOf>;
const net = ({ salesMinor, creditsMinor }: Value): number => salesMinor - creditsMinor;

/** As one writes it without thinking of speed: group, filter, add up, with objects, sets and maps. */
export function plainAnswer(orders: readonly PlainOrder[], customers: number): Answer {
  const compared = [...Map.groupBy(orders, ({ customer }) => customer)].map(([customer, own]) => {
    const goods = own.flatMap(({ lines, ...order }) =>
      lines.filter(({ kind }) => kind === "goods").map((line): Line => ({ ...order, ...line })),
    );
    return { customer, columns: columnsOf(goods), items: itemsOf(goods), links: redLinks(goods) };
  });
  const book = plan.columns.map((_, i) => bookOf(compared.flatMap(({ columns }) => columns[i] ?? [])));
  const rows = compared.map((one) => {
    const columns = one.columns.map((column, i) => assessed(column, book[i], i));
    const red = columns.filter(({ light }) => light === "red");
    const isWithMarket = red.length > 0 && red.every((column) => column.isWithMarket);
    const isConfirmed = red.some((column) => column.isConfirmed) && !isWithMarket;
    return { ...one, columns, isConfirmed, isWithMarket, beyond: Math.max(0, ...red.map(({ beyond }) => beyond)) };
  });
  rows.sort(
    (a, b) =>
      Number(b.isConfirmed) - Number(a.isConfirmed) ||
      Number(a.isWithMarket) - Number(b.isWithMarket) ||
      b.beyond - a.beyond ||
      (`C${a.customer}` < `C${b.customer}` ? -1 : 1),
  );
  const answer = noAnswer(customers);
  rows.forEach((row, place) => put(answer, row, place));
  return answer;
}

function columnsOf(goods: readonly Line[]) {
  const firstOn = goods.map(({ orderedOn }) => orderedOn).toSorted()[0] ?? "";
  const known = plan.months.filter(({ to }) => toDay(to) >= firstOn);
  return plan.columns.map(({ current, previous, months }) => {
    const [now, before] = [valueOf(linesIn(goods, current)), valueOf(linesIn(goods, previous))];
    const isGrey = firstOn > toDay(previous.from) || net(before) <= 0;
    const light = isGrey ? "grey" : lightOf(net(now), net(before), settings.percent);
    const values = light === "red" ? known.map((month) => sumOf(linesIn(goods, month), "netMinor")) : [];
    return { now, before, light, isConfirmed: confirmFall(values, months, plan.monthWorkingDays).isConfirmed };
  });
}
type PlainColumn = ReturnType<typeof columnsOf>[number];

const add = (a: Value, b: Value): Value => ({
  salesMinor: a.salesMinor + b.salesMinor,
  creditsMinor: a.creditsMinor + b.creditsMinor,
  orders: a.orders + b.orders,
});

function bookOf(columns: readonly PlainColumn[]) {
  const comparable = columns.filter(({ light }) => light !== "grey");
  const none: Value = { salesMinor: 0, creditsMinor: 0, orders: 0 };
  const current = comparable.reduce((sum, { now }) => add(sum, now), none);
  const previous = comparable.reduce((sum, { before }) => add(sum, before), none);
  return { customers: comparable.length, current, previous };
}

function assessed(column: PlainColumn, book: ReturnType<typeof bookOf> | undefined, i: number) {
  const planned = plan.columns[i];
  if (column.light !== "red" || book === undefined || planned === undefined)
    return { ...column, isWithMarket: false, beyond: 0, causes: undefined };
  const [now, before] = [net(book.current), net(book.previous)];
  const kept = before > 0 ? Math.min(1, Math.max(0, now / before)) : 1;
  return {
    ...column,
    isWithMarket: before > 0 && BigInt(net(column.now)) * BigInt(before) >= BigInt(net(column.before)) * BigInt(now),
    beyond: Math.max(0, Math.round(net(column.before) * kept) - net(column.now)),
    causes: causesOf({ current: column.now, previous: column.before }, planned, book),
  };
}

function itemsOf(goods: readonly Line[]) {
  const ordersOf = (lines: readonly Line[]) => new Set(lines.filter(isOrdered).map(({ orderId }) => orderId)).size;
  const { current, previous } = plan.items;
  const all = { now: ordersOf(linesIn(goods, current)), before: ordersOf(linesIn(goods, previous)) };
  const compared = [...Map.groupBy(goods, ({ itemId }) => itemId)].flatMap(([itemId, lines]) => {
    const [now, before] = [linesIn(lines, current), linesIn(lines, previous)];
    if (ordersOf(before) < settings.minInvoices) return [];
    const [sumNow, sumBefore] = [sumOf(now, "quantity"), sumOf(before, "quantity")];
    if (sumNow <= 0 && sumBefore <= 0) return [];
    const isRed = sumBefore > 0 && (sumNow <= 0 || (sumBefore - sumNow) * 100 >= settings.percent * sumBefore);
    const share = all.now / (all.now + all.before);
    return [{ itemId, isRed, chance: binomialAtMost(ordersOf(now), ordersOf(now) + ordersOf(before), share) }];
  });
  const found = benjaminiHochberg(
    compared.map(({ chance }) => chance),
    0.1,
  );
  return compared.map((item, i) => ({ ...item, isConfirmed: item.isRed && found[i] === true }));
}

function redLinks(goods: readonly Line[]): number[] {
  const bought = new Map<string, number>();
  for (const { itemId, quantity } of linesIn(goods, plan.links))
    bought.set(itemId, (bought.get(itemId) ?? 0) + quantity);
  return links.flatMap(({ itemId, linkedItemId, ratio, linkedRatio }, number) => {
    const expected = Math.max(0, bought.get(itemId) ?? 0) * linkedRatio;
    const off = Math.abs(expected - Math.max(0, bought.get(linkedItemId) ?? 0) * ratio);
    return expected > 0 && off * 100 >= settings.percent * expected ? [number] : [];
  });
}

interface PlainRow {
  readonly customer: number;
  readonly columns: readonly ReturnType<typeof assessed>[];
  readonly items: ReturnType<typeof itemsOf>;
  readonly links: readonly number[];
}

function put(answer: Answer, { customer, columns, items, links: red }: PlainRow, place: number): void {
  const at = customer * WIDTH;
  for (const [i, { now, before, light, isConfirmed, isWithMarket, beyond, causes }] of columns.entries()) {
    const own = [net(now), net(before), LIGHTS.indexOf(light), Number(isConfirmed), Number(isWithMarket), beyond];
    answer.set([...own, ...numbersOf(causes)], at + i * COLUMN_WIDTH + ColumnField.current);
  }
  const redItems = items.filter(({ isRed }) => isRed);
  answer[at + Field.redItems] = redItems.length;
  answer[at + Field.redItemNumbers] = redItems.reduce((sum, { itemId }) => sum + Number(itemId.slice(1)), 0);
  answer[at + Field.confirmedItems] = items.filter(({ isConfirmed }) => isConfirmed).length;
  answer[at + Field.redLinks] = red.length;
  answer[at + Field.redLinkNumbers] = red.reduce((sum, number) => sum + number, 0);
  answer[at + Field.place] = place;
}

const numbersOf = (causes: Causes | undefined): number[] => causeNames.map((name) => causes?.[name] ?? 0);
