import type * as z from "zod";
import type { RawRecord } from "./file-format.ts";
import type { Validated } from "./checked.ts";
import { type ItemValue, cellsOf } from "./item-cells.ts";
import { type ReadItem, failedItem } from "../platform/field-error.ts";
import { itemErrors } from "../platform/schema-errors.ts";

/** An item as a row of its kind, with its cells and the columns that it does not have. */
interface JsonItem<Row> {
  readonly row: Row;
  readonly cells: RawRecord;
  readonly absent: readonly string[];
}

/** A row's schema with its columns. */
export type RowSchema<Row> = z.ZodType<Row> & { readonly shape: object };

/** The schema of an item without nested objects. */
export type ItemSchema = z.ZodType<Readonly<Record<string, ItemValue>>>;

/** A JSON item as the row that a file would have: the item's schema checks its shape, the row's schema its values. */
export function readRow<Row>(
  item: unknown,
  itemSchema: ItemSchema,
  rowSchema: RowSchema<Row>,
): ReadItem<JsonItem<Row>> {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) return failedItem(itemErrors(parsed.error.issues, item));
  const given = cellsOf(parsed.data, Object.keys(rowSchema.shape));
  if (!given.ok) return given;
  const { cells, absent } = given.value;
  const row = rowSchema.safeParse(cells);
  if (!row.success) return failedItem(itemErrors(row.error.issues, item, cells));
  return { ok: true, value: { row: row.data, cells, absent } };
}

/** The result of a check as a read item: a refusal becomes an error at its column. */
export const readValidated = <T>(checked: Validated<T>): ReadItem<T> =>
  checked.ok ? checked : failedItem([{ path: checked.column ?? "", code: checked.reason, message: checked.message }]);
