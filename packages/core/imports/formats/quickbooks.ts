import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { cellOf } from "./cells.ts";
import { invoiceRow, isNothing } from "./invoice-row.ts";

const NUMBER = ["Num", "No.", "Invoice No", "Invoice Number", "Invoice #"] as const;
const CUSTOMER = ["Customer", "Name", "Customer full name", "Customer/Vendor"] as const;
const DATE = ["Date", "Invoice Date", "Transaction date"] as const;
const TOTAL = ["Amount", "Total", "Total Amount"] as const;
const BALANCE = ["Open Balance", "Balance", "Balance Due"] as const;
const TYPE = ["Transaction Type", "Type"] as const;

/** QuickBooks' lists of invoices. Reports have titles above the header and totals below, which are skipped. */
export const quickbooksInvoices: FileFormat = {
  id: "quickbooks-invoices",
  kind: "invoices",
  required: [NUMBER, CUSTOMER, DATE, TOTAL].map((names) => names.join("|")),
  columns: [...NUMBER, ...CUSTOMER, ...DATE, ...TOTAL, ...BALANCE, ...TYPE, "Due Date", "Currency", "Status"],
  numbers: [...TOTAL, ...BALANCE],
  dates: [...DATE, "Due Date"],
  map,
};

function map(record: RawRecord): Mapped {
  const type = cellOf(record, ...TYPE).toLowerCase();
  const isCredit = type.includes("credit");
  if (type !== "" && !isCredit && !type.includes("invoice")) return { skip: "otherTransaction" };
  if (/void/i.test(cellOf(record, "Status"))) return { skip: "voided" };
  const total = cellOf(record, ...TOTAL);
  if (cellOf(record, ...DATE) === "") return { skip: "total" };
  return invoiceRow({
    invoiceId: cellOf(record, ...NUMBER),
    customerId: cellOf(record, ...CUSTOMER),
    invoiceDate: cellOf(record, ...DATE),
    dueDate: cellOf(record, "Due Date"),
    total,
    currency: cellOf(record, "Currency"),
    isCredit,
    isPaid: isNothing(cellOf(record, ...BALANCE)) || /^(paid|deposited)/i.test(cellOf(record, "Status")),
  });
}
