import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import type { CodeRedRow } from "@regulars/core/code-red/list";
import { rowJson } from "@regulars/core/code-red/row-json";
import { minorText } from "@regulars/core/platform/money";
import { type Currency, minor } from "@regulars/core/platform/values";
import { csvCell } from "../csv.ts";
import { causeText, columnName } from "./code-red-words.ts";

/** A row with the customer's name. */
interface NamedRow {
  readonly row: CodeRedRow;
  readonly name: string | undefined;
}

/** The call list as CSV with a header row; amounts are decimals in the tenant's base currency. */
export function codeRedCsv(
  rows: readonly NamedRow[],
  { currency, basis }: { readonly currency: Currency; readonly basis: CodeRedSettings["basis"] },
): string {
  const amount = (value: number): string => minorText(minor(value), currency);
  const columns = rows[0]?.row.columns ?? [];
  const header = [
    "customer",
    "name",
    ...columns.flatMap((column) =>
      ["light", "confirmed", "current", "previous", "change %"].map((what) => `${columnName(column)} ${what}`),
    ),
    "items",
    "linked items",
    "lost",
    "lost beyond the market",
    "with the market",
    "main cause",
    "currency",
    "lines without a rate",
    "value of",
  ];
  const lines = rows.map(({ row, name }) => {
    const json = rowJson(row, name);
    return [
      json.customerId,
      name ?? "",
      ...json.columns.flatMap((column) => [
        column.light,
        column.isConfirmed ? "yes" : "",
        amount(column.currentMinor),
        amount(column.previousMinor),
        column.changePercent === null ? "" : String(column.changePercent),
      ]),
      json.itemsLight,
      json.linksLight,
      amount(json.lostMinor),
      amount(json.lostBeyondMarketMinor),
      json.isWithMarket ? "yes" : "",
      json.mainCause === null ? "" : causeText[json.mainCause],
      currency,
      String(json.withoutRate),
      valueOf[basis],
    ];
  });
  return [header, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

const valueOf = { order: "orders less credits", invoice: "invoices as sent" } as const;

/** A decimal is a number for spreadsheets, also a negative one; everything else may not begin a formula. */
const cellOf = (cell: string): string => (/^-?\d+(\.\d+)?$/.test(cell) ? cell : csvCell(cell));
