/** Matches the beginning of a spreadsheet formula, including fullwidth signs and leading blanks. */
const FORMULA = /^[\s\u00a0\ufeff\u200b-\u200f]*[=+\-@|\uff1d\uff0b\uff0d\uff20\u2212]/;

/** A CSV cell (RFC 4180); a value that looks like a formula is marked as text, so that no spreadsheet runs it. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
