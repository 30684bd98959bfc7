import { expect, it } from "vitest";
import { currencySchema } from "../platform/values.ts";
import { type AmountInput, amountInputSchema } from "../platform/amount-input.ts";
import { parseAmount } from "./amount.ts";

const amount = (input: AmountInput, currency: string) => {
  const parsed = parseAmount(input, currencySchema.parse(currency));
  return parsed.ok ? parsed.value : parsed.reason;
};

it("reads decimals exactly in the currency's own minor units", () => {
  expect(amount("19.99", "EUR")).toBe(1999);
  expect(amount("1999", "JPY")).toBe(1999);
  expect(amount("1.999", "KWD")).toBe(1999);
  expect(amount("19.9900", "EUR")).toBe(1999);
  expect(amount({ minor: 1999, currency: "EUR" }, "EUR")).toBe(1999);
  expect(amount("0", "EUR")).toBe(0);
});

it("three times 19.99 is 59.97", () => {
  const one = amount("19.99", "EUR");
  expect(Number(one) * 3).toBe(5997);
});

it("refuses what would have to be rounded", () => {
  expect(amount("10.5", "JPY")).toBe("amount-not-exact");
  expect(amount("19.999", "EUR")).toBe("amount-not-exact");
  expect(amount("10.001", "PKR")).toBe("amount-not-exact");
  expect(amount("0.0001", "KWD")).toBe("amount-not-exact");
});

it("refuses a text that is not an amount", () => {
  expect(amount("-1", "EUR")).toBe("amount-negative");
  expect(amount({ minor: -1, currency: "EUR" }, "EUR")).toBe("amount-negative");
  expect(amount("1,000", "EUR")).toBe("amount-not-a-number");
  expect(amount("1e3", "EUR")).toBe("amount-not-a-number");
  expect(amount("999999999999999", "EUR")).toBe("amount-too-large");
  expect(amount({ minor: Number.MAX_SAFE_INTEGER, currency: "EUR" }, "EUR")).toBe("amount-too-large");
});

it("C4: refuses minor units of another currency, and every JSON number", () => {
  expect(amount({ minor: 1900, currency: "JPY" }, "EUR")).toBe("amount-other-currency");
  for (const number of [1900, 1900.5, 0, -1, 1e21])
    expect(amountInputSchema.safeParse(number).error?.issues[0]?.message).toBe(
      'is a JSON number: send a decimal string like "11.90", or { "minor": 1190, "currency": "EUR" }',
    );
  for (const odd of [null, true, [], {}, { minor: 1.5, currency: "EUR" }, { minor: 1, currency: "ZZZ" }, { minor: 1 }])
    expect(amountInputSchema.safeParse(odd).success).toBe(false);
});
