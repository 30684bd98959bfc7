import type { Currency } from "../platform/values.ts";
import type { ImportKind } from "./rows.ts";

/** One record of a file: cells by column name. */
export type RawRecord = Readonly<Record<string, string>>;

/** A record in our own columns, or the reason why it is skipped, which is not an error. */
export type Mapped = MappedRecord | { readonly skip: string };

interface MappedRecord {
  readonly record: RawRecord;
  /** An item that the record mentions: it is created when it does not exist yet. */
  readonly item?: { readonly itemId: string; readonly name: string } | undefined;
}

/** A file layout of one kind of record. */
export interface FileFormat<Kind extends string = ImportKind> {
  readonly id: string;
  readonly kind: Kind;
  /** Columns without which the file cannot be read; `A|B` is one of them. */
  readonly required: readonly string[];
  readonly columns: readonly string[];
  /** Columns of numbers: they are written in the file's number format (number-format.ts). */
  readonly numbers: readonly string[];
  /** Columns of dates: they are written in the file's order of day and month (date-format.ts). */
  readonly dates: readonly string[];
  /**
   * Columns that only the first row of a record has: empty cells of the following rows, which `key` shows to be the same
   * record's, are filled with its values.
   */
  readonly fillDown?: { readonly key: string; readonly columns: readonly string[] };
  /** Currency of amounts in a file without a currency column, for a tenant that its first import creates. */
  readonly currency?: Currency;
  /** For files without a header: parses one line; `undefined` when it does not match the layout. */
  readonly readLine?: (text: string) => RawRecord | undefined;
  readonly map: (record: RawRecord) => Mapped;
}
