import type { Documents, History, ItemInfo } from "@regulars/core/snapshots/history";
import { assembleOrder } from "@regulars/core/imports/orders";
import { assembleInvoice, checkPayment, paymentOf } from "@regulars/core/imports/receivables";
import { type CustomerRow, type ItemRow, rowSchemas } from "@regulars/core/imports/rows";
import { type Order, isEffective } from "@regulars/core/orders/order";
import type { Receivable } from "@regulars/core/invoices/receivable";
import type { Result } from "@regulars/core/platform/result";
import { type Day, currencySchema, toDayNumber } from "@regulars/core/platform/values";
import type { Cells } from "./catalogue.ts";
import type { DemoCompany } from "./demo-company.ts";
import { demoLinks } from "./stories.ts";

/**
 * The demo company's customers as the insight kinds see them, straight from its rows; throws on a row that is refused.
 */
export function demoHistories({ tenant, files }: DemoCompany, asOf: Day): History[] {
  const zone = { timeZone: tenant.timeZone, currency: currencySchema.parse(tenant.currency) };
  const items = new Map(read(files.items, rowSchemas.items).map((item): [string, ItemRow] => [item.itemId, item]));
  const lines = Map.groupBy(read(files.orders, rowSchemas.orders), (row) => row.orderId);
  const orders = [...lines.values()].map((rows) => accepted(assembleOrder(rows, zone))).filter(isEffective);
  const payments = Map.groupBy(read(files.payments, rowSchemas.payments), (row) => row.invoiceId);
  const receivables = read(files.invoices, rowSchemas.invoices).map((row): Receivable => {
    const { invoice } = accepted(assembleInvoice(row, zone));
    const paid = (payments.get(row.invoiceId) ?? []).map((payment, i) =>
      accepted(paymentOf({ row: payment, paidOn: accepted(checkPayment(payment, zone)), ordinal: i + 1 }, invoice)),
    );
    return { ...invoice, payments: paid };
  });
  const ordersBy = Map.groupBy(orders, (order) => order.customerId);
  const receivablesBy = Map.groupBy(receivables, (receivable) => receivable.customerId);
  return read(files.customers, rowSchemas.customers).map((customer) => ({
    ...orderHistory(ordersBy.get(customer.customerId) ?? [], items),
    customerId: customer.customerId,
    repId: customer.repId,
    currency: zone.currency,
    closures: closuresOf(customer),
    asOf: toDayNumber(asOf),
    receivables: receivablesBy.get(customer.customerId) ?? [],
    links: demoLinks,
  }));
}

/** The rows of one file as the import reads them. */
const read = <T>(rows: readonly Cells[], schema: { readonly parse: (row: unknown) => T }): T[] =>
  rows.map((row) => schema.parse(row));

function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const closuresOf = ({ closedFrom, closedTo }: CustomerRow) =>
  closedFrom === undefined || closedTo === undefined ? [] : [{ from: closedFrom, to: closedTo }];

function orderHistory(
  orders: readonly Order[],
  items: ReadonlyMap<string, ItemRow>,
): Pick<History, "documents" | "orderDays" | "orderDayCount" | "itemOf"> {
  const ascending = orders.toSorted((a, b) => toDayNumber(a.orderedOn) - toDayNumber(b.orderedOn));
  const lines = ascending.flatMap((order) => order.lines);
  const kinds = new Map(lines.map((line) => [line.itemId, line.kind]));
  const cards = [...kinds].map(([itemId, kind]): ItemInfo => {
    const { replacedBy, discontinuedOn } = items.get(itemId) ?? {};
    return { itemId, isGoods: kind === "goods", replacedBy, discontinuedOn };
  });
  const numbers = new Map(cards.map((card, number) => [card.itemId, number]));
  const orderDays = Int32Array.from(new Set(ascending.filter(isOrderEvent).map((o) => toDayNumber(o.orderedOn))));
  return {
    documents: documentsOf(ascending, (itemId) => numbers.get(itemId) ?? -1),
    orderDays,
    orderDayCount: orderDays.length,
    itemOf: (number) => {
      const card = cards[number];
      if (card === undefined) throw new Error(`there is no item number ${number}`);
      return card;
    },
  };
}

/** docs/reference/insights.md G6. */
const isOrderEvent = (order: Order): boolean =>
  order.type === "sale" && order.lines.some((line) => line.kind === "goods" && line.quantity > 0);

function documentsOf(orders: readonly Order[], numberOf: (itemId: ItemInfo["itemId"]) => number): Documents {
  const lines = orders.flatMap((order) => order.lines);
  const firstLine = new Int32Array(orders.length + 1);
  orders.forEach((order, d) => (firstLine[d + 1] = (firstLine[d] ?? 0) + order.lines.length));
  return {
    count: orders.length,
    day: Int32Array.from(orders, (order) => toDayNumber(order.orderedOn)),
    isCredit: Uint8Array.from(orders, (order) => Number(order.type === "credit")),
    firstLine,
    ids: orders.map((order) => order.orderId),
    item: Int32Array.from(lines, (line) => numberOf(line.itemId)),
    quantity: Float64Array.from(lines, (line) => line.quantity),
    netMinor: Float64Array.from(lines, (line) => line.netMinor ?? Number.NaN),
    costMinor: Float64Array.from(lines, (line) => line.costMinor ?? Number.NaN),
  };
}
