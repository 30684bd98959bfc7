import { itemLinkSchema } from "./catalog/item-link.ts";
import type { Closure } from "./platform/closure.ts";
import { activityColumns } from "./snapshots/activity-columns.ts";
import type { ActivityView } from "./snapshots/activity-view.ts";
import type { Documents, History, ItemInfo } from "./snapshots/history.ts";
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

/** When things happen in tests that are about no time. */
export const TEST_NOW = toInstant(Date.UTC(2026, 10, 23, 6));

/** An order line in a test: an item is enough. */
export interface LineInput {
  readonly itemId?: string;
  readonly quantity?: number;
  /** 1000 by default; `undefined` when the document's currency has no rate. */
  readonly netMinor?: number | undefined;
  readonly costMinor?: number;
  readonly kind?: OrderLine["kind"];
}

/** One order or credit. By default it has one line: "item" for 10.00, returned when it is a credit. */
export interface OrderInput {
  readonly on: string;
  readonly orderId?: string;
  readonly customerId?: string;
  readonly type?: Order["type"];
  readonly status?: string;
  readonly currency?: string;
  readonly lines?: readonly (string | LineInput)[];
}

/** One invoice or credit memo of 100.00, by default undisputed and without a due date. */
export interface ReceivableInput {
  readonly invoiceId?: string;
  readonly customerId?: string;
  /** By default 30 days before the due date. */
  readonly invoicedOn?: string;
  readonly dueOn?: string;
  readonly totalMinor?: number;
  readonly currency?: string;
  readonly type?: Receivable["type"];
  readonly disputed?: boolean;
  readonly paid?: readonly { readonly on: string; readonly minor: number }[];
}

interface ItemInput {
  readonly replacedBy?: string;
  readonly discontinuedOn?: string;
  readonly outOfStockFrom?: string;
  readonly outOfStockTo?: string;
}

interface ItemLinkInput {
  readonly itemId: string;
  readonly linkedItemId: string;
  readonly ratio: number;
  readonly linkedRatio: number;
  readonly lagDays: number;
}

/** Parts of a customer's history. Everything after `asOf` is left out, as the store's reader does. */
export interface HistoryInput {
  readonly asOf: string;
  /** Days with one plain order each. */
  readonly orderedOn?: readonly string[];
  readonly orders?: readonly OrderInput[];
  readonly receivables?: readonly ReceivableInput[];
  readonly closures?: readonly Closure[];
  /** Items' substitutes, end dates and times out of stock; other items have none. */
  readonly items?: Readonly<Record<string, ItemInput>>;
  /** Links between items, by default 1:1. */
  readonly links?: readonly (Pick<ItemLinkInput, "itemId" | "linkedItemId"> & Partial<ItemLinkInput>)[];
  /** Items ordered on the live day after `asOf`. */
  readonly orderedSince?: readonly string[];
  /** A later day for which goods are on order. */
  readonly awaitedOn?: string;
  readonly isOnCreditHold?: boolean;
  readonly category?: string;
  readonly statuses?: History["statuses"];
  /** Those after `asOf` are left out. */
  readonly activities?: readonly ActivityView[];
  /** Activities of the live day after `asOf`. */
  readonly activitiesSince?: readonly ActivityView[];
  readonly customerId?: string;
  readonly repId?: string;
  readonly currency?: string;
}

/** A history in days before `asOf`, which is 2026-11-22, a Sunday, by default. */
interface CustomerInput extends Partial<HistoryInput> {
  readonly orderedDaysAgo?: readonly number[];
}

const DEFAULTS = { asOf: "2026-11-22", customerId: "acme", currency: "EUR", item: "item" } as const;

/** An order as the ERP sends it. */
export function anOrder(fixture: OrderInput): Order {
  const { on, type = "sale", lines = [type === "sale" ? {} : { quantity: -1, netMinor: -1000 }] } = fixture;
  return {
    orderId: orderIdSchema.parse(fixture.orderId ?? `order-${on}`),
    customerId: customerIdSchema.parse(fixture.customerId ?? DEFAULTS.customerId),
    orderedAt: toInstant(toDayNumber(day(on)) * MS_PER_DAY),
    orderedOn: day(on),
    type,
    status: fixture.status ?? "confirmed",
    currency: currencySchema.parse(fixture.currency ?? DEFAULTS.currency),
    lines: lines.map(aLine),
  };
}

function aLine(fixture: string | LineInput): OrderLine {
  const given = typeof fixture === "string" ? { itemId: fixture } : fixture;
  const { itemId = DEFAULTS.item, quantity = 1, kind = "goods", costMinor } = given;
  const netMinor = "netMinor" in given ? given.netMinor : 1000;
  return {
    itemId: itemIdSchema.parse(itemId),
    kind,
    quantity,
    ...(netMinor === undefined ? {} : { netMinor: minor(netMinor) }),
    ...(costMinor === undefined ? {} : { costMinor: minor(costMinor) }),
  };
}

