import type { Closure } from "./platform/closure.ts";
import type { Documents, History, ItemCard } from "./snapshots/history.ts";
import { type Found, type InsightKind, settingOf } from "./insights/define.ts";
import type { Assessment, Json } from "./insights/finding.ts";
import { type Order, type OrderLine, isEffective } from "./orders/order.ts";
import { collectOrderDays } from "./snapshots/order-days.ts";
import { addDays } from "./platform/period.ts";
import type { Receivable } from "./invoices/receivable.ts";
import {
  type Day,
  type ItemId,
  currencySchema,
  customerIdSchema,
  day,
  invoiceIdSchema,
  itemIdSchema,
  minor,
  orderIdSchema,
  toDayNumber,
  toInstant,
  userIdSchema,
} from "./platform/values.ts";

const MS_PER_DAY = 86_400_000;

/** One line as a test tells it: an item is enough. */
export interface LineStory {
  readonly itemId?: string;
  readonly quantity?: number;
  /** 1000 unless told; `undefined` when the document's currency had no rate. */
  readonly netMinor?: number | undefined;
  readonly costMinor?: number;
  readonly kind?: OrderLine["kind"];
}

/** One order or credit. Without lines it has one: a single "item" for 10.00, given back when it is a credit. */
export interface OrderStory {
  readonly on: string;
  readonly orderId?: string;
  readonly customerId?: string;
  readonly type?: Order["type"];
  readonly status?: string;
  readonly currency?: string;
  readonly lines?: readonly (string | LineStory)[];
}

/** One invoice or credit memo of 100.00, undisputed and without a due date unless told. */
export interface ReceivableStory {
  readonly invoiceId?: string;
  readonly customerId?: string;
  /** 30 days before it is due unless told. */
  readonly invoicedOn?: string;
  readonly dueOn?: string;
  readonly totalMinor?: number;
  readonly currency?: string;
  readonly type?: Receivable["type"];
  readonly disputed?: boolean;
  readonly paid?: readonly { readonly on: string; readonly minor: number }[];
}

interface ItemStory {
  readonly replacedBy?: string;
  readonly discontinuedOn?: string;
  readonly outOfStockFrom?: string;
  readonly outOfStockTo?: string;
}

/** What a customer's history is about. Everything after `asOf` is left out, as the store's reader does. */
export interface HistoryStory {
  readonly asOf: string;
  /** Days with one plain order each. */
  readonly orderedOn?: readonly string[];
  readonly orders?: readonly OrderStory[];
  readonly receivables?: readonly ReceivableStory[];
  readonly closures?: readonly Closure[];
  /** What is told of items' substitutes, ends and times out of stock; every other item has a plain card. */
  readonly items?: Readonly<Record<string, ItemStory>>;
  /** Items ordered on the live day after `asOf`. */
  readonly orderedSince?: readonly string[];
  /** A later day for which goods are on order. */
  readonly awaitedOn?: string;
  readonly isOnCreditHold?: boolean;
  readonly customerId?: string;
  readonly repId?: string;
  readonly currency?: string;
}

/** A customer told in days before `asOf`: 2026-11-22, a Sunday, unless told. */
export interface CustomerStory extends Partial<HistoryStory> {
  readonly orderedDaysAgo?: readonly number[];
}

const DEFAULTS = { asOf: "2026-11-22", customerId: "acme", currency: "EUR", item: "item" } as const;

/** An order as the ERP tells it. */
export function anOrder(story: OrderStory): Order {
  const { on, type = "sale", lines = [type === "sale" ? {} : { quantity: -1, netMinor: -1000 }] } = story;
  return {
    orderId: orderIdSchema.parse(story.orderId ?? `order-${on}`),
    customerId: customerIdSchema.parse(story.customerId ?? DEFAULTS.customerId),
    orderedAt: toInstant(toDayNumber(day(on)) * MS_PER_DAY),
    orderedOn: day(on),
    type,
    status: story.status ?? "confirmed",
    currency: currencySchema.parse(story.currency ?? DEFAULTS.currency),
    lines: lines.map(aLine),
  };
}

function aLine(story: string | LineStory): OrderLine {
  const told = typeof story === "string" ? { itemId: story } : story;
  const { itemId = DEFAULTS.item, quantity = 1, kind = "goods", costMinor } = told;
  const netMinor = "netMinor" in told ? told.netMinor : 1000;
  return {
    itemId: itemIdSchema.parse(itemId),
    kind,
    quantity,
    ...(netMinor === undefined ? {} : { netMinor: minor(netMinor) }),
    ...(costMinor === undefined ? {} : { costMinor: minor(costMinor) }),
  };
}

/** An invoice or a credit memo with what has been paid on it. */
export function aReceivable(story: ReceivableStory): Receivable {
  const dueOn = story.dueOn === undefined ? undefined : day(story.dueOn);
  return {
    invoiceId: invoiceIdSchema.parse(story.invoiceId ?? `invoice-${story.dueOn ?? story.invoicedOn ?? "undated"}`),
    customerId: customerIdSchema.parse(story.customerId ?? DEFAULTS.customerId),
    invoicedOn: story.invoicedOn === undefined ? addDays(dueOn ?? day(DEFAULTS.asOf), -30) : day(story.invoicedOn),
    ...(dueOn === undefined ? {} : { dueOn }),
    totalMinor: minor(story.totalMinor ?? 10_000),
    currency: currencySchema.parse(story.currency ?? DEFAULTS.currency),
    type: story.type ?? "invoice",
    disputed: story.disputed ?? false,
    payments: (story.paid ?? []).map(({ on, minor: amount }) => ({ paidOn: day(on), amountMinor: minor(amount) })),
  };
}

