import { clockHour } from "../date-format.ts";

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?: (\d{1,2}):(\d{2})(:\d{2})?(?: ?([AP])M)?)?$/i;

/**
 * "7/3/2013 8:26" as "2013-07-03 08:26". Seconds, AM or PM and a two-digit year (of this century) are accepted, as
 * spreadsheets write them. Other texts are returned unchanged, so that the refusal quotes them.
 */
export function isoFromUsDate(text: string): string {
  const match = US_DATE.exec(text);
  if (match === null) return text;
  const [, month = "", day = "", year = "", hour, minute = "00", seconds = "", half] = match;
  const date = `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (hour === undefined) return date;
  const clock = clockHour(Number(hour), half);
  return clock === undefined ? text : `${date} ${String(clock).padStart(2, "0")}:${minute}${seconds}`;
}
