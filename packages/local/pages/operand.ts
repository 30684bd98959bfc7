import { formatsOf } from "@regulars/render/texts/formats";
import { formatMoney } from "@regulars/core/platform/money";
import { type Currency, currencySchema, minor, parseDay } from "@regulars/core/platform/values";

/** Operands carry their unit at the end of their name: `silentDays`, `openMinor`, `changePct`, `dueOn`. */
const UNIT = /(?<=[a-z0-9])(Minor|Days|Pct|On)$/;

/** Locale and currency with which values are written. */
export interface Reading {
  readonly locale: string;
  readonly currency: Currency;
}

/** The unit a name ends in; undefined without one. */
export const unitOf = (name: string): string | undefined => UNIT.exec(name)?.[1];

/** "previousGapDays" becomes "Previous gap"; the unit is shown with the value. */
export function readableName(name: string): string {
  if (currencyOf(name) !== undefined) return name;
  const words = name
    .replace(UNIT, "")
    .replace(/([a-z])(?=[A-Z0-9])|([0-9])(?=[A-Za-z])/g, "$1$2 ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A scalar value as text. `unit` is the suffix of its name or of its group's name. */
export function readableValue(value: unknown, unit: string | undefined, reading: Reading): string {
  if (typeof value === "number") return readableNumber(value, unit, reading);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return readableText(value, reading);
  return "not known";
}

function readableNumber(value: number, unit: string | undefined, { locale, currency }: Reading): string {
  if (unit === "Minor" && Number.isSafeInteger(value)) return formatMoney(minor(value), currency, locale);
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 6 };
  const number = new Intl.NumberFormat(locale, digits).format(value);
  if (unit === "Days") return `${number} ${value === 1 ? "day" : "days"}`;
  return unit === "Pct" ? `${number} %` : number;
}

function readableText(text: string, reading: Reading): string {
  const parsed = parseDay(text);
  return parsed.ok ? formatsOf(reading.locale).day(parsed.value) : text.replace(OPERAND, namedAsShown);
}

/** An operand's name within a rule: "3 months of monthlyMinor". */
const OPERAND = /\b[a-z]+(?:[A-Z][a-z]+)*(?:Minor|Days|Pct|On)\b/g;

const namedAsShown = (name: string): string => `“${readableName(name)}”`;

const currencyOf = (text: unknown): Currency | undefined => currencySchema.safeParse(text).data;

/** The unit of an operand in a group: its own, else the group's; money if its name is a currency code. */
export const unitWithin = (name: string, group: string | undefined): string | undefined =>
  unitOf(name) ?? (currencyOf(name) === undefined ? group : "Minor");

/** Formats of an amount whose name is its currency code: `{ EUR: 1999 }`. */
export const readingNamed = (name: string, reading: Reading): Reading => ({
  ...reading,
  currency: currencyOf(name) ?? reading.currency,
});

/** Formats of a record that has its own currency. */
export const readingOf = (record: object, reading: Reading): Reading => ({
  ...reading,
  currency: ("currency" in record ? currencyOf(record.currency) : undefined) ?? reading.currency,
});
