import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FileFormat } from "@regulars/core/imports/file-format";
import { type DecimalMark, NumberFormatFinder, withNumbers } from "@regulars/core/imports/number-format";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import { UserError } from "@regulars/local/user-error";
import { type CsvRow, csvRecords } from "./csv-records.ts";
import { type Line, splitLines } from "./lines.ts";

/** An open import file: its records, columns that the format does not know, and reading progress. */
export interface CsvFile {
  readonly records: AsyncGenerator<SourceRecord>;
  readonly header: readonly string[];
  readonly unknownColumns: readonly string[];
  readonly absentColumns: readonly string[];
  /** File size, bytes. */
  readonly sizeBytes: number;
  readonly isGzip: boolean;
  readonly bytesRead: () => number;
  /** The mark before the decimals of its numbers; `undefined` for a layout without columns. */
  readonly decimal?: DecimalMark | undefined;
}

/** What somebody says of a file that they bring in. */
export interface FileOptions {
  /** The mark before its decimals; without it the file's own numbers tell. */
  readonly decimal?: DecimalMark | undefined;
}

const GZIP = [0x1f, 0x8b];
const DELIMITERS = [",", ";"] as const;

/** The columns that a file's header is checked against. */
export type FileLayout = Pick<FileFormat, "id" | "required" | "columns" | "numbers" | "readLine"> & {
  readonly kind: string;
};

/** Opens a CSV file (plain or gzip, `,` or `;`) and checks its header against the format. */
export async function openCsvFile(
  path: string,
  format: FileLayout,
  { decimal: asked }: FileOptions = {},
): Promise<CsvFile> {
  const { sizeBytes, isGzip } = await inspect(path);
  let bytes = 0;
  const lines = linesOf(path, isGzip, (length) => {
    bytes += length;
  });
  const size = { sizeBytes, isGzip, bytesRead: () => bytes };
  if (format.readLine !== undefined)
    return {
      records: plainRecords(lines, format.readLine, path),
      header: format.columns,
      unknownColumns: [],
      absentColumns: [],
      ...size,
    };
  const first = await firstLine(lines, path);
  const delimiter = delimiterOf(first, format, path);
  const header = headerOf(first, delimiter).map((name) => columnOf(name, format));
  const twice = header.find((name, i) => name !== "" && header.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`${path} names the column ${twice} twice: leave one of them out`);
  const missing = format.required.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new UserError(missingColumns(path, missing, header, format));
  const numbers = format.numbers.filter((column) => header.includes(column));
  const decimal = asked ?? (await decimalOf(path, { isGzip, delimiter, header, numbers }));
  return {
    records: toRecords(csvRecords(lines, delimiter), { header, path, numbers, decimal }),
    decimal,
    header,
    unknownColumns: header.filter((column) => !format.columns.includes(column)),
    absentColumns: format.columns.filter((column) => !header.includes(column)),
    ...size,
  };
}

function linesOf(path: string, isGzip: boolean, onRead: (bytes: number) => void): AsyncGenerator<Line> {
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      onRead(chunk.length);
      done(null, chunk);
    },
  });
  const source = createReadStream(path);
  source.on("error", (error) => counted.destroy(error));
  const text: Readable = isGzip ? gunzipped(source.pipe(counted)) : source.pipe(counted);
  return splitLines(text.setEncoding("utf8"));
}

interface Columns {
  readonly header: readonly string[];
  readonly numbers: readonly string[];
}

/** The mark before the decimals, from all numbers of the file: it is read once for this before anything is brought in. */
async function decimalOf(
  path: string,
  { isGzip, delimiter, header, numbers }: Columns & { readonly isGzip: boolean; readonly delimiter: string },
): Promise<DecimalMark> {
  const finder = new NumberFormatFinder();
  const places = numbers.map((column) => ({ column, at: header.indexOf(column) }));
  const rows = csvRecords(
    linesOf(path, isGzip, () => undefined),
    delimiter,
  );
  await reading(path, () => rows.next());
  for (;;) {
    const next = places.length === 0 ? undefined : await reading(path, () => rows.next());
    if (next === undefined || next.done === true) break;
    const { cells, line } = next.value;
    if (cells?.length === header.length) for (const { column, at } of places) finder.see(cells[at] ?? "", line, column);
  }
  await rows.return(undefined);
  const decided = finder.decide({ usual: delimiter === "," ? "point" : undefined });
  if (!decided.ok) throw new UserError(`${path}: ${decided.message}`);
  return decided.value;
}

