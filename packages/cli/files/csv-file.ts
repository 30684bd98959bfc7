import type { ColumnMap } from "@regulars/core/imports/column-names";
import { type DateOrder, DateFormatFinder } from "@regulars/core/imports/date-format";
import type { FileFormat } from "@regulars/core/imports/file-format";
import { type DecimalMark, NumberFormatFinder } from "@regulars/core/imports/number-format";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import { UserError } from "@regulars/local/user-error";
import { type CsvRow, csvRecords } from "./csv-records.ts";
import { type ExpectedLayout, type FileLayout, HEAD_LINES, layoutOf } from "./file-layout.ts";
import { asGiven, isRejectedFile } from "./rejected-file.ts";
import { type TextFile, inspectText, textPieces } from "./file-text.ts";
import { type Line, type LineEnd, splitLines } from "./lines.ts";
import { toRecords } from "./row-records.ts";

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
  const lines = (note?: (length: number) => void): AsyncGenerator<readonly Line[]> =>
    splitLines(stoppable(textPieces(text, note), options.signal), end);
  if (format.readLine !== undefined)
    return {
      records: oneByOne(plainRecords(lines(onRead), format.readLine)),
      dialect: { encoding },
      header: format.columns,
      names: format.columns,
      unknownColumns: [],
      absentColumns: [],
      ...size,
    };
  const layout = layoutOf(path, await firstLines(lines()), format, options.map);
  const { columns, names, headerLine, separator } = layout;
  const written = (note?: (length: number) => void): AsyncGenerator<readonly CsvRow[]> =>
    csvRecords(linesAfter(lines(note), headerLine), separator);
  const rows = isRejectedFile(columns) ? (note?: (length: number) => void) => unmarked(written(note)) : written;
  const numbers = format.numbers.filter((column) => columns.includes(column));
  const dates = format.dates.filter((column) => columns.includes(column));
  const found = await survey(path, rows, { layout, numbers, dates, options });
  return {
    records: oneByOne(
      toRecords(rows(onRead), { columns, numbers, dateColumns: dates, fillDown: format.fillDown, ...found }),
    ),
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

async function firstLines(lines: AsyncGenerator<readonly Line[]>): Promise<Line[]> {
  const head: Line[] = [];
  for await (const some of lines) {
    head.push(...some.filter(({ text }) => text?.trim() !== ""));
    if (head.length >= HEAD_LINES) break;
  }
  return head.slice(0, HEAD_LINES);
}

async function* linesAfter(
  lines: AsyncGenerator<readonly Line[]>,
  headerLine: number,
): AsyncGenerator<readonly Line[]> {
  for await (const some of lines)
    yield (some[0]?.number ?? 0) > headerLine ? some : some.filter(({ number }) => number > headerLine);
}

async function* oneByOne<T>(batches: AsyncGenerator<readonly T[]>): AsyncGenerator<T> {
  for await (const batch of batches) yield* batch;
}

/** The rows of a file of rejected rows, with the cells as the import file had them. */
async function* unmarked(rows: AsyncGenerator<readonly CsvRow[]>): AsyncGenerator<readonly CsvRow[]> {
  for await (const some of rows)
    yield some.map((row) => (row.cells === undefined ? row : { ...row, cells: row.cells.map(asGiven) }));
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
  rows: () => AsyncGenerator<readonly CsvRow[]>,
  { layout, numbers, dates, options }: Surveyed,
): Promise<{ readonly decimal: DecimalMark; readonly dates: DateOrder | undefined }> {
  const [numberFinder, dateFinder] = [new NumberFormatFinder(), new DateFormatFinder()];
  const places = (columns: readonly string[]) =>
    columns.map((column) => ({ column, at: layout.columns.indexOf(column) }));
  const [numberPlaces, datePlaces] = [places(numbers), places(dates)];
  for await (const some of rows())
    for (const { cells, line } of some) {
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
  lines: AsyncGenerator<readonly Line[]>,
  readLine: NonNullable<FileFormat["readLine"]>,
): AsyncGenerator<readonly SourceRecord[]> {
  for await (const some of lines)
    yield some
      .filter(({ text }) => text?.trim() !== "")
      .map(({ number: line, text }) => {
        const record = text === undefined ? undefined : readLine(text);
        return record === undefined ? { line, unreadable: "the line is none of this layout" } : { line, record };
      });
}
