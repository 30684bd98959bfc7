import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { cellOf } from "./cells.ts";
import { invoiceRow, isNothing } from "./invoice-row.ts";

const NUMBER = ["Number", "name"] as const;
const CUSTOMER = [
  "Invoice Partner Display Name",
  "invoice_partner_display_name",
  "Partner",
  "partner_id",
  "Customer",
  "Partner/Display Name",
] as const;
const DATE = ["Invoice/Bill Date", "Invoice Date", "invoice_date"] as const;
const DUE = ["Due Date", "invoice_date_due"] as const;
const TOTAL = [
  "Total in Currency",
  "amount_total_in_currency_signed",
  "Total",
  "amount_total",
  "Total Signed",
] as const;
const OPEN = ["Amount Due", "amount_residual", "Amount Due Signed"] as const;
const CURRENCY = ["Currency", "currency_id"] as const;
const TYPE = ["Type", "Move Type", "move_type"] as const;
const STATE = ["Status", "state"] as const;
const PAYMENT = ["Payment Status", "payment_state"] as const;

/** Odoo's export of customer invoices (account.move). Rows that only go on with the lines of an invoice are skipped. */
export const odooInvoices: FileFormat = {
  id: "odoo-invoices",
  kind: "invoices",
  required: [NUMBER, CUSTOMER, DATE, TOTAL].map((names) => names.join("|")),
  columns: [...NUMBER, ...CUSTOMER, ...DATE, ...DUE, ...TOTAL, ...OPEN, ...CURRENCY, ...TYPE, ...STATE, ...PAYMENT],
  numbers: [...TOTAL, ...OPEN],
  dates: [...DATE, ...DUE],
  map,
};

function map(record: RawRecord): Mapped {
  const number = cellOf(record, ...NUMBER);
  if (number === "" && cellOf(record, ...CUSTOMER) === "") return { skip: "line" };
  const [state, payment] = [cellOf(record, ...STATE).toLowerCase(), cellOf(record, ...PAYMENT).toLowerCase()];
  const type = cellOf(record, ...TYPE).toLowerCase();
  if (state === "draft" || number === "/") return { skip: "draft" };
  if (state.startsWith("cancel") || payment === "reversed") return { skip: "voided" };
  if (/bill|^in_|entry|vendor/.test(type)) return { skip: "bill" };
  const total = cellOf(record, ...TOTAL);
  return invoiceRow({
    invoiceId: number,
    customerId: cellOf(record, ...CUSTOMER),
    invoiceDate: cellOf(record, ...DATE),
    dueDate: cellOf(record, ...DUE),
    total,
    currency: cellOf(record, ...CURRENCY),
    isCredit: /credit|refund/.test(type) || total.startsWith("-"),
    isPaid:
      payment === "paid" || payment === "in payment" || payment === "in_payment" || isNothing(cellOf(record, ...OPEN)),
  });
}
