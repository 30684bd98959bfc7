const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2}))?$/;

/** "7/3/2013 8:26" as "2013-07-03 08:26"; anything else stays as it is, to be refused with its own text. */
export function isoFromUsDate(text: string): string {
  const match = US_DATE.exec(text);
  if (match === null) return text;
  const [, month = "", day = "", year = "", hour, minute = "00"] = match;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return hour === undefined ? date : `${date} ${hour.padStart(2, "0")}:${minute}`;
}
