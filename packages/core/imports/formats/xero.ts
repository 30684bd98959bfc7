import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { cellOf } from "./cells.ts";
import { invoiceRow, isNothing } from "./invoice-row.ts";

/** Xero's export of sales invoices: a row for each line, each with the invoice's own columns. */
export const xeroInvoices: FileFormat = {
  id: "xero-invoices",
  kind: "invoices",
  required: ["ContactName", "InvoiceNumber", "InvoiceDate", "Total"],
  columns: [
    "ContactName",
    "InvoiceNumber",
    "InvoiceDate",
    "DueDate",
    "Total",
    "InvoiceAmountPaid",
    "InvoiceAmountDue",
    "Currency",
    "Type",
    "Status",
  ],
  numbers: ["Total", "InvoiceAmountPaid", "InvoiceAmountDue"],
  dates: ["InvoiceDate", "DueDate"],
  map,
};

function map(record: RawRecord): Mapped {
  const status = cellOf(record, "Status").toLowerCase();
  if (status === "draft" || status === "submitted" || status === "awaiting approval") return { skip: "draft" };
  if (status === "voided" || status === "deleted") return { skip: "voided" };
  const type = cellOf(record, "Type").toLowerCase();
  if (/bill|purchase|accpay/.test(type)) return { skip: "bill" };
  return invoiceRow({
    invoiceId: cellOf(record, "InvoiceNumber"),
    customerId: cellOf(record, "ContactName"),
    invoiceDate: cellOf(record, "InvoiceDate"),
    dueDate: cellOf(record, "DueDate"),
    total: cellOf(record, "Total"),
    currency: cellOf(record, "Currency"),
    isCredit: type.includes("credit"),
    isPaid: status === "paid" || isNothing(cellOf(record, "InvoiceAmountDue")),
  });
}