/** An invoice or a credit memo with its payments. */
export function aReceivable(fixture: ReceivableInput): Receivable {
  const dueOn = fixture.dueOn === undefined ? undefined : day(fixture.dueOn);
  return {
    invoiceId: invoiceIdSchema.parse(
      fixture.invoiceId ?? `invoice-${fixture.dueOn ?? fixture.invoicedOn ?? "undated"}`,
    ),
    customerId: customerIdSchema.parse(fixture.customerId ?? DEFAULTS.customerId),
    invoicedOn: fixture.invoicedOn === undefined ? addDays(dueOn ?? day(DEFAULTS.asOf), -30) : day(fixture.invoicedOn),
    ...(dueOn === undefined ? {} : { dueOn }),
    totalMinor: minor(fixture.totalMinor ?? 10_000),
    currency: currencySchema.parse(fixture.currency ?? DEFAULTS.currency),
    type: fixture.type ?? "invoice",
    disputed: fixture.disputed ?? false,
    payments: (fixture.paid ?? []).map(({ on, minor: amount }) => ({ paidOn: day(on), amountMinor: minor(amount) })),
  };
}

/**
 * A customer's history on a day, built from test input. The same input with another `asOf` gives what was known on that
 * day.
 */
export function aHistory(fixture: HistoryInput): History {
  const asOf = day(fixture.asOf);
  const numbers = new ItemNumbering(fixture.items ?? {});
  const plain = (fixture.orderedOn ?? []).map((on, i) => anOrder({ on, orderId: `order-${on}-${i}` }));
  const given = (fixture.orders ?? []).map((order, i) =>
    anOrder({ orderId: `order-${order.on}-given-${i}`, ...order }),
  );
  const orders = [...plain, ...given]
    .filter((order) => order.orderedOn <= asOf && isEffective(order))
    .toSorted(byDayAndId);
  const documents = documentsOf(orders, numbers);
  const orderDays = new Int32Array(documents.count);
  return {
    customerId: customerIdSchema.parse(fixture.customerId ?? DEFAULTS.customerId),
    repId: fixture.repId === undefined ? undefined : userIdSchema.parse(fixture.repId),
    currency: currencySchema.parse(fixture.currency ?? DEFAULTS.currency),
    closures: fixture.closures ?? [],
    isOnCreditHold: fixture.isOnCreditHold,
    asOf: toDayNumber(asOf),
    documents,
    orderDays,
    orderDayCount: collectOrderDays(documents, (item) => numbers.card(item).isGoods, orderDays),
    receivables: (fixture.receivables ?? []).map(aReceivable).flatMap((one) => knownOn(asOf, one)),
    itemOf: (item) => numbers.card(item),
    links: fixture.links?.map((link) => itemLinkSchema.parse({ ratio: 1, linkedRatio: 1, ...link })),
    awaitedOn: fixture.awaitedOn === undefined ? undefined : toDayNumber(day(fixture.awaitedOn)),
    category: fixture.category,
    statuses: fixture.statuses,
    activities: () =>
      activityColumns([
        ...(fixture.activities ?? []).filter((one) => one.day <= toDayNumber(asOf)),
        ...(fixture.activitiesSince ?? []),
      ]),
    orderedSince: fixture.orderedSince && new Set(fixture.orderedSince.map((itemId) => numbers.of(itemId, "goods"))),
  };
}

/** So many days, one after the other. */
export const daysFrom = (from: string, count: number): readonly Day[] =>
  Array.from({ length: count }, (_, i) => addDays(day(from), i));

/** `aHistory` with days given relative to its as-of day. */
export function aCustomer({ orderedDaysAgo = [], asOf = DEFAULTS.asOf, ...fixture }: CustomerInput): History {
  const orderedOn = orderedDaysAgo.map((days) => addDays(day(asOf), -days));
  return aHistory({ ...fixture, asOf, orderedOn: [...(fixture.orderedOn ?? []), ...orderedOn] });
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

/** Numbers items in the order they occur; an item sold both as goods and as a charge has two numbers. */
class ItemNumbering {
  readonly #given: NonNullable<HistoryInput["items"]>;
  readonly #cards: ItemInfo[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(given: NonNullable<HistoryInput["items"]>) {
    this.#given = given;
  }

  of(itemId: string, kind: OrderLine["kind"]): number {
    const name = `${kind} ${itemId}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#cards.length);
    return this.#cards.push(this.#newCard(itemIdSchema.parse(itemId), kind)) - 1;
  }

  card(number: number): ItemInfo {
    const card = this.#cards[number];
    if (card === undefined) throw new Error(`no item has the number ${number}`);
    return card;
  }

  #newCard(itemId: ItemId, kind: OrderLine["kind"]): ItemInfo {
    const { replacedBy, discontinuedOn, outOfStockFrom, outOfStockTo } = this.#given[itemId] ?? {};
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
