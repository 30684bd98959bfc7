import { formatMoney } from "@regulars/core/platform/money";
import { type Currency, type Day, minor } from "@regulars/core/platform/values";

/** Formats of numbers, days and amounts in minor units. */
export interface Formats {
  readonly money: (minorUnits: number, currency: Currency) => string;
  readonly day: (value: Day) => string;
  readonly number: (value: number) => string;
}

/** The formats of a locale: "€1,234.50", "Oct 22, 2026", "1,234.5". */
export function formatsOf(locale: string): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return {
    money: (units, currency) => formatMoney(minor(units), currency, locale),
    day: (value) => date.format(Date.parse(`${value}T00:00:00Z`)),
    number: (value) => number.format(value),
  };
}
