import { cutText } from "../platform/cut-text.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { FileFormat } from "./file-format.ts";

/** Columns of a format by the names that a file has for them. */
export type ColumnMap = ReadonlyMap<string, string>;

/** What a column's name is compared by: without case, blanks, `_` and `-`. */
const columnForm = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_\-\uFEFF]/g, "");

/** The format's columns of a header, in its order; a name that is none of them stays as it is. */
export function columnsOfHeader(
  header: readonly string[],
  { columns }: Pick<FileFormat<string>, "columns">,
  map: ColumnMap = new Map(),
): string[] {
  const own = new Map(columns.map((column) => [columnForm(column), column]));
  const mapped = new Map([...map].map(([column, name]) => [columnForm(name), column]));
  return header.map((name) => {
    const asked = mapped.get(columnForm(name));
    if (asked !== undefined) return asked;
    const column = own.get(columnForm(name));
    if (column === undefined) return name;
    return map.has(column) ? `${name} (not used)` : column;
  });
}

/** The required columns that a header lacks. A requirement may name alternatives: `Number|Name`. */
export const missingOf = (columns: readonly string[], required: readonly string[]): string[] =>
  required.filter((one) => !one.split("|").some((column) => columns.includes(column)));

const PAIR = /\s*([^=,\s][^=,]*?)\s*=\s*("(?:[^"]|"")*"|.*?)\s*(?:,(?=\s*[^=,]+=)|$)/gy;

/**
 * Reads `orderId="Order ID",total=Amount`, or the same one a line (`#` begins a note): a column of the format, and the
 * name that the file has for it.
 */
export function readColumnMap(text: string, columns: readonly string[]): Result<ColumnMap, "unusable-map"> {
  const map = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const pairs = [...line.matchAll(PAIR)];
    if (pairs.map(([all]) => all).join("") !== line)
      return refuse("unusable-map", `"${cutText(line, 100)}" is no column=name: write orderId="Order ID",total=Amount`);
    for (const [, given = "", quoted = ""] of pairs) {
      const column = columns.find((one) => columnForm(one) === columnForm(given));
      const name = quoted
        .replace(/^"(.*)"$/s, "$1")
        .replaceAll('""', '"')
        .trim();
      if (column === undefined)
        return refuse("unusable-map", `there is no column ${given}: choose from ${columns.join(", ")}`);
      if (name === "") return refuse("unusable-map", `${column} has no name: write ${column}="the file's own name"`);
      if (map.has(column)) return refuse("unusable-map", `${column} is named twice: leave one of them out`);
      map.set(column, name);
    }
  }
  return map.size === 0 ? refuse("unusable-map", "it names no column") : ok(map);
}
