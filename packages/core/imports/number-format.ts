import { type Result, ok, refuse } from "../platform/result.ts";
import type { RawRecord } from "./file-format.ts";
import { type Sighting, placed } from "./sighting.ts";

/** The mark before the decimals of a file's numbers; the other one groups thousands. */
export const decimalMarks = ["point", "comma"] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** What a number says of the mark: one of them, that it is one of them and not which, or nothing. */
type Evidence = DecimalMark | "either" | "none";

const MARK = { point: ".", comma: "," } as const;
const OTHER = { point: "comma", comma: "point" } as const;
/** Signs of money, blanks and apostrophes: none of them decides a mark. */
const DECORATION = /[\p{Sc}\s'’]/gu;
const SIGNED = /^(\(?)([+-]?)(.*?)(-?)(\)?)$/;
const GROUPED = { point: /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/, comma: /^\d{1,3}(?:\.\d{3})+(?:,\d*)?$/ } as const;
const PLAIN = { point: /^\d*(?:\.\d*)?$/, comma: /^\d*(?:,\d*)?$/ } as const;

/** A number without what decides nothing: blanks, a currency's sign, its own sign. */
const bare = (cell: string): string => cell.replaceAll(DECORATION, "").replaceAll(/^[(+-]+|[-)]+$/g, "");

const fits = (digits: string, mark: DecimalMark): boolean => GROUPED[mark].test(digits) || PLAIN[mark].test(digits);

function evidenceOf(cell: string): Evidence {
  const digits = bare(cell);
  if (!/^\d*[.,\d]*$/.test(digits) || !/[.,]/.test(digits) || !/\d/.test(digits)) return "none";
  const [point, comma] = [fits(digits, "point"), fits(digits, "comma")];
  if (point && comma) return /^0[.,]/.test(digits) ? (digits.includes(",") ? "comma" : "point") : "either";
  return point ? "point" : comma ? "comma" : "none";
}

/**
 * Decides the number format of a whole file from all its numbers: one "3,5" makes the point of every "1.000" a mark of
 * thousands. Cells are shown to it in any order; it keeps the first of each kind.
 */
export class NumberFormatFinder {
  readonly #seen = new Map<Evidence, Sighting>();

  see(cell: string, line: number, column: string): void {
    const evidence = evidenceOf(cell);
    if (evidence !== "none" && !this.#seen.has(evidence)) this.#seen.set(evidence, { cell, line, column });
  }

  /**
   * The mark of the file; `asked` is what somebody said, `usual` that of files of this kind where its numbers fit both:
   * the point where commas separate the cells, else none, and "1.000" alone is refused.
   */
  decide({
    asked,
    usual,
  }: {
    readonly asked?: DecimalMark | undefined;
    readonly usual?: DecimalMark | undefined;
  }): Result<DecimalMark, "number-format-unclear"> {
    if (asked !== undefined) return ok(asked);
    const [point, comma, either] = [this.#seen.get("point"), this.#seen.get("comma"), this.#seen.get("either")];
    if (point !== undefined && comma !== undefined)
      return unclear(`${placed(point)} has a decimal point and ${placed(comma)} a decimal comma`);
    if (comma !== undefined) return ok("comma");
    if (point !== undefined || either === undefined) return ok("point");
    if (usual !== undefined && !either.cell.includes(MARK[OTHER[usual]])) return ok(usual);
    return unclear(`${placed(either)} may be ${readings(either.cell)}, and no other number of the file tells which`);
  }
}

const readings = (cell: string): string => decimalMarks.map((mark) => readNumber(cell, mark)).join(" or ");

const unclear = (why: string) => refuse("number-format-unclear", `${why}: say --decimal comma or --decimal point`);

/**
 * A number's text as `parseDecimal` reads it: "1.234,56 €" of a file with decimal commas is "1234.56", "(5.00)" is
 * "-5.00". `undefined` for a number of the other format; a text that is no number at all stays as it is, and is refused
 * where it is read.
 */
export function readNumber(cell: string, mark: DecimalMark): string | undefined {
  const [, opened = "", sign = "", body = "", behind = "", closed = ""] =
    SIGNED.exec(cell.replaceAll(DECORATION, "")) ?? [];
  const isOdd =
    (opened === "") !== (closed === "") || [opened, sign, behind].filter((given) => given !== "").length > 1;
  if (isOdd || !/\d/.test(body)) return cell;
  if (!fits(body, mark)) return fits(body, OTHER[mark]) ? undefined : cell;
  const isNegative = sign === "-" || behind === "-" || opened === "(";
  const [whole = "", fraction = ""] = body.replaceAll(MARK[OTHER[mark]], "").split(MARK[mark]);
  return `${isNegative ? "-" : ""}${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A record with its numbers as `parseDecimal` reads them, or the reason why one is not of the file's format. */
export function withNumbers(
  record: RawRecord,
  numbers: readonly string[],
  mark: DecimalMark,
): Result<RawRecord, "other-number-format"> {
  const read: Record<string, string> = { ...record };
  for (const column of numbers) {
    const cell = record[column];
    if (cell === undefined) continue;
    const text = readNumber(cell, mark);
    if (text === undefined)
      return refuse(
        "other-number-format",
        `${column} "${cell.trim()}" is not a number of this file, whose decimals follow a ${mark}`,
      );
    read[column] = text;
  }
  return ok(read);
}
