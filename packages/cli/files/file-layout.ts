import { type ColumnMap, columnsOfHeader, missingOf } from "@regulars/core/imports/column-names";
import type { FileFormat } from "@regulars/core/imports/file-format";
import { nounFor } from "@regulars/core/platform/counted";
import { cutText } from "@regulars/core/platform/cut-text";
import { UserError } from "@regulars/local/user-error";
import { cellsOfLine } from "./csv-records.ts";
import type { Line } from "./lines.ts";

/** The columns that a file's header is checked against. */
export type ExpectedLayout = Pick<
  FileFormat,
  "id" | "required" | "columns" | "numbers" | "dates" | "readLine" | "fillDown"
> & {
  readonly kind: string;
};

/** Where a file's header is, and what it says. */
export interface FileLayout {
  readonly separator: string;
  /** The line of the header, from 1. */
  readonly headerLine: number;
  /** Columns of the format where the file has them, in its own order; other names as they stand. */
  readonly columns: readonly string[];
  /** The file's own names of its columns. */
  readonly names: readonly string[];
}

/** A header is looked for in this many lines: reports have titles above it. */
export const HEAD_LINES = 20;

const SEPARATORS = [",", ";", "\t", "|"] as const;
/** Excel's line that says what separates the cells. */
const SEP = /^"?sep=(.)"?[,;\t|]*$/i;

/** The layout of a file from its first lines; a refusal quotes what they say. */
export function layoutOf(path: string, head: readonly Line[], format: ExpectedLayout, map?: ColumnMap): FileLayout {
  const [first] = head;
  if (first === undefined) throw new UserError(`${path} is empty: its first line must name the columns`);
  if (first.text === undefined)
    throw new UserError(`${path} has no header: its first line is longer than any list of columns`);
  const said = SEP.exec(first.text)?.[1];
  const lines = said === undefined ? head : head.slice(1);
  const separators = said === undefined ? SEPARATORS : [said];
  const read = lines.flatMap(({ number, text = "" }) =>
    separators.map((separator) => readHeader(text, separator, number, format, map)),
  );
  const whole = read.find(({ missing }) => missing.length === 0);
  if (whole === undefined) throw new UserError(refusal(path, read, format));
  const twice = whole.columns.find((name, i) => format.columns.includes(name) && whole.columns.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`${path} names the column ${twice} twice: leave one of them out`);
  return whole;
}

interface ReadHeader extends FileLayout {
  readonly missing: readonly string[];
  /** How many of the format's columns it has. */
  readonly known: number;
}

function readHeader(
  text: string,
  separator: string,
  headerLine: number,
  format: ExpectedLayout,
  map: ColumnMap | undefined,
): ReadHeader {
  const names = cellsOfLine(text, separator).map((name) => name.trim());
  const columns = columnsOfHeader(names, format, map);
  const absent = [...(map?.keys() ?? [])].filter((column) => !columns.includes(column));
  const missing = missingOf(columns, format.required);
  return {
    separator,
    headerLine,
    names,
    columns,
    missing: [...missing, ...absent.filter((column) => !missing.includes(column))],
    known: format.columns.filter((column) => columns.includes(column)).length,
  };
}

function refusal(path: string, read: readonly ReadHeader[], format: ExpectedLayout): string {
  const best = read.reduce((a, b) =>
    b.known > a.known || (b.known === a.known && titlesOf(b).size > titlesOf(a).size) ? b : a,
  );
  const wanted = best.missing.map((one) => one.replaceAll("|", " or "));
  const columns = `the ${nounFor(wanted.length, "column")} ${wanted.join(", ")}`;
  const names = best.names.filter((name) => name !== "");
  const says = names.length === 1 ? cutText(names[0] ?? "", 120) : cutText(names.join(", "), 400);
  const by = names.length === 1 ? "" : ` (separated by ${separatorName(best.separator)})`;
  const line = best.headerLine === 1 ? "Its first line" : `Its line ${best.headerLine}`;
  const [example = "orderId"] = format.columns.filter((column) => wanted.includes(column));
  return `${path} lacks ${columns}, which the format ${format.id} needs for ${format.kind}. ${line} says: ${says}${by}. Name other headers with --map, such as --map ${example}="${names[0]?.slice(0, 30) ?? "…"}"`;
}

/** The names that begin with a letter, as those of columns do: of several lines the header has the most. */
const titlesOf = ({ names }: ReadHeader): ReadonlySet<string> => new Set(names.filter((name) => /^\p{L}/u.test(name)));

/** A separator as people call it. */
export const separatorName = (separator: string): string =>
  ({ ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars" })[separator] ?? `"${separator}"`;
