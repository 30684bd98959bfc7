import { isCountable, minorDigits, parseDecimal } from "../platform/money.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Currency, type Minor, minor } from "../platform/values.ts";

type AmountRefusal = "amount-not-exact" | "amount-not-a-number" | "amount-too-large" | "amount-negative";

/** An amount as given: a decimal string ("19.99"), or an integer in minor units. */
export type AmountInput = string | number;

/**
 * An amount in minor units of the currency, exactly as given: never rounded, never a float. "10.5" yen is refused, and
 * so is 19.99 as a JSON number (docs/reference/sales-plans.md 5.15).
 */
export function parseAmount(input: AmountInput, currency: Currency): Result<Minor, AmountRefusal> {
  if (typeof input === "number") return ofMinor(input);
  const parsed = parseDecimal(input);
  if (!parsed.ok) return refuse("amount-not-a-number", parsed.message);
  const digits = minorDigits(currency);
  const { units, scale } = parsed.value;
  if (units < 0n) return refuse("amount-negative", "an amount is zero or more");
  if (!isCountable(parsed.value, digits)) return refuse("amount-too-large", "the amount is too large to be counted");
  const shift = digits - scale;
  if (shift >= 0) return ok(minor(Number(units * 10n ** BigInt(shift))));
  const divisor = 10n ** BigInt(-shift);
  if (units % divisor !== 0n)
    return refuse("amount-not-exact", `${currency} has ${digits} decimal places: "${input}" has more`);
  return ok(minor(Number(units / divisor)));
}

function ofMinor(units: number): Result<Minor, AmountRefusal> {
  if (!Number.isSafeInteger(units))
    return refuse("amount-not-exact", 'a number is an integer in minor units: write a decimal as text, like "19.99"');
  if (units < 0) return refuse("amount-negative", "an amount is zero or more");
  if (!isCountable({ units: BigInt(units), scale: 0 }, 0))
    return refuse("amount-too-large", "the amount is too large to be counted");
  return ok(minor(units));
}
