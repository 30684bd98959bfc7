import type { DemoOrder } from "./demo-order.ts";
import { invoiceDayOf } from "./orders.ts";

const TERMS_DAYS = 30;

/** An invoice, or the credit memo of a credit, before it has an id. Days are day numbers. */
export interface DemoInvoice {
  readonly order: DemoOrder;
  readonly invoicedOn: number;
  readonly dueOn: number;
  readonly totalMinor: number;
}

/** The invoices of one customer's orders: on the working day after the order, due 30 days later. */
export function invoicesOf(orders: readonly DemoOrder[]): DemoInvoice[] {
  return orders
    .filter((order) => order.status === "invoiced")
    .map((order) => {
      const invoicedOn = order.type === "credit" ? order.day : invoiceDayOf(order);
      return { order, invoicedOn, dueOn: invoicedOn + TERMS_DAYS, totalMinor: totalOf(order) };
    });
}

const totalOf = ({ lines }: DemoOrder): number =>
  lines.reduce((total, line) => total + line.quantity * line.priceMinor, 0);
