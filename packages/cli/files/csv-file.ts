import { counted } from "@regulars/core/platform/counted";
import type { ColumnMap } from "@regulars/core/imports/column-names";
import { type DateOrder, DateFormatFinder, withDates } from "@regulars/core/imports/date-format";
import type { FileFormat, RawRecord } from "@regulars/core/imports/file-format";
import { type DecimalMark, NumberFormatFinder, withNumbers } from "@regulars/core/imports/number-format";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import { UserError } from "@regulars/local/user-error";
import { type CsvRow, csvRecords } from "./csv-records.ts";
import { type ExpectedLayout, type FileLayout, HEAD_LINES, layoutOf } from "./file-layout.ts";
import { asGiven, isRejectedFile } from "./rejected-file.ts";
import { type TextFile, inspectText, textPieces } from "./file-text.ts";
import { type Line, type LineEnd, splitLines } from "./lines.ts";

/** How a file is written, as it was found or as somebody said. */
export interface FileDialect {
  /** A label of the Encoding Standard, such as utf-8. */
  readonly encoding: string;
  /** Absent for a layout without columns. */
  readonly separator?: string | undefined;
  readonly decimal?: DecimalMark | undefined;
  /** Absent where no date of the file needs it. */
  readonly dates?: DateOrder | undefined;
  /** The line of the header, from 1. */
  readonly headerLine?: number | undefined;
}

/** An open import file: its records, columns that the format does not know, and reading progress. */
export interface CsvFile {
  readonly records: AsyncGenerator<SourceRecord>;
  readonly dialect: FileDialect;
  readonly header: readonly string[];
  /** The file's own names, in the order of `header`. */
  readonly names: readonly string[];
  readonly unknownColumns: readonly string[];
  readonly absentColumns: readonly string[];
  /** File size, bytes. */
  readonly sizeBytes: number;
  readonly isGzip: boolean;
  readonly bytesRead: () => number;
}

/** What somebody says of a file that they bring in. */
export interface FileOptions {
  /** The mark before its decimals; without it the file's own numbers tell. */
  readonly decimal?: DecimalMark | undefined;
  /** The order of day and month; without it the file's own dates tell. */
  readonly dates?: DateOrder | undefined;
  readonly encoding?: string | undefined;
  readonly map?: ColumnMap | undefined;
  /** Ends the reading, also while the file is looked through before its records, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Opens a CSV file (plain or gzip), finds out how it is written, and checks its header against the format. */
export async function openCsvFile(path: string, format: ExpectedLayout, options: FileOptions = {}): Promise<CsvFile> {
  const text = await inspectText(path, options.encoding);
  const { encoding, sizeBytes, isGzip } = text;
  let bytes = 0;
  const onRead = (length: number): void => {
    bytes += length;
  };
  const end = await lineEndOf(text);
  const size = { sizeBytes, isGzip, bytesRead: () => bytes };
  const lines = (note?: (length: number) => void): AsyncGenerator<Line> =>
    splitLines(stoppable(textPieces(text, note), options.signal), end);
  if (format.readLine !== undefined)
    return {
      records: plainRecords(lines(onRead), format.readLine),
      dialect: { encoding },
      header: format.columns,
      names: format.columns,
      unknownColumns: [],
      absentColumns: [],
      ...size,
    };
  const layout = layoutOf(path, await firstLines(lines()), format, options.map);
  const { columns, names, headerLine, separator } = layout;
  const written = (note?: (length: number) => void): AsyncGenerator<CsvRow> =>
    csvRecords(linesAfter(lines(note), headerLine), separator);
  const rows = isRejectedFile(columns) ? (note?: (length: number) => void) => unmarked(written(note)) : written;
  const numbers = format.numbers.filter((column) => columns.includes(column));
  const dates = format.dates.filter((column) => columns.includes(column));
  const found = await survey(path, rows, { layout, numbers, dates, options });
  return {
    records: toRecords(rows(onRead), { columns, numbers, dateColumns: dates, fillDown: format.fillDown, ...found }),
    dialect: { encoding, separator, headerLine, ...found },
    header: columns,
    names,
    unknownColumns: columns.filter((column) => column !== "" && !format.columns.includes(column)),
    absentColumns: format.columns.filter((column) => !columns.includes(column)),
    ...size,
  };
}

async function* stoppable(pieces: AsyncGenerator<string>, signal: AbortSignal | undefined): AsyncGenerator<string> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
  }
}