/** Records of a file without a header: one per line. */
async function* plainRecords(
  lines: AsyncGenerator<Line>,
  readLine: NonNullable<FileFormat["readLine"]>,
  path: string,
): AsyncGenerator<SourceRecord> {
  for (;;) {
    const next = await reading(path, () => lines.next());
    if (next.done === true) return;
    const { number: line, text } = next.value;
    if (text?.trim() === "") continue;
    const record = text === undefined ? undefined : readLine(text);
    if (record === undefined) yield { line, unreadable: "the line is none of this layout" };
    else yield { line, record };
  }
}

async function inspect(path: string): Promise<{ sizeBytes: number; isGzip: boolean }> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UserError(`${path} is not a file`);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return { sizeBytes: stat.size, isGzip: bytesRead === 2 && buffer[0] === GZIP[0] && buffer[1] === GZIP[1] };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new UserError(`there is no file ${path}`);
    if (code === "EACCES") throw new UserError(`the file ${path} may not be read: check its rights`);
    throw error;
  }
}

function gunzipped(source: Readable): Readable {
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function firstLine(lines: AsyncGenerator<{ text: string | undefined }>, path: string): Promise<string> {
  const first = await reading(path, () => lines.next());
  if (first.done === true) throw new UserError(`${path} is empty: its first line must name the columns`);
  if (first.value.text?.includes("\0") === true || first.value.text?.includes("\uFFFD") === true)
    throw new UserError(`${path} is not UTF-8 text: save it as "CSV UTF-8"`);
  if (first.value.text === undefined)
    throw new UserError(`${path} has no header: its first line is longer than any list of columns`);
  return first.value.text.replace(/^\uFEFF/, "");
}

function delimiterOf(first: string, format: FileLayout, path: string): string {
  const fits = DELIMITERS.map((delimiter) => {
    const header = headerOf(first, delimiter).map((name) => columnOf(name, format));
    return { delimiter, known: format.columns.filter((column) => header.includes(column)).length };
  });
  const best = fits.reduce((a, b) => (b.known > a.known ? b : a));
  if (best.known === 0) throw new UserError(missingColumns(path, format.required, [first.slice(0, 120)], format));
  return best.delimiter;
}

/** Column names are matched case-insensitively. */
const columnOf = (name: string, format: FileLayout): string =>
  format.columns.find((column) => column.toLowerCase() === name.toLowerCase()) ?? name;

const headerOf = (line: string, delimiter: string): string[] =>
  line.split(delimiter).map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );

function missingColumns(
  path: string,
  missing: readonly string[],
  header: readonly string[],
  format: FileLayout,
): string {
  const columns = missing.length === 1 ? `the column ${missing[0]}` : `the columns ${missing.join(", ")}`;
  const hint = header.length === 1 ? "; is it separated by commas or semicolons?" : "";
  return `${path} lacks ${columns}, which the format ${format.id} needs for ${format.kind}. Its first line says: ${header.join(", ")}${hint}`;
}

async function* toRecords(
  rows: AsyncGenerator<CsvRow>,
  { header, path, numbers, decimal }: Columns & { readonly path: string; readonly decimal: DecimalMark },
): AsyncGenerator<SourceRecord> {
  for (;;) {
    const next = await reading(path, () => rows.next());
    if (next.done === true) return;
    const { line, ...row } = next.value;
    if (row.cells === undefined) {
      yield { line, unreadable: row.reason };
      continue;
    }
    const record = toRecord(header, row.cells);
    const read = withNumbers(record, numbers, decimal);
    if (row.cells.length !== header.length)
      yield { line, unreadable: `the row has ${row.cells.length} cells, the header ${header.length}`, record };
    else if (row.cells.some((cell) => cell.includes("\uFFFD")))
      yield { line, unreadable: 'the row is not UTF-8 text: save the file as "CSV UTF-8"', record };
    else if (read.ok) yield { line, record: read.value };
    else yield { line, unreadable: read.message, record };
  }
}

const toRecord = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""]));

/** Turns a decompression error into a user error. */
async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("Z_"))
      throw new UserError(`${path} is not a complete gzip file: fetch or compress it again. Nothing was imported`);
    throw error;
  }
}
