import { Temporal } from "temporal-polyfill";
import { dateIn, daysOfMonth, textOfDate } from "./calendar.ts";
import { type Day, type DayNumber, type Instant, day, dayNumber, parseDay, toDay, toDayNumber } from "./values.ts";

/** `from` and `to` are both included. */
export interface Period {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** Calendar months later (or earlier), clamped to the month's end (docs/reference/insights.md G4). */
export function addMonths(from: Day, months: number): Day {
  const date = dateIn(from);
  if (date === undefined || !Number.isInteger(months)) throw new RangeError(`${months} months from ${from} is no day`);
  const index = date.year * 12 + date.month - 1 + months;
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return day(textOfDate({ year, month, dayOfMonth: Math.min(date.dayOfMonth, daysOfMonth(year, month)) }));
}

/** `addMonths` on day numbers. */
export const addMonthsTo = (from: DayNumber, months: number): DayNumber => toDayNumber(addMonths(toDay(from), months));

export const addDays = (from: Day, days: number): Day => toDay(toDayNumber(from) + days);

/** Days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => toDayNumber(b) - toDayNumber(a);

/** "At least N months ago": `addMonths(d, N) <= asOf` (docs/reference/insights.md G4). */
export const isAtLeastMonthsAgo = (d: DayNumber, asOf: DayNumber, months: number): boolean =>
  addMonthsTo(d, months) <= asOf;

/**
 * `M_first..M_last`: complete calendar months counted back from the last one that ended on or before `asOf`
 * (docs/reference/insights.md G5).
 */
export function completeMonths(asOf: Day, first: number, last: number): Period {
  const openMonth = monthIndex(addDays(asOf, 1));
  return {
    from: firstOfMonth(openMonth - last),
    to: dayNumber(firstOfMonth(openMonth - first + 1) - 1),
  };
}

/** Months since the year 0. */
const monthIndex = (on: Day): number => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1;

const firstOfMonth = (index: number): DayNumber => {
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return toDayNumber(day(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`));
};

/** The signs of an IANA name: offsets and days with a zone in brackets are no names, though clocks can be set by them. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** The IANA zones that forms and messages offer; older names of theirs can be read too. */
export const timeZones = (): readonly string[] => [...Intl.supportedValuesOf("timeZone"), "UTC"];

/** Whether a text is the name of an IANA zone. */
export const isZone = (zone: string): boolean => {
  if (!ZONE_NAME.test(zone)) return false;
  try {
    Temporal.Instant.from("1970-01-01T00:00:00Z").toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
};

/** The local date of an instant in an IANA zone (docs/reference/insights.md G1). */
export function localDay(instant: Instant, zone: string): Day {
  return day(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());
}

/**
 * The instant of a local time. A time that a clock change skips is moved forward; of one that occurs twice, the first
 * is taken.
 */
export function instantOf(date: Day, time: string, zone: string): Instant {
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time });
  return new Date(zoned.epochMilliseconds).toISOString() as Instant;
}

/** The last completed local day at an instant: yesterday in the zone (docs/reference/insights.md G2). */
export const lastCompletedDay = (now: Instant, zone: string): Day => addDays(localDay(now, zone), -1);

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?$/;

/** An instant and the local day it falls on. */
export interface Moment {
  readonly at: Instant;
  readonly on: Day;
}

let lastRead: { readonly text: string; readonly zone: string; readonly moment: Moment | undefined } | undefined;

/**
 * The moment of a timestamp in a file: with an offset or `Z` it is that instant, without one it is in the tenant's
 * zone, and a date alone is the start of that local day (docs/reference/insights.md G1). The lines of an order repeat
 * one timestamp and zone arithmetic is slow, so the last result is cached.
 */
export function parseMoment(text: string, zone: string): Moment | undefined {
  if (lastRead?.text !== text || lastRead.zone !== zone) lastRead = { text, zone, moment: readMoment(text, zone) };
  return lastRead.moment;
}

/** The first and the last valid day: others are typing errors, and the packed histories cannot store them. */
export const EARLIEST = day("1970-01-01");
export const LATEST = day("2999-12-31");

function readMoment(text: string, zone: string): Moment | undefined {
  const moment = anyMoment(text, zone);
  return moment === undefined || moment.on < EARLIEST || moment.on > LATEST ? undefined : moment;
}

const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$| )/;
const SHORT_HOUR = /^(\d{4}-\d{2}-\d{2})[T ](\d):/;

/** "23.11.2026 9:30" as "2026-11-23 09:30": two spreadsheet notations that are unambiguous. */
const plainMoment = (text: string): string =>
  text
    .replace(DOTTED_DATE, (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`)
    .replace(SHORT_HOUR, "$1 0$2:");

function anyMoment(given: string, zone: string): Moment | undefined {
  try {
    const text = plainMoment(given.trim());
    const local = LOCAL_TIME.exec(text);
    if (local?.[1] !== undefined) {
      const on = day(local[1]);
      return { at: instantOf(on, local[2] ?? "00:00", zone), on };
    }
    const at = new Date(Temporal.Instant.from(text).epochMilliseconds).toISOString() as Instant;
    return { at, on: localDay(at, zone) };
  } catch {
    return undefined;
  }
}

/**
 * Whether a range of days does not end before it begins; a missing side is open, and so is one that is no day: a schema
 * asks of what it has refused already.
 */
export const isInOrder = ({ from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined }): boolean =>
  from === undefined || to === undefined || from <= to || !(parseDay(from).ok && parseDay(to).ok);