/** A customer's history on a day, from what a test is about. The same story on another `asOf` is what was known then. */
export function aHistory(story: HistoryStory): History {
  const asOf = day(story.asOf);
  const numbers = new ItemNumbering(story.items ?? {});
  const plain = (story.orderedOn ?? []).map((on, i) => anOrder({ on, orderId: `order-${on}-${i}` }));
  const told = (story.orders ?? []).map((order, i) => anOrder({ orderId: `order-${order.on}-told-${i}`, ...order }));
  const orders = [...plain, ...told]
    .filter((order) => order.orderedOn <= asOf && isEffective(order))
    .toSorted(byDayAndId);
  const documents = documentsOf(orders, numbers);
  const orderDays = new Int32Array(documents.count);
  return {
    customerId: customerIdSchema.parse(story.customerId ?? DEFAULTS.customerId),
    repId: story.repId === undefined ? undefined : userIdSchema.parse(story.repId),
    currency: currencySchema.parse(story.currency ?? DEFAULTS.currency),
    closures: story.closures ?? [],
    isOnCreditHold: story.isOnCreditHold,
    asOf: toDayNumber(asOf),
    documents,
    orderDays,
    orderDayCount: collectOrderDays(documents, (item) => numbers.card(item).isGoods, orderDays),
    receivables: (story.receivables ?? []).map(aReceivable).flatMap((one) => knownOn(asOf, one)),
    itemOf: (item) => numbers.card(item),
    awaitedOn: story.awaitedOn === undefined ? undefined : toDayNumber(day(story.awaitedOn)),
    orderedSince: story.orderedSince && new Set(story.orderedSince.map((itemId) => numbers.of(itemId, "goods"))),
  };
}

/** `aHistory` told in days before its as-of day. */
export function aCustomer({ orderedDaysAgo = [], asOf = DEFAULTS.asOf, ...story }: CustomerStory): History {
  const orderedOn = orderedDaysAgo.map((days) => addDays(day(asOf), -days));
  return aHistory({ ...story, asOf, orderedOn: [...(story.orderedOn ?? []), ...orderedOn] });
}

/** What a kind says of a customer on the history's as-of day. */
export interface Judgement extends Found<Json> {
  readonly assessment: Assessment;
}

/** Detects and assesses on the history's as-of day; `undefined` when the kind does not apply to the customer. */
export function judge(kind: InsightKind, history: History, settings: unknown = {}): readonly Judgement[] | undefined {
  const { detect, assess } = kind.configure(settings);
  const setting = settingOf(history);
  return detect(history, setting.asOf)?.map((found) => ({ ...found, assessment: assess(found.facts, setting) }));
}

function byDayAndId(a: Order, b: Order): number {
  if (a.orderedOn !== b.orderedOn) return a.orderedOn < b.orderedOn ? -1 : 1;
  return a.orderId < b.orderId ? -1 : 1;
}

function knownOn(asOf: Day, receivable: Receivable): Receivable[] {
  if (receivable.invoicedOn > asOf) return [];
  return [{ ...receivable, payments: receivable.payments.filter((payment) => payment.paidOn <= asOf) }];
}

function documentsOf(orders: readonly Order[], numbers: ItemNumbering): Documents {
  const lines = orders.flatMap((order) => order.lines);
  const firstLine = new Int32Array(orders.length + 1);
  orders.forEach((order, d) => (firstLine[d + 1] = (firstLine[d] ?? 0) + order.lines.length));
  return {
    count: orders.length,
    day: Int32Array.from(orders, (order) => toDayNumber(order.orderedOn)),
    isCredit: Uint8Array.from(orders, (order) => (order.type === "credit" ? 1 : 0)),
    firstLine,
    ids: orders.map((order) => order.orderId),
    item: Int32Array.from(lines, (line) => numbers.of(line.itemId, line.kind)),
    quantity: Float64Array.from(lines, (line) => line.quantity),
    netMinor: Float64Array.from(lines, (line) => line.netMinor ?? Number.NaN),
    costMinor: Float64Array.from(lines, (line) => line.costMinor ?? Number.NaN),
  };
}

/** Item numbers in the order items are met; an item sold as goods and as a charge has two. */
class ItemNumbering {
  readonly #told: NonNullable<HistoryStory["items"]>;
  readonly #cards: ItemCard[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(told: NonNullable<HistoryStory["items"]>) {
    this.#told = told;
  }

  of(itemId: string, kind: OrderLine["kind"]): number {
    const name = `${kind} ${itemId}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#cards.length);
    return this.#cards.push(this.#newCard(itemIdSchema.parse(itemId), kind)) - 1;
  }

  card(number: number): ItemCard {
    const card = this.#cards[number];
    if (card === undefined) throw new Error(`item number ${number} is nobody's`);
    return card;
  }

  #newCard(itemId: ItemId, kind: OrderLine["kind"]): ItemCard {
    const { replacedBy, discontinuedOn, outOfStockFrom, outOfStockTo } = this.#told[itemId] ?? {};
    return {
      itemId,
      isGoods: kind === "goods",
      ...(replacedBy === undefined ? {} : { replacedBy: itemIdSchema.parse(replacedBy) }),
      ...(discontinuedOn === undefined ? {} : { discontinuedOn: day(discontinuedOn) }),
      ...(outOfStockFrom === undefined ? {} : { outOfStockFrom: day(outOfStockFrom) }),
      ...(outOfStockTo === undefined ? {} : { outOfStockTo: day(outOfStockTo) }),
    };
  }
}
