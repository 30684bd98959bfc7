import { describe, expect, it } from "vitest";
import { changedUnits, currencyCodes, digitsOfCode, minorUnits } from "./currencies.ts";
import { formatMoney, minorDigits, minorText, parseDecimal, toMinor } from "./money.ts";
import { currencySchema, minor } from "./values.ts";

describe("the currencies of ISO 4217", () => {
  it.each([
    ["PKR", 2],
    ["EUR", 2],
    ["IDR", 2],
    ["COP", 2],
    ["IRR", 2],
    ["HUF", 2],
    ["TWD", 2],
    ["MGA", 2],
    ["JPY", 0],
    ["ISK", 0],
    ["UGX", 0],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
    ["HRK", 2],
    ["XCG", 2],
  ])("C1: %s has %i decimal places, whatever the runtime shows", (code, digits) => {
    expect(digitsOfCode(code)).toBe(digits);
  });

  it("C1: a code is listed once, and is three capitals", () => {
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length);
    expect(currencyCodes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(currencyCodes).toHaveLength(178);
  });

  it.each(["ZZZ", "XXX", "XTS", "XAU", "XDR", "EURO", "eur", "", "__proto__", "DEM"])(
    "C1: %j is no currency of an amount",
    (code) => {
      expect(digitsOfCode(code)).toBeUndefined();
      expect(currencySchema.safeParse(code).success).toBe(false);
    },
  );

  it("C1: every currency's amounts go to text and back, and are shown with its own decimals", () => {
    const wrong = currencyCodes.filter((code) => {
      const currency = currencySchema.parse(code);
      const parsed = parseDecimal(minorText(minor(1_234_567), currency));
      const shown = formatMoney(minor(1_234_567), currency, "en").replaceAll(/[^\d]/g, "");
      return !parsed.ok || toMinor(parsed.value, minorDigits(currency)) !== 1_234_567 || shown !== "1234567";
    });
    expect(wrong).toEqual([]);
  });

  it("C1: a unit that is not today's is told, a currency that came since is not", () => {
    expect(minorUnits).toMatch(/^AED2 AFN2 .* ZWG2 ZWL2$/);
    expect(changedUnits(minorUnits)).toEqual([]);
    expect(changedUnits("EUR2 JPY0")).toEqual([]);
    expect(changedUnits("EUR2 ISK2 ABC2")).toEqual(["ISK2 is ISK0 now", "ABC2 is unknown now"]);
  });
});
