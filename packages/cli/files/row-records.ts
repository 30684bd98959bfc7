import { counted } from "@regulars/core/platform/counted";
import { type DateOrder, withDates } from "@regulars/core/imports/date-format";
import type { FileFormat, RawRecord } from "@regulars/core/imports/file-format";
import { type DecimalMark, withNumbers } from "@regulars/core/imports/number-format";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import type { CsvRow } from "./csv-records.ts";

/** How the rows of a file are read. */
interface Reading {
  readonly columns: readonly string[];
  readonly numbers: readonly string[];
  readonly dateColumns: readonly string[];
  readonly dates: DateOrder | undefined;
  readonly decimal: DecimalMark;
  readonly fillDown: FileFormat["fillDown"];
}

/** The records of rows. Rows without any text, which spreadsheets leave at the end, are no records. */
export async function* toRecords(
  rows: AsyncGenerator<readonly CsvRow[]>,
  reading: Reading,
): AsyncGenerator<readonly SourceRecord[]> {
  const { columns, fillDown } = reading;
  let above: RawRecord | undefined;
  for await (const some of rows) {
    const records: SourceRecord[] = [];
    for (const row of some) {
      if (row.cells === undefined) records.push({ line: row.line, unreadable: row.reason });
      else if (!row.cells.every((cell) => cell.trim() === "")) {
        const raw = toRecord(columns, row.cells);
        above = fillDown === undefined ? raw : filled(raw, above, fillDown);
        records.push(recordOf(row.line, row.cells, above, reading));
      }
    }
    yield records;
  }
}

function recordOf(
  line: number,
  cells: readonly string[],
  record: RawRecord,
  { columns, numbers, decimal, dateColumns, dates }: Reading,
): SourceRecord {
  const numbered = withNumbers(record, numbers, decimal);
  const read = numbered.ok ? withDates(numbered.value, dateColumns, dates) : numbered;
  const isOverlong = cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== "");
  if (cells.length < columns.length || isOverlong)
    return { line, unreadable: `the row has ${counted(cells.length, "cell")}, the header ${columns.length}`, record };
  if (cells.some((cell) => cell.includes("\uFFFD")))
    return { line, unreadable: 'the row is not UTF-8 text: save the file as "CSV UTF-8"', record };
  return read.ok ? { line, record: read.value } : { line, unreadable: read.message, record };
}

function toRecord(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [i, name] of columns.entries()) record[name] = cells[i] ?? "";
  return record;
}

/** A row that goes on with the record above it, with what only the first row of that record says. */
function filled(
  row: RawRecord,
  above: RawRecord | undefined,
  { key, columns }: NonNullable<FileFormat["fillDown"]>,
): RawRecord {
  const own = row[key] ?? "";
  if (above === undefined || (own !== "" && own !== above[key])) return row;
  const inherited = [key, ...columns].filter((column) => (row[column] ?? "").trim() === "");
  return { ...row, ...Object.fromEntries(inherited.map((column) => [column, above[column] ?? ""])) };
}
