import type { Currency } from "../values.ts";
import type { FileFormat, Mapped, RawRecord } from "./file-format.ts";

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The IBM accounts-receivable layout: one row an invoice; a settled date is a payment in full. */
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
  currency: "USD" as Currency,
  map,
};

function map(record: RawRecord): Mapped {
  const cell = (name: string): string => (record[name] ?? "").trim();
  return {
    record: {
      invoiceId: cell("invoiceNumber"),
      customerId: cell("customerID"),
      invoiceDate: isoDate(cell("InvoiceDate")),
      dueDate: isoDate(cell("DueDate")),
      total: cell("InvoiceAmount"),
      disputed: cell("Disputed"),
      settledAt: isoDate(cell("SettledDate")),
      currency: "USD",
    },
  };
}

/** "7/3/2013" is the third of July; anything else stays as it is, to be refused with its own text. */
function isoDate(text: string): string {
  const match = US_DATE.exec(text);
  if (match === null) return text;
  const [, month = "", day = "", year = ""] = match;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
