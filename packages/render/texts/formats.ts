import { type Language, languageOf } from "@regulars/core/platform/languages";
import { formatMoney } from "@regulars/core/platform/money";
import { type Currency, type Day, minorSum } from "@regulars/core/platform/values";

/** The language of a locale, and its formats of numbers, days and amounts in minor units. */
export interface Formats {
  readonly locale: string;
  readonly language: Language;
  readonly money: (minorUnits: number, currency: Currency) => string;
  /** "22 Nov 2026"; "22 November 2026" (long); "22 Nov" (short). */
  readonly day: (value: Day, length?: "medium" | "long" | "short") => string;
  readonly number: (value: number) => string;
  /** "one", "few", "many" or "other" (Unicode CLDR), by the rules of the language. */
  readonly plural: (value: number) => string;
  /** "A, B and C". */
  readonly list: (entries: readonly string[]) => string;
}

/** Making formats costs more than using them, so those of the latest locales are kept. */
const kept = new Map<string, Formats>();
const MOST_KEPT = 100;

/** The formats of a locale: "€1,234.50", "Oct 22, 2026", "1,234.5". */
export function formatsOf(locale: string): Formats {
  const known = kept.get(locale);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = makeFormats(locale);
  kept.set(locale, made);
  return made;
}

function makeFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const language = languageOf(locale);
  const plural = new Intl.PluralRules(language);
  const list = new Intl.ListFormat(language === "en" ? "en-GB" : language);
  const date = (shape: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", timeZone: "UTC", ...shape });
  const dates = {
    medium: date({ month: "short", year: "numeric" }),
    long: date({ month: "long", year: "numeric" }),
    short: date({ month: "short" }),
  };
  const dayIn = (format: Intl.DateTimeFormat) => once((value: Day) => format.format(Date.parse(`${value}T00:00:00Z`)));
  // No negative zero reaches it, so that what is kept does not depend on which came first.
  const writeNumber = once((value: number) => number.format(value));
  const days = { medium: dayIn(dates.medium), long: dayIn(dates.long), short: dayIn(dates.short) };
  return {
    locale,
    language,
    money: (units, currency) => formatMoney(minorSum(units), currency, locale),
    day: (value, length = "medium") => days[length](value),
    number: (value) => writeNumber(value === 0 ? 0 : value),
    plural: once((value: number) => plural.select(value)),
    list: (entries) => (entries.length === 1 ? (entries[0] ?? "") : list.format(entries)),
  };
}

/** Days and counts are few and come often, so the latest are kept as they were written. */
const MOST_WRITTEN = 2_000;

function once<T extends string | number>(write: (value: T) => string): (value: T) => string {
  const written = new Map<T, string>();
  return (value) => {
    const known = written.get(value);
    if (known !== undefined) return known;
    if (written.size >= MOST_WRITTEN) written.clear();
    const text = write(value);
    written.set(value, text);
    return text;
  };
}