/** What ends lines, from the first pieces of the text. */
async function lineEndOf(text: TextFile): Promise<LineEnd> {
  let hasReturn = false;
  let read = 0;
  for await (const piece of textPieces(text)) {
    if (piece.includes("\n")) return "\n";
    hasReturn ||= piece.includes("\r");
    read += piece.length;
    if (read > 1_000_000) break;
  }
  return hasReturn ? "\r" : "\n";
}

async function firstLines(lines: AsyncGenerator<Line>): Promise<Line[]> {
  const head: Line[] = [];
  for await (const line of lines) {
    if (line.text?.trim() === "") continue;
    head.push(line);
    if (head.length === HEAD_LINES) break;
  }
  return head;
}

async function* linesAfter(lines: AsyncGenerator<Line>, headerLine: number): AsyncGenerator<Line> {
  for await (const line of lines) if (line.number > headerLine) yield line;
}

/** The rows of a file of rejected rows, with the cells as the import file had them. */
async function* unmarked(rows: AsyncGenerator<CsvRow>): AsyncGenerator<CsvRow> {
  for await (const row of rows) yield row.cells === undefined ? row : { ...row, cells: row.cells.map(asGiven) };
}

interface Surveyed {
  readonly layout: FileLayout;
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
  readonly options: FileOptions;
}

/** Reads the file once before anything is brought in: all its numbers and dates decide how each of them is read. */
async function survey(
  path: string,
  rows: () => AsyncGenerator<CsvRow>,
  { layout, numbers, dates, options }: Surveyed,
): Promise<{ readonly decimal: DecimalMark; readonly dates: DateOrder | undefined }> {
  const [numberFinder, dateFinder] = [new NumberFormatFinder(), new DateFormatFinder()];
  const places = (columns: readonly string[]) =>
    columns.map((column) => ({ column, at: layout.columns.indexOf(column) }));
  const [numberPlaces, datePlaces] = [places(numbers), places(dates)];
  for await (const { cells, line } of rows()) {
    if (cells?.length !== layout.columns.length) continue;
    for (const { column, at } of numberPlaces) numberFinder.see(cells[at] ?? "", line, column);
    for (const { column, at } of datePlaces) dateFinder.see(cells[at] ?? "", line, column);
  }
  const usual = layout.separator === "," ? "point" : undefined;
  const decimal = numberFinder.decide({ asked: options.decimal, usual });
  if (!decimal.ok) throw new UserError(`${path}: ${decimal.message}`);
  const order = dateFinder.decide(options.dates);
  if (!order.ok) throw new UserError(`${path}: ${order.message}`);
  return { decimal: decimal.value, dates: order.value };
}

/** Records of a file without a header: one per line. */
async function* plainRecords(
  lines: AsyncGenerator<Line>,
  readLine: NonNullable<FileFormat["readLine"]>,
): AsyncGenerator<SourceRecord> {
  for await (const { number: line, text } of lines) {
    if (text?.trim() === "") continue;
    const record = text === undefined ? undefined : readLine(text);
    if (record === undefined) yield { line, unreadable: "the line is none of this layout" };
    else yield { line, record };
  }
}

interface Reading {
  readonly columns: readonly string[];
  readonly numbers: readonly string[];
  readonly dateColumns: readonly string[];
  readonly dates: DateOrder | undefined;
  readonly decimal: DecimalMark;
  readonly fillDown: FileFormat["fillDown"];
}

/** The records of rows. Rows without any text, which spreadsheets leave at the end, are no records. */
async function* toRecords(
  rows: AsyncGenerator<CsvRow>,
  { columns, numbers, decimal, dateColumns, dates, fillDown }: Reading,
): AsyncGenerator<SourceRecord> {
  let above: RawRecord | undefined;
  for await (const row of rows) {
    const { line, cells } = row;
    if (cells === undefined) {
      yield { line, unreadable: row.reason };
      continue;
    }
    if (cells.every((cell) => cell.trim() === "")) continue;
    const raw = toRecord(columns, cells);
    const record: RawRecord = fillDown === undefined ? raw : filled(raw, above, fillDown);
    above = record;
    const numbered = withNumbers(record, numbers, decimal);
    const read = numbered.ok ? withDates(numbered.value, dateColumns, dates) : numbered;
    const isOverlong = cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== "");
    if (cells.length < columns.length || isOverlong)
      yield { line, unreadable: `the row has ${counted(cells.length, "cell")}, the header ${columns.length}`, record };
    else if (cells.some((cell) => cell.includes("\uFFFD")))
      yield { line, unreadable: 'the row is not UTF-8 text: save the file as "CSV UTF-8"', record };
    else if (read.ok) yield { line, record: read.value };
    else yield { line, unreadable: read.message, record };
  }
}

const toRecord = (columns: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ""]));

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
