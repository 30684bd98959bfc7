import { parse } from "csv-parse/sync";
import { type Line, MAX_LINE } from "./lines.ts";

/** One CSV record as cells, or the reason why it cannot be read. `line` is its first line, from 1. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly cells?: undefined; readonly reason: string };

/** Most lines of one record. Beyond this, the opening quote is taken as never closed. */
const MOST_LINES = 200;
const MOST_CHARACTERS = 100_000;

/**
 * CSV records of a file's lines. The library reads every record that has quotes; which lines belong to one record is
 * decided here, because it gives up on the rest of a file after a row that is too long or a quote that never closes,
 * and a bad row must not stop the others.
 */
export async function* csvRecords(
  lines: AsyncIterable<readonly Line[]>,
  delimiter: string,
): AsyncGenerator<readonly CsvRow[]> {
  const frame = new Frame(delimiter);
  for await (const some of lines) {
    const rows: CsvRow[] = [];
    for (const line of some) {
      const cells = frame.plainCells(line);
      if (cells !== undefined) rows.push({ line: line.number, cells });
      else rows.push(...frame.add(line));
    }
    yield rows;
  }
  yield [...frame.end()];
}

/** Holds the lines of a record until its quotes are closed. */
class Frame {
  readonly #delimiter: string;
  #held: string[] = [];
  #from = 0;
  #size = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The cells of a line that is a record of its own, without quotes: nearly all there are. */
  plainCells({ text }: Line): readonly string[] | undefined {
    if (text === undefined || this.#held.length > 0 || text.includes('"') || text.trim() === "") return undefined;
    return text.split(this.#delimiter);
  }

  *add({ number, text }: Line): Generator<CsvRow> {
    if (text === undefined || !this.#hasRoomFor(text)) yield* this.#giveUp();
    if (text === undefined) yield { line: number, reason: `the row is longer than ${MAX_LINE} characters` };
    else if (this.#held.length > 0 || text.includes('"')) yield* this.#hold(number, text);
    else if (text.trim() !== "") yield { line: number, cells: text.split(this.#delimiter) };
  }

  #hasRoomFor(text: string): boolean {
    if (this.#held.length === 0) return true;
    return this.#held.length < MOST_LINES && this.#size + text.length <= MOST_CHARACTERS;
  }

  *#hold(number: number, text: string): Generator<CsvRow> {
    const wasOpen = this.#held.length > 0;
    if (!wasOpen) this.#from = number;
    this.#held.push(text);
    this.#size += text.length;
    if (endsInQuotes(text, this.#delimiter, wasOpen)) return;
    const record = this.#held.join("\n");
    this.#clear();
    yield parsed(this.#from, record, this.#delimiter);
  }

  #clear(): void {
    this.#held = [];
    this.#size = 0;
  }

  /** The first line's quote never closes: rejects that line and reads the following lines again. */
  *#giveUp(): Generator<CsvRow> {
    if (this.#held.length === 0) return;
    const [from, [, ...rest]] = [this.#from, this.#held];
    this.#clear();
    yield { line: from, reason: "a quote opens in this row and never closes" };
    for (const [i, text] of rest.entries()) yield* this.add({ number: from + 1 + i, text });
  }

  *end(): Generator<CsvRow> {
    while (this.#held.length > 0) yield* this.#giveUp();
  }
}

/** Whether a quoted cell is still open at the line's end. A quote inside an unquoted cell is an ordinary character. */
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

/** The cells of one line, such as a header; as they stand when its quotes do not close. */
export function cellsOfLine(text: string, delimiter: string): readonly string[] {
  const { cells } = text.includes('"') ? parsed(1, text, delimiter) : { cells: undefined };
  return cells ?? text.split(delimiter);
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
