import { parse } from "csv-parse/sync";
import { type Line, MAX_LINE } from "./lines.ts";

/** One CSV record as cells, or why a line is none. `line` is where it starts. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly cells?: undefined; readonly reason: string };

const MAX_LINES_OF_A_CELL = 200;

/**
 * CSV records of a file's lines. The library reads every record that has quotes; which lines belong to one record is
 * decided here, because it gives up on the rest of a file after a row that is too long or a quote that never closes,
 * and a bad row must not stop the others.
 */
export async function* csvRecords(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<CsvRow> {
  let open: Line[] = [];
  for await (const line of lines) {
    open.push(line);
    while (open.length > 0) {
      const step = takeRecord(open, delimiter);
      if (step === undefined) break;
      if (step.row !== undefined) yield step.row;
      open = step.rest;
    }
  }
  while (open.length > 0) {
    const [first, ...rest] = open;
    if (first === undefined) return;
    yield unclosed(first);
    open = rest;
    for (
      let step = takeRecord(open, delimiter);
      step !== undefined && open.length > 0;
      step = takeRecord(open, delimiter)
    ) {
      if (step.row !== undefined) yield step.row;
      open = step.rest;
    }
  }
}

const unclosed = (line: Line): CsvRow => ({ line: line.number, reason: "a quote opens in this row and never closes" });

/** The first record of the lines held, or nothing when it may go on in the next line. */
function takeRecord(open: Line[], delimiter: string): { row?: CsvRow; rest: Line[] } | undefined {
  const [first, ...rest] = open;
  if (first === undefined) return undefined;
  if (first.text === undefined)
    return { row: { line: first.number, reason: `the row is longer than ${MAX_LINE} characters` }, rest };
  if (first.text.trim() === "") return { rest };
  if (!first.text.includes('"')) return { row: { line: first.number, cells: first.text.split(delimiter) }, rest };
  let isQuoted = false;
  for (const [i, { text }] of open.entries()) {
    if (text === undefined || i >= MAX_LINES_OF_A_CELL) return { row: unclosed(first), rest };
    isQuoted = endsInQuotes(text, delimiter, isQuoted);
    if (!isQuoted) {
      const record = open.slice(0, i + 1).map((line) => line.text ?? "");
      return { row: parsed(first.number, record.join("\n"), delimiter), rest: open.slice(i + 1) };
    }
  }
  return undefined;
}

/** Whether a cell that is quoted is still open at the line's end. A quote within an unquoted cell is just a quote. */
function endsInQuotes(text: string, delimiter: string, startsQuoted: boolean): boolean {
  let isQuoted = startsQuoted;
  let isCellStart = !startsQuoted;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (isQuoted) {
      if (character !== '"') continue;
      if (text.charAt(i + 1) === '"') i += 1;
      else isQuoted = false;
    } else if (character === '"' && isCellStart) isQuoted = true;
    isCellStart = !isQuoted && character === delimiter;
  }
  return isQuoted;
}

function parsed(line: number, record: string, delimiter: string): CsvRow {
  try {
    const rows = parse(record, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      to_line: Number.MAX_SAFE_INTEGER,
    });
    const cells: unknown = rows[0];
    return Array.isArray(cells) ? { line, cells: cells.map(String) } : { line, reason: "the row cannot be read" };
  } catch (error) {
    return { line, reason: `the row cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
