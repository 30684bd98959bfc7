import type { RawRecord } from "../file-format.ts";

/** The cell of the first of these columns that has a text, without blanks around it; empty when none has. */
export const cellOf = (record: RawRecord, ...columns: readonly string[]): string =>
  columns.map((column) => (record[column] ?? "").trim()).find((cell) => cell !== "") ?? "";
