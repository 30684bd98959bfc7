import { type Result, ok, refuse } from "../platform/result.ts";
import { parseDay } from "../platform/values.ts";
import type { RawRecord } from "./file-format.ts";
import { type Sighting, placed } from "./sighting.ts";

/** The order of day (d), month (m) and year (y) in a file's dates. ISO dates are read in any file. */
export const dateOrders = ["dmy", "mdy", "ymd"] as const;
export type DateOrder = (typeof dateOrders)[number];

const TIME =
  /^(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([AP])\.?M\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const NUMBERS = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)/;
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?!\d)/i;
const MONTH_AND_DAY = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/i;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Year, month and day as a text has them, and what follows. */
interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly rest: string;
}

/** The first two numbers of a date like "5/1/2026", which either order fits; `undefined` for other dates. */
function leadingPair(cell: string): readonly [number, number] | undefined {
  const [, first = "", separator, second = "", third = ""] = NUMBERS.exec(cell.trim()) ?? [];
  const isYearLast = first.length <= 2 && third !== "" && separator !== ".";
  return isYearLast ? [Number(first), Number(second)] : undefined;
}

/** Whether a date means two days, depending on which of day and month comes first. */
function isAmbiguousDate(cell: string): boolean {
  const [first = 0, second = 0] = leadingPair(cell) ?? [];
  return first !== second && first >= 1 && first <= 12 && second >= 1 && second <= 12;
}

/** Decides from all dates of a file whether the day or the month comes first: one "13/1/2026" tells for the others. */
export class DateFormatFinder {
  readonly #seen = new Map<DateOrder, Sighting>();

  see(cell: string, line: number, column: string): void {
    const [first = 0, second = 0] = leadingPair(cell) ?? [];
    const order = first > 12 && second <= 12 ? "dmy" : second > 12 && first <= 12 && first > 0 ? "mdy" : undefined;
    if (order !== undefined && !this.#seen.has(order)) this.#seen.set(order, { cell, line, column });
  }

  /** The order; `undefined` when no date tells. `asked` is what somebody said. */
  decide(asked: DateOrder | undefined): Result<DateOrder | undefined, "date-format-unclear"> {
    if (asked !== undefined) return ok(asked);
    const [dmy, mdy] = [this.#seen.get("dmy"), this.#seen.get("mdy")];
    if (dmy !== undefined && mdy !== undefined)
      return refuse(
        "date-format-unclear",
        `${placed(dmy)} begins with the day and ${placed(mdy)} with the month: say --dates dmy or --dates mdy`,
      );
    return ok(dmy !== undefined ? "dmy" : mdy !== undefined ? "mdy" : undefined);
  }
}

/**
 * A date as `parseMoment` reads it: "4/5/2026 9:30 PM" of a file with the month first is "2026-04-05 21:30",
 * "2026-04-05 21:06:21 +0400" is "2026-04-05T21:06:21+04:00", "5 Apr 2026" is "2026-04-05". Other texts stay as they are,
 * and are refused where they are read.
 */
export function readDate(cell: string, order: DateOrder | undefined): string {
  const text = cell.trim();
  const parts = partsOf(text, order);
  const time = parts === undefined ? undefined : TIME.exec(parts.rest);
  if (parts === undefined || time === undefined || time === null) return cell;
  const [, hour, minute = "00", second, half, zone] = time;
  const day = [parts.year.padStart(4, "20"), parts.month.padStart(2, "0"), parts.day.padStart(2, "0")].join("-");
  if (!parseDay(day).ok) return cell;
  if (hour === undefined) return day;
  const clock = clockHour(Number(hour), half);
  if (clock === undefined) return cell;
  const local = `${String(clock).padStart(2, "0")}:${minute}${second === undefined ? "" : `:${second}`}`;
  return zone === undefined ? `${day} ${local}` : `${day}T${local}${offsetOf(zone)}`;
}

const offsetOf = (zone: string): string => (/^[+-]/.test(zone) ? zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2") : "Z");

function partsOf(text: string, order: DateOrder | undefined): Parts | undefined {
  const [all = "", first = "", separator, second = "", third = ""] = NUMBERS.exec(text) ?? [];
  if (all !== "") return numbersOf([first, second, third], text.slice(all.length), separator === "." ? "dmy" : order);
  const named = DAY_OF_MONTH.exec(text);
  if (named !== null) return namedOf(named[2] ?? "", named[1] ?? "", named[3] ?? "", text.slice(named[0].length));
  const other = MONTH_AND_DAY.exec(text);
  return other === null
    ? undefined
    : namedOf(other[1] ?? "", other[2] ?? "", other[3] ?? "", text.slice(other[0].length));
}

function numbersOf(
  [first, second, third]: readonly [string, string, string],
  rest: string,
  order: DateOrder | undefined,
): Parts | undefined {
  if (first.length === 4) return { year: first, month: second, day: third, rest };
  if (first.length === 3) return undefined;
  if (order === "ymd" && third.length <= 2) return { year: first, month: second, day: third, rest };
  if (third.length === 1) return undefined;
  const isMonthFirst = order === "mdy";
  if (order === undefined && first !== second) return undefined;
  return { year: third, month: isMonthFirst ? first : second, day: isMonthFirst ? second : first, rest };
}

function namedOf(name: string, day: string, year: string, rest: string): Parts | undefined {
  const month = MONTHS.findIndex((one) => one === name.toLowerCase() || one.slice(0, 3) === name.toLowerCase());
  return month === -1 ? undefined : { year, month: String(month + 1), day, rest };
}

/** The hour of the day; 12 AM is midnight, and "13 PM" is `undefined`. */
export function clockHour(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toUpperCase() === "P" ? 12 : 0);
}

/** A record with its dates as `parseMoment` reads them, or the reason why one of them means two days. */
export function withDates(
  record: RawRecord,
  dates: readonly string[],
  order: DateOrder | undefined,
): Result<RawRecord, "ambiguous-date"> {
  const read: Record<string, string> = { ...record };
  for (const column of dates) {
    const cell = record[column];
    if (cell === undefined || cell === "") continue;
    if (order === undefined && isAmbiguousDate(cell))
      return refuse(
        "ambiguous-date",
        `${column} "${cell.trim()}" is not a date in one way only: say --dates mdy (month first) or --dates dmy (day first)`,
      );
    read[column] = readDate(cell, order);
  }
  return ok(read);
}
