import type { DocumentStore } from "@regulars/core/imports/record-store";
import type { InvoiceReader } from "../invoices/invoice-reader.ts";
import type { Invoices } from "../invoices/invoices.ts";
import type { Payments } from "../invoices/payments.ts";
import type { Orders } from "../orders/orders.ts";

/** Single orders and invoices: read, corrected, their payments taken back. */
export const documentStore = (
  orders: Orders,
  invoices: Invoices,
  payments: Payments,
  invoiceReader: InvoiceReader,
): DocumentStore => ({
  findOrder: (orderId) => orders.find(orderId),
  findInvoice: (invoiceId) => invoiceReader.find(invoiceId),
  recentOrders: (customerId, page) => orders.recent(customerId, page),
  recentInvoices: (customerId, page) => invoiceReader.recent(customerId, page),
  reviseOrder: (orderId, change, companionOf) => orders.revise(orderId, change, companionOf),
  reviseInvoice: (invoiceId, change, companionOf) => invoices.revise(invoiceId, change, companionOf),
  takePaymentBack: (invoiceId, sought, companionOf) => payments.takeBack(invoiceId, sought, companionOf),
});
