import { EARLIEST, LATEST } from "../platform/period.ts";
import { parseDay } from "../platform/values.ts";

/** A valid value, or the reason why there is none: a refusal that names the column where there is one. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly column?: string | undefined };

/** The refusal of a text that is not a date. */
export const badDate = (column: string, value: string) =>
  refuseColumn(column, "bad-date", `${column} "${value}" ${whyNoDate(value)}`);

/** Spreadsheets count days from 1900 on: five digits are years from 1927 to 2173. */
const COUNTED_DAYS = /^\d{5}(?:[.,]\d+)?$/;

function whyNoDate(value: string): string {
  if (COUNTED_DAYS.test(value))
    return "is a day as spreadsheets count them: give the column the format of a date there";
  const written = parseDay(value.slice(0, 10));
  if (written.ok && written.value < EARLIEST) return "is before 1970: check the year";
  if (written.ok && written.value > LATEST) return "is after 2999: check the year";
  return "is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z";
}

/** A refusal about one column. */
export const refuseColumn = (column: string, reason: string, message: string) =>
  ({ ok: false, column, reason, message }) as const;
