import type { Currency } from "../../platform/values.ts";
import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";

const DATE = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * The CDNOW layout: lines of customer, date (YYYYMMDD), number of CDs and dollars, separated by spaces, without a
 * header; the published sample has a second customer number after the first. It has no order ids: everything that a
 * customer bought on one day is one order, with one order line per line of the file.
 */
export const cdnow: FileFormat = {
  id: "cdnow",
  kind: "orders",
  required: ["customer", "date", "cds", "dollars"],
  columns: ["customer", "date", "cds", "dollars"],
  numbers: ["cds", "dollars"],
  dates: [],
  currency: "USD" as Currency,
  readLine,
  map,
};

function readLine(text: string): RawRecord | undefined {
  const cells = text.trim().split(/\s+/);
  if (cells.length !== 4 && cells.length !== 5) return undefined;
  const [date = "", cds = "", dollars = ""] = cells.slice(-3);
  return { customer: cells[0] ?? "", date, cds, dollars };
}

function map({ customer = "", date = "", cds = "", dollars = "" }: RawRecord): Mapped {
  return {
    record: {
      orderId: `${customer}-${date}`,
      customerId: customer,
      orderedAt: date.replace(DATE, "$1-$2-$3"),
      type: "sale",
      itemId: "CD",
      quantity: cds,
      unitPrice: unitPrice(dollars, cds),
      kind: "goods",
      currency: "USD",
    },
  };
}

/** The file has the line's value; the unit price has eight decimals, so that price times quantity gives that value. */
function unitPrice(dollars: string, cds: string): string {
  const [value, count] = [Number(dollars), Number(cds)];
  return count > 0 && Number.isFinite(value) ? (value / count).toFixed(8) : dollars;
}
