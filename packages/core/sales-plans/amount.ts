import type { AmountInput } from "../platform/amount-input.ts";
import { exactMinor, isCountable, isCountableMinor, minorDigits, parseDecimal } from "../platform/money.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Currency, type Minor, minor } from "../platform/values.ts";

type AmountRefusal =
  "amount-not-exact" | "amount-not-a-number" | "amount-too-large" | "amount-negative" | "amount-other-currency";

/**
 * An amount in minor units of the currency, exactly as given: never rounded, never a float. "10.5" yen is refused, and
 * so are minor units of another currency (docs/reference/sales-plans.md 5.15).
 */
export function parseAmount(input: AmountInput, currency: Currency): Result<Minor, AmountRefusal> {
  if (typeof input === "object") return ofMinor(input, currency);
  const parsed = parseDecimal(input);
  if (!parsed.ok) return refuse("amount-not-a-number", parsed.message);
  const digits = minorDigits(currency);
  if (parsed.value.units < 0n) return refuse("amount-negative", "an amount is zero or more");
  if (!isCountable(parsed.value, digits)) return refuse("amount-too-large", "the amount is too large to be counted");
  const exact = exactMinor(parsed.value, currency);
  return exact.ok ? exact : refuse("amount-not-exact", exact.message);
}

function ofMinor(given: Exclude<AmountInput, string>, currency: Currency): Result<Minor, AmountRefusal> {
  if (given.currency !== currency)
    return refuse("amount-other-currency", `the amount is in ${given.currency}, where ${currency} is meant`);
  if (given.minor < 0) return refuse("amount-negative", "an amount is zero or more");
  if (!isCountableMinor(given.minor)) return refuse("amount-too-large", "the amount is too large to be counted");
  return ok(minor(given.minor));
}
