import type { Currency } from "../values.ts";
import type { ImportKind } from "./rows.ts";

/** One record of a file: column name to cell. */
export type RawRecord = Readonly<Record<string, string>>;

/** What a format makes of a record: a record in our own columns, or why it is left out (that is not an error). */
export type Mapped = { readonly record: RawRecord } | { readonly skip: string };

/** A file layout. */
export interface FileFormat {
  readonly id: string;
  readonly kind: ImportKind;
  /** Columns without which the file cannot be read. */
  readonly required: readonly string[];
  readonly columns: readonly string[];
  /** Amounts' currency when the file has none, for a tenant that is made by its first import. */
  readonly currency?: Currency;
  readonly map: (record: RawRecord) => Mapped;
}
