import { describe, expect, it } from "vitest";
import { formatMoney, minorDigits, minorText, multiply, parseDecimal, toBase, toMinor, toNumber } from "./money.ts";
import { currencySchema, minor } from "./values.ts";

const currency = (code: string) => currencySchema.parse(code);

function decimal(text: string) {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

describe("parseDecimal", () => {
  it.each([
    ["0", 0n, 0],
    ["-0", 0n, 0],
    ["12.345", 12_345n, 3],
    ["-7", -7n, 0],
    ["+7.50", 750n, 2],
    [" 1.0 ", 10n, 1],
    ["007", 7n, 0],
    ["999999999999999.999999999999", 999_999_999_999_999_999_999_999_999n, 12],
  ])("reads %j exactly", (text, units, scale) => {
    expect(parseDecimal(text)).toEqual({ ok: true, value: { units, scale } });
  });

  it.each([
    "",
    " ",
    "-",
    ".5",
    "5.",
    "1,234.56",
    "1.234,56",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "1.2.3",
    "1 000",
    "--1",
    "٣",
    "€5",
    "1000000000000000",
    "0.1234567890123",
  ])("refuses %j", (text) => {
    expect(parseDecimal(text)).toMatchObject({ ok: false, reason: "not-a-number" });
  });

  it("shows no more than 40 characters of what it refuses", () => {
    expect(parseDecimal("x".repeat(1_000))).toEqual({
      ok: false,
      reason: "not-a-number",
      message: `"${"x".repeat(40)}…" is not a number: write it like 1234.56`,
    });
  });
});

describe("toMinor", () => {
  it.each([
    ["0.005", 0],
    ["0.015", 2],
    ["0.025", 2],
    ["0.0250001", 3],
    ["0.0249999", 2],
    ["-0.005", 0],
    ["-0.015", -2],
    ["-0.025", -2],
    ["-0.0250001", -3],
    ["1.1", 110],
    ["1234", 123_400],
  ])("rounds %s euros half to even, to %i cents", (text, cents) => {
    expect(toMinor(decimal(text), 2)).toBe(cents);
  });

  it("gives a zero without a sign", () => {
    expect(Object.is(toMinor(decimal("-0.001"), 2), 0)).toBe(true);
  });

  it("takes the currency's own digits", () => {
    expect(toMinor(decimal("2.5"), minorDigits(currency("JPY")))).toBe(2);
    expect(toMinor(decimal("3.5"), minorDigits(currency("JPY")))).toBe(4);
    expect(toMinor(decimal("1.2345"), minorDigits(currency("KWD")))).toBe(1234);
    expect(toMinor(decimal("1.2355"), minorDigits(currency("KWD")))).toBe(1236);
  });

  it("is exact where floating point is not", () => {
    expect(toMinor(multiply(decimal("3"), decimal("0.1")), 2)).toBe(30);
    expect(toMinor(multiply(decimal("1.15"), decimal("100")), 2)).toBe(11_500);
    expect(toMinor(multiply(decimal("0.145"), decimal("1")), 2)).toBe(14);
  });

  it("throws on an amount that no whole number holds", () => {
    expect(() => toMinor(decimal("999999999999999"), 2)).toThrow("is not a whole number of minor units");
  });
});

describe("multiply", () => {
  it("keeps every digit", () => {
    expect(multiply(decimal("-1.5"), decimal("0.25"))).toEqual({ units: -375n, scale: 3 });
  });
});

describe("toNumber", () => {
  it("names a quantity", () => {
    expect(toNumber(decimal("0.1"))).toBe(0.1);
    expect(toNumber(decimal("-2.50"))).toBe(-2.5);
  });
});

describe("toBase", () => {
  it("converts at the document's own rate, half to even", () => {
    expect(toBase(minor(100), decimal("0.925"), 2, 2)).toBe(92);
    expect(toBase(minor(100), decimal("0.935"), 2, 2)).toBe(94);
    expect(toBase(minor(-100), decimal("0.925"), 2, 2)).toBe(-92);
  });

  it("crosses currencies of different digits", () => {
    expect(toBase(minor(10_000), decimal("0.0061"), 0, 2)).toBe(6_100);
    expect(toBase(minor(1_500), decimal("3.0125"), 3, 2)).toBe(452);
  });
});

describe("minorDigits", () => {
  it.each([
    ["EUR", 2],
    ["JPY", 0],
    ["KWD", 3],
  ])("of %s is %i", (code, digits) => {
    expect(minorDigits(currency(code))).toBe(digits);
  });
});

describe("formatMoney", () => {
  it("writes an amount as people of the locale read it", () => {
    expect(formatMoney(minor(123_450), currency("EUR"))).toBe("€1,234.50");
    expect(formatMoney(minor(-5), currency("EUR"))).toBe("-€0.05");
    expect(formatMoney(minor(1_234), currency("JPY"))).toBe("¥1,234");
    expect(formatMoney(minor(1_234), currency("KWD"), "en")).toBe("KWD\u00A01.234");
    expect(formatMoney(minor(123_450), currency("EUR"), "de")).toBe("1.234,50\u00A0€");
  });
});

describe("an amount as decimal text", () => {
  it("has the decimals of its currency, and its sign", () => {
    const written = (amount: number, code: string) => minorText(minor(amount), currency(code));
    expect([written(1190, "EUR"), written(5, "EUR"), written(-5, "EUR"), written(0, "EUR")]).toEqual([
      "11.90",
      "0.05",
      "-0.05",
      "0.00",
    ]);
    expect([written(1190, "JPY"), written(1190, "KWD")]).toEqual(["1190", "1.190"]);
  });
});
