import type { Currency } from "../../platform/values.ts";
import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { isoFromUsDate } from "./us-date.ts";

/** The IBM accounts-receivable layout: one row per invoice; a settled date is a payment in full. */
export const arIbm: FileFormat = {
  id: "ar-ibm",
  kind: "invoices",
  required: ["customerID", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount"],
  columns: [
    "countryCode",
    "customerID",
    "PaperlessDate",
    "invoiceNumber",
    "InvoiceDate",
    "DueDate",
    "InvoiceAmount",
    "Disputed",
    "SettledDate",
    "PaperlessBill",
    "DaysToSettle",
    "DaysLate",
  ],
  numbers: ["InvoiceAmount"],
  dates: [],
  currency: "USD" as Currency,
  map,
};

function map(record: RawRecord): Mapped {
  const cell = (name: string): string => (record[name] ?? "").trim();
  return {
    record: {
      invoiceId: cell("invoiceNumber"),
      customerId: cell("customerID"),
      invoiceDate: isoFromUsDate(cell("InvoiceDate")),
      dueDate: isoFromUsDate(cell("DueDate")),
      total: cell("InvoiceAmount"),
      disputed: cell("Disputed"),
      settledAt: isoFromUsDate(cell("SettledDate")),
      currency: "USD",
    },
  };
}
