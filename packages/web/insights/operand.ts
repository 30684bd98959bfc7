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

/** What statistics' short names mean; formulas go on using the name in brackets. */
const PLAIN = new Map(
  Object.entries({
    shape: "How regular the gaps are (shape)",
    kappa: "How much of that is believed (kappa)",
    n: "Gaps counted, recent ones more (n)",
    s: "Days in these gaps (s)",
    G: "Usual gap of all customers in days (G)",
    A: "Weight of the customer's own gaps (A)",
    B: "Their length in days (B)",
    pi: "Chance of having left after the last order (pi)",
    H: "Days that the statement is about (H)",
    "S(t)": "Chance of a longer silence than this (S(t))",
    "S(t+H)": "Chance of a silence longer by H days (S(t+H))",
    "S(t+90)": "Chance of a silence longer by 90 days (S(t+90))",
    q: "Chance of no order in the next H days (q)",
    q90: "Chance of no order in the next 90 days (q90)",
    tail: "Chance that it is nothing unusual (tail)",
    steps: "Orders while the item was bought (steps)",
    gapVariance: "How far gaps differ, in days squared",
    severityRule: "How the chance is computed",
    levelRule: "How the level is decided",
    atStakeRule: "How the money at stake is computed",
    meanGapOfMonth: "Month of the usual gap (G)",
    baselineDays: "Gap that the silence is compared with",
    lapsedAfterDays: "Counts as lost after",
    unpaidChance: "Chance that an invoice is not paid in 30 days, by its age",
    unpaidDays: "Days that invoices of all customers were open, by age",
    unpaidChanceOfMonth: "Month of these chances",
  }),
);

/** "previousGapDays" becomes "Previous gap"; the unit is shown with the value. */
export function readableName(name: string): string {
  if (currencyOf(name) !== undefined) return name;
  const plain = PLAIN.get(name);
  if (plain !== undefined) return plain;
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
