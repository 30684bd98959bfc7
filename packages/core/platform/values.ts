import * as z from "zod";
import { dateIn, daysOfDate } from "./calendar.ts";
import { digitsOfCode } from "./currencies.ts";
import { idTextSchema } from "./id-text.ts";
import { wordIssues } from "./issue-words.ts";
import { type Result, ok, refuse } from "./result.ts";

wordIssues();

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** "YYYY-MM-DD" in the tenant's time zone. */
export type Day = Branded<string, "Day">;
/** Days since 1970-01-01, the integer for all day arithmetic. */
export type DayNumber = Branded<number, "DayNumber">;
/** ISO 8601 in UTC, "2026-11-23T06:30:00.000Z". */
export type Instant = Branded<string, "Instant">;
/** Whole minor units of a currency (cents). */
export type Minor = Branded<number, "Minor">;
/** ISO 4217 code in capitals. */
export type Currency = Branded<string, "Currency">;

export type TenantId = Branded<string, "TenantId">;
export type UserId = Branded<string, "UserId">;
export type CustomerId = Branded<string, "CustomerId">;
export type PersonId = Branded<string, "PersonId">;
export type ItemId = Branded<string, "ItemId">;
export type OrderId = Branded<string, "OrderId">;
export type InvoiceId = Branded<string, "InvoiceId">;
export type PaymentId = Branded<string, "PaymentId">;
export type ActivityId = Branded<string, "ActivityId">;
export type RequestId = Branded<string, "RequestId">;
export type ProjectId = Branded<string, "ProjectId">;
/** The id of an imported contact in the system it comes from. */
export type ExternalId = Branded<string, "ExternalId">;
/** As `findingId` writes it: `<kind>:<customer>`, `<kind>:<customer>:<item>`, or with another subject. */
export type FindingId = Branded<string, "FindingId">;

const MS_PER_DAY = 86_400_000;

/** Tenants are named by us, not by other systems: plain ids, which keys, tags and addresses hold as they are. */
export const tenantIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, "is not an id: 1 to 64 of A-Z a-z 0-9 . _ -")
  .transform((text) => text as TenantId);

const idSchema = <B extends string>(_brand: B) => idTextSchema.transform((text) => text as Branded<string, B>);

export const userIdSchema = idSchema("UserId");
export const customerIdSchema = idSchema("CustomerId");
export const personIdSchema = idSchema("PersonId");
export const itemIdSchema = idSchema("ItemId");
export const orderIdSchema = idSchema("OrderId");
export const invoiceIdSchema = idSchema("InvoiceId");
export const paymentIdSchema = idSchema("PaymentId");
export const activityIdSchema = idSchema("ActivityId");
export const saleIdSchema = idSchema("SaleId");
export const requestIdSchema = idSchema("RequestId");
export const projectIdSchema = idSchema("ProjectId");
export const externalIdSchema = idSchema("ExternalId");

export const currencySchema = z
  .string()
  .trim()
  .regex(/^[A-Z]{3}$/, { error: "is not a currency: three capitals like EUR", abort: true })
  .refine((code) => digitsOfCode(code) !== undefined, "is not a currency of ISO 4217: write its code, like EUR")
  .transform((text) => text as Currency);

export const minorSchema = z
  .number()
  .refine(Number.isSafeInteger, "is not a whole number of minor units")
  .transform((units) => units as Minor);

export const daySchema = z
  .string()
  .trim()
  .refine(isDay, "is not a day: YYYY-MM-DD")
  .transform((text) => text as Day);

/** Earlier years are slips ("0026-01-01"), and what is read of the years before a day needs four digits of them. */
const FIRST_YEAR = 1900;

function isDay(text: string): boolean {
  return (dateIn(text)?.year ?? 0) >= FIRST_YEAR;
}

const noDay = (text: string): string => `"${text}" is not a day: write it as YYYY-MM-DD`;

/** A day from text, or why it is not one. */
export function parseDay(text: string): Result<Day, "not-a-day"> {
  return isDay(text) ? ok(text as Day) : refuse("not-a-day", noDay(text));
}

/** A day from a trusted text: a literal in code, a stored key, of any year. Throws when it is not a day. */
export function day(text: string): Day {
  if (dateIn(text) === undefined) throw new Error(noDay(text));
  return text as Day;
}

export function toDayNumber(value: Day): DayNumber {
  if (value === lastDay.text) return lastDay.number;
  const date = dateIn(value);
  const number = (date === undefined ? Number.NaN : daysOfDate(date.year, date.month, date.dayOfMonth)) as DayNumber;
  lastDay.text = value;
  lastDay.number = number;
  return number;
}

/** The day that was asked for last: a night asks for the same one again and again. */
const lastDay = { text: "", number: Number.NaN as DayNumber };

/** The texts of days that were asked for, up to 2134: making one takes ten times as long as finding it. */
const MOST_TEXTS = 60_000;
const dayTexts = Array.from<Day | undefined>({ length: MOST_TEXTS });

export function toDay(value: number): Day {
  const known = dayTexts[value];
  if (known !== undefined) return known;
  const made = new Date(value * MS_PER_DAY).toISOString().slice(0, 10) as Day;
  if (Number.isInteger(value) && value >= 0 && value < MOST_TEXTS) dayTexts[value] = made;
  return made;
}

export const dayNumber = (value: number): DayNumber => value as DayNumber;

/** Whole minor units; throws on a fraction and on what is not held exactly, because that is a bug in the code. */
export function minor(units: number): Minor {
  if (!Number.isSafeInteger(units))
    throw new Error(`${units} is not a whole number of minor units that is held exactly`);
  return minorSum(units);
}

/**
 * A sum of amounts that nothing bounds, like a tenant's: beyond 2^53 its last digits are not exact. Throws on a
 * fraction.
 */
export function minorSum(units: number): Minor {
  if (!Number.isInteger(units)) throw new Error(`${units} is not a whole number of minor units`);
  return (units === 0 ? 0 : units) as Minor;
}

/** An instant as `toInstant` writes it. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "is not an instant: 2026-11-23T06:30:00.000Z")
  .transform((text) => text as Instant);

/** An instant from milliseconds since the epoch. */
export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;
