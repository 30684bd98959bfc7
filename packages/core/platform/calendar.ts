/** A date of the Gregorian calendar. */
interface CalendarDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Days of 400 years, after which the calendar repeats, and from 0000-03-01 to 1970-01-01. */
const DAYS_OF_ERA = 146_097;
const BEFORE_1970 = 719_468;

/** Days since 1970-01-01. A day past the end of its month is one of the next month. Years from 0 on. */
export function daysOfDate(year: number, month: number, dayOfMonth: number): number {
  // Years that begin in March: the day that is added in leap years comes last.
  const march = month > 2 ? year : year - 1;
  const era = Math.floor(march / 400);
  const yearOfEra = march - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_ERA + dayOfEra - BEFORE_1970;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysOfMonth(year: number, month: number): number {
  const isLeap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The date in "YYYY-MM-DD"; `undefined` when it is not one. Read by hand: a night reads millions. */
export function dateIn(text: string): CalendarDate | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  const century = twoDigits(text, 0);
  const years = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  const year = century * 100 + years;
  if (century < 0 || years < 0 || month < 1 || month > 12 || dayOfMonth < 1) return undefined;
  return dayOfMonth > daysOfMonth(year, month) ? undefined : { year, month, dayOfMonth };
}

const DASH = 45;
const ZERO = 48;

/** -1 when there is another sign than a digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

export const textOfDate = ({ year, month, dayOfMonth }: CalendarDate): string =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
