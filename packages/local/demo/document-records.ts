import type { ItemLink } from "@regulars/core/catalog/item-link";
import { toDay } from "@regulars/core/platform/values";
import type { Cells } from "./catalogue.ts";
import type { DemoInvoice } from "./invoices.ts";
import type { DemoOrder } from "./demo-order.ts";
import type { DemoPayment } from "./payments.ts";
import type { DemoLine } from "./pricing.ts";
import { demoTenant } from "./staff.ts";

const money = (minor: number): string => (minor / 100).toFixed(2);
const currencyOf = ({ kronorRate }: DemoOrder): string => (kronorRate === undefined ? demoTenant.currency : "SEK");

/** Minutes after midnight as "09:05". */
export const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** The rows of one order, one per order line; its time is the tenant's local time. */
export const orderRecords = (order: DemoOrder, orderId: string, startedBy: string): Cells[] =>
  order.lines.map((line) => ({
    orderId,
    customerId: order.customerId,
    orderedAt: `${toDay(order.day)}T${clock(order.minute)}`,
    type: order.type,
    status: order.status,
    startedBy,
    ...lineCells(line),
    currency: currencyOf(order),
    fxToBase: order.kronorRate === undefined ? "" : order.kronorRate.toFixed(4),
  }));

const lineCells = ({ item, quantity, priceMinor, costMinor, kind }: DemoLine): Cells => ({
  itemId: item.itemId,
  quantity: String(quantity),
  uomFactor: "",
  unitPrice: money(priceMinor),
  unitCost: costMinor === undefined ? "" : money(costMinor),
  kind,
});

/** The row of an invoice or a credit memo. */
export const invoiceRecord = (invoice: DemoInvoice, invoiceId: string, isDisputed: boolean): Cells => ({
  invoiceId,
  customerId: invoice.order.customerId,
  invoiceDate: toDay(invoice.invoicedOn),
  dueDate: toDay(invoice.dueOn),
  total: money(invoice.totalMinor),
  currency: currencyOf(invoice.order),
  type: invoice.order.type === "credit" ? "credit" : "invoice",
  disputed: isDisputed ? "yes" : "",
});

/** The row of a payment, in its invoice's currency. */
export const paymentRecord = ({ invoice, paidOn, amountMinor }: DemoPayment, invoiceId: string): Cells => ({
  invoiceId,
  paymentId: "",
  paidAt: toDay(paidOn),
  amount: money(amountMinor),
  currency: currencyOf(invoice.order),
});

/** The row of a link between items. */
export const linkRecord = ({ itemId, linkedItemId, ratio, linkedRatio }: ItemLink): Cells => ({
  itemId,
  linkedItemId,
  ratio: String(ratio),
  linkedRatio: String(linkedRatio),
  lagDays: "",
  bidirectional: "",
});
