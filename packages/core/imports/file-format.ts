import type { Currency } from "../platform/values.ts";
import type { ImportKind } from "./rows.ts";

/** One record of a file: column name to cell. */
export type RawRecord = Readonly<Record<string, string>>;

/** What a format makes of a record: a record in our own columns, or why it is left out (that is not an error). */
export type Mapped = MappedRecord | { readonly skip: string };

interface MappedRecord {
  readonly record: RawRecord;
  /** An item that the record names in passing: it is made when nobody has told of it yet. */
  readonly item?: { readonly itemId: string; readonly name: string } | undefined;
}

/** A file layout of one kind of record. */
export interface FileFormat<Kind extends string = ImportKind> {
  readonly id: string;
  readonly kind: Kind;
  /** Columns without which the file cannot be read. */
  readonly required: readonly string[];
  readonly columns: readonly string[];
  /** Amounts' currency when the file has none, for a tenant that is made by its first import. */
  readonly currency?: Currency;
  /** For files without a header: what one line says; undefined when it says nothing of this layout. */
  readonly readLine?: (text: string) => RawRecord | undefined;
  readonly map: (record: RawRecord) => Mapped;
}
