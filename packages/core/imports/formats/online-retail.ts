import type { Currency } from "../../platform/values.ts";
import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { isoFromUsDate } from "./us-date.ts";

const SALE = /^\d+$/;
const CREDIT = /^C/;
const GOODS = /^\d{5}/;
/** "17850.0": a whole number from tools that read a column with empty cells as decimals. */
const WHOLE_DECIMAL = /^(\d+)\.0$/;

/**
 * The UCI "Online Retail" layout: an invoice number of digits is a sale (both the order and its invoice), `C…` a
 * credit, anything else an adjustment. The sheet has neither due dates nor payments, so invoices are not imported as
 * receivables.
 */
export const onlineRetail: FileFormat = {
  id: "online-retail",
  kind: "orders",
  required: ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
  columns: ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
  numbers: ["Quantity", "UnitPrice"],
  dates: [],
  currency: "GBP" as Currency,
  map,
};

function map(record: RawRecord): Mapped {
  const cell = (name: string): string => (record[name] ?? "").trim();
  const invoice = cell("InvoiceNo");
  const isCredit = CREDIT.test(invoice);
  if (invoice !== "" && !isCredit && !SALE.test(invoice)) return { skip: "adjustment" };
  if (cell("CustomerID") === "") return { skip: "noCustomer" };
  const price = cell("UnitPrice");
  if (price !== "" && Number(price) <= 0) return { skip: "zeroPrice" };
  const itemId = cell("StockCode").toUpperCase();
  const name = cell("Description");
  return {
    ...(name === "" ? {} : { item: { itemId, name } }),
    record: {
      orderId: invoice,
      customerId: cell("CustomerID").replace(WHOLE_DECIMAL, "$1"),
      orderedAt: isoFromUsDate(cell("InvoiceDate")),
      type: isCredit ? "credit" : "sale",
      itemId,
      quantity: cell("Quantity"),
      unitPrice: price,
      kind: GOODS.test(itemId) ? "goods" : "charge",
      currency: "GBP",
    },
  };
}
