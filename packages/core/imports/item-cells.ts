import { minorText } from "../platform/money.ts";
import type { Currency } from "../platform/values.ts";
import { minorSchema } from "../platform/values.ts";
import type { RawRecord } from "./file-format.ts";
import { type ItemError, type ReadItem, failedItem } from "../platform/field-error.ts";

/** An amount in minor units, which an item may have instead of a decimal string. */
interface MinorAmount {
  readonly minor: number;
  readonly currency: string;
}

/** The values that a property of a checked item may have. */
export type ItemValue = string | number | boolean | MinorAmount | null | undefined;

/** An item's properties as the cells of a CSV row. */
interface ItemCells {
  readonly cells: RawRecord;
  /** Columns that the item does not have. */
  readonly absent: readonly string[];
}

/**
 * The cells of an item's properties. `null` becomes an empty cell, so that it clears the stored value. Amounts in minor
 * units become decimals and set the item's currency; `currency` is one that is already known. Error paths begin with
 * `at`.
 */
export function cellsOf(
  item: Readonly<Record<string, ItemValue>>,
  columns: readonly string[],
  { currency, at = "" }: { readonly currency?: string | undefined; readonly at?: string } = {},
): ReadItem<ItemCells> {
  const errors: ItemError[] = [];
  const cells: Record<string, string> = {};
  let known = currency ?? textOf(item["currency"]);
  for (const [name, value] of Object.entries(item)) {
    if (value === undefined) continue;
    if (typeof value !== "object" || value === null) {
      cells[name] = value === null ? "" : String(value);
      continue;
    }
    cells[name] = minorText(minorSchema.parse(value.minor), value.currency as Currency);
    if ((known ??= value.currency) !== value.currency) errors.push(otherCurrency(`${at}${name}.currency`, known));
  }
  if (known !== undefined) cells["currency"] = known;
  if (errors.length > 0) return failedItem(errors);
  return { ok: true, value: { cells, absent: columns.filter((column) => cells[column] === undefined) } };
}

const textOf = (value: ItemValue): string | undefined => (typeof value === "string" ? value : undefined);

/** An amount in another currency than its item. */
const otherCurrency = (path: string, currency: string): ItemError => ({
  path,
  code: "other-currency",
  message: `is another currency than the item's, ${currency}`,
});
