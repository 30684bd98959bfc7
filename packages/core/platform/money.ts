import { cutText } from "./cut-text.ts";
import { type Currency, type Minor, minor } from "./values.ts";
import { digitsOfCode } from "./currencies.ts";
import { type Result, ok, refuse } from "./result.ts";

const DECIMAL = /^([+-])?(\d{1,15})(?:\.(\d{1,12}))?$/;

/** A decimal as an exact fraction: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** An exact decimal from text such as "12.345" or "-7"; no thousands separators, no exponent. */
export function parseDecimal(text: string): Result<Decimal, "not-a-number"> {
  const match = DECIMAL.exec(text.trim());
  if (match === null && /^[+-]?\d{16,}/.test(text.trim()))
    return refuse("not-a-number", `"${clip(text)}" is too large a number: at most 15 digits before the point`);
  if (match === null) return refuse("not-a-number", `"${clip(text)}" is not a number: write it like 1234.56`);
  const [, sign, whole = "0", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  return ok({ units: sign === "-" ? -units : units, scale: fraction.length });
}

const clip = (text: string): string => cutText(text, 40);

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });

/**
 * Whole minor units of a decimal amount, rounded half to even (docs/reference/insights.md G9). `digits` is the
 * currency's (2 for EUR, 0 for JPY).
 */
export function toMinor(amount: Decimal, digits: number): Minor {
  const shift = digits - amount.scale;
  if (shift >= 0) return minor(Number(amount.units * 10n ** BigInt(shift)));
  return minor(Number(divideHalfEven(amount.units, 10n ** BigInt(-shift))));
}

/** Minor units of an amount as it is written; one with more decimals than its currency has is refused, never rounded. */
export function exactMinor(amount: Decimal, currency: Currency): Result<Minor, "amount-not-exact"> {
  const digits = minorDigits(currency);
  const divisor = 10n ** BigInt(Math.max(0, amount.scale - digits));
  if (amount.units % divisor === 0n) return ok(toMinor(amount, digits));
  return refuse("amount-not-exact", `${currency} has ${digits} decimal places: "${decimalText(amount)}" has more`);
}

/** A decimal as it is written: "12.345". */
export function decimalText({ units, scale }: Decimal): string {
  const text = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  return `${units < 0n ? "-" : ""}${text.slice(0, text.length - scale)}${scale === 0 ? "" : `.${text.slice(-scale)}`}`;
}

/** No currency has more decimal places. */
export const MOST_DIGITS = 4;

/**
 * The greatest amount of a line, an order, an invoice, a payment, a deal, a sale or a project, in minor units: the sum
 * of a hundred of them is still exact (docs/imports.md, "Money").
 */
const MOST_MINOR = 90_000_000_000_000n;

/** Whether an amount is small enough to be counted exactly. */
export function isCountable({ units, scale }: Decimal, digits: number): boolean {
  const size = units < 0n ? -units : units;
  return size * 10n ** BigInt(digits) <= MOST_MINOR * 10n ** BigInt(scale);
}

/** The same of minor units. */
export const isCountableMinor = (units: number): boolean => Math.abs(units) <= Number(MOST_MINOR);

function divideHalfEven(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const remainder = numerator % divisor;
  const doubled = (remainder < 0n ? -remainder : remainder) * 2n;
  const away = numerator < 0n ? quotient - 1n : quotient + 1n;
  if (doubled < divisor) return quotient;
  if (doubled > divisor) return away;
  return quotient % 2n === 0n ? quotient : away;
}

/** An amount as an exact decimal text: 1190 minor units of EUR are "11.90", of JPY "1190". */
export function minorText(amount: Minor, currency: Currency): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${amount < 0 ? "-" : ""}${whole}${digits === 0 ? "" : `.${text.slice(-digits)}`}`;
}

/** A decimal as a number, for quantities. */
export const toNumber = (value: Decimal): number => Number(value.units) / 10 ** value.scale;

/** An amount in the base currency at the document's own rate, rounded half to even (docs/reference/insights.md G9). */
export function toBase(amount: Minor, fxToBase: Decimal, fromDigits: number, baseDigits: number): Minor {
  return toMinor(multiply({ units: BigInt(amount), scale: fromDigits }, fxToBase), baseDigits);
}

/** Decimal places of a currency: 2 for EUR, 0 for JPY, 3 for KWD. Throws for what is no currency. */
export function minorDigits(currency: Currency): number {
  const digits = digitsOfCode(currency);
  if (digits === undefined) throw new Error(`${currency} is no currency of ISO 4217`);
  return digits;
}

/** An amount formatted for a locale: "€1,234.50". */
export function formatMoney(amount: Minor, currency: Currency, locale = "en"): string {
  const digits = minorDigits(currency);
  return moneyFormat(currency, locale, digits).format(amount / 10 ** digits);
}

/** Making a format takes a hundred times as long as using it, so the latest are kept. */
const formats = new Map<string, Intl.NumberFormat>();
const MOST_FORMATS = 500;

function moneyFormat(currency: Currency, locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const made = new Intl.NumberFormat(locale, { style: "currency", currency, ...decimals });
  formats.set(key, made);
  return made;
}
