import { minorText } from "../platform/money.ts";
import type { Currency } from "../platform/values.ts";
import { minorSchema } from "../platform/values.ts";
import type { RawRecord } from "./file-format.ts";
import { type ItemError, type ReadItem, failedItem } from "../platform/field-error.ts";

/** An amount as an item may write it beside a decimal string. */
interface MinorAmount {
  readonly minor: number;
  readonly currency: string;
}

/** What a property of a checked item may be. */
export type ItemValue = string | number | boolean | MinorAmount | null | undefined;

/** An item's properties as the cells of a row: what a file would have said. */
export interface ItemCells {
  readonly cells: RawRecord;
  /** Columns that the item does not name. */
  readonly absent: readonly string[];
}

/**
 * The cells of an item's properties. `null` is an empty cell, so that it clears what is stored. Amounts in minor units
 * become decimals, and their currency the item's: `currency` is the one that is known before. Errors are under `at`.
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

/** An amount whose currency is not the one of the item it is part of. */
const otherCurrency = (path: string, currency: string): ItemError => ({
  path,
  code: "other-currency",
  message: `is another currency than the item's, ${currency}`,
});
