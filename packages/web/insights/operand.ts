import type { PageWords } from "@regulars/render/texts/page-words";
import { type Currency, currencySchema, parseDay } from "@regulars/core/platform/values";

/** Operands carry their unit at the end of their name: `silentDays`, `openMinor`, `changePct`, `dueOn`. */
const UNIT = /(?<=[a-z0-9])(Minor|Days|Pct|On)$/;

/** The reader's words and the currency with which values are written. */
export interface Reading {
  readonly words: PageWords;
  readonly currency: Currency;
}

/** The unit a name ends in; undefined without one. */
export const unitOf = (name: string): string | undefined => UNIT.exec(name)?.[1];

/**
 * What an operand is called; of one that the product has no word for, its own name: "previousGapDays" becomes "Previous
 * gap". The unit is shown with the value.
 */
export function readableName(name: string, words: PageWords): string {
  if (currencyOf(name) !== undefined) return name;
  const id = `operand.of.${name}`;
  const found = words.find(id);
  if (found !== undefined) return found;
  const spaced = name
    .replace(UNIT, "")
    .replace(/([a-z])(?=[A-Z0-9])|([0-9])(?=[A-Za-z])/g, "$1$2 ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A scalar value as text. `unit` is the suffix of its name or of its group's name. */
export function readableValue(value: unknown, unit: string | undefined, reading: Reading): string {
  const { say } = reading.words;
  if (typeof value === "number") return readableNumber(value, unit, reading);
  if (typeof value === "boolean") return say(value ? "operand.yes" : "operand.no");
  if (typeof value === "string") return readableText(value, reading.words);
  return say("operand.unknown");
}

function readableNumber(value: number, unit: string | undefined, { words, currency }: Reading): string {
  const { formats, say } = words;
  if ((unit === "Minor" || unit === CAUSE) && Number.isSafeInteger(value)) return formats.money(value, currency);
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 6 };
  const number = new Intl.NumberFormat(formats.locale, digits).format(value);
  if (unit === "Days") return say("operand.days", { text: number, numb: value });
  return unit === "Pct" ? `${number} %` : number;
}

/** A day, a month, a word that operands have as a value, else the text itself. */
function readableText(text: string, words: PageWords): string {
  const parsed = parseDay(text);
  if (parsed.ok) return words.formats.day(parsed.value);
  if (MONTH.test(text)) return monthText(text, words);
  const id = `operand.is.${text}`;
  return words.find(id) ?? text.replace(OPERAND, (name) => namedAsShown(name, words));
}

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

const monthText = (month: string, { formats }: PageWords): string =>
  new Intl.DateTimeFormat(formats.locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );

/** An operand's name within a rule: "3 months of monthlyMinor". */
const OPERAND = /\b[a-z]+(?:[A-Z][a-z]*)+\b/g;

/** The name that the operand has on the page; anything else stays as it is. */
const namedAsShown = (name: string, words: PageWords): string =>
  words.find(`operand.of.${name}`) !== undefined || unitOf(name) !== undefined
    ? words.say("form.quoted", { valu: readableName(name, words) })
    : name;

const currencyOf = (text: unknown): Currency | undefined => currencySchema.safeParse(text).data;

/** Money, by what it was lost to: "workingDays" is no number of days there. */
const CAUSE = "Cause";

/** The unit of an operand in a group: its own, else the group's; money if its name is a currency code. */
export const unitWithin = (name: string, group: string | undefined): string | undefined =>
  (name === "causes" || group === CAUSE ? CAUSE : unitOf(name)) ?? (currencyOf(name) === undefined ? group : "Minor");

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
