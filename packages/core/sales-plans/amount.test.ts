import { expect, it } from "vitest";
import { currencySchema } from "../platform/values.ts";
import { type AmountInput, parseAmount } from "./amount.ts";

const amount = (input: AmountInput, currency: string) => {
  const parsed = parseAmount(input, currencySchema.parse(currency));
  return parsed.ok ? parsed.value : parsed.reason;
};

it("reads decimals exactly in the currency's own minor units", () => {
  expect(amount("19.99", "EUR")).toBe(1999);
  expect(amount("1999", "JPY")).toBe(1999);
  expect(amount("1.999", "KWD")).toBe(1999);
  expect(amount("19.9900", "EUR")).toBe(1999);
  expect(amount(1999, "EUR")).toBe(1999);
  expect(amount("0", "EUR")).toBe(0);
});

it("three times 19.99 is 59.97", () => {
  const one = amount("19.99", "EUR");
  expect(Number(one) * 3).toBe(5997);
});

it("refuses what would have to be rounded", () => {
  expect(amount("10.5", "JPY")).toBe("amount-not-exact");
  expect(amount("19.999", "EUR")).toBe("amount-not-exact");
  expect(amount(19.99, "EUR")).toBe("amount-not-exact");
  expect(amount(Number.NaN, "EUR")).toBe("amount-not-exact");
});

it("refuses a text that is not an amount", () => {
  expect(amount("-1", "EUR")).toBe("amount-negative");
  expect(amount(-1, "EUR")).toBe("amount-negative");
  expect(amount("1,000", "EUR")).toBe("amount-not-a-number");
  expect(amount("1e3", "EUR")).toBe("amount-not-a-number");
  expect(amount("999999999999999", "EUR")).toBe("amount-too-large");
  expect(amount(Number.MAX_SAFE_INTEGER, "EUR")).toBe("amount-too-large");
});
