import { describe, expect, it } from "vitest";
import {
  currencySchema,
  customerIdSchema,
  day,
  daySchema,
  dayNumber,
  minor,
  minorSchema,
  parseDay,
  tenantIdSchema,
  toDay,
  toDayNumber,
  toInstant,
} from "./values.ts";

describe("ids", () => {
  it.each(["a", "ACME", "acme", "12395", "A.b_c-9", "x".repeat(64)])("takes %s as it stands", (id) => {
    expect(customerIdSchema.parse(id)).toBe(id);
  });

  it("drops the spaces around an id and keeps its case", () => {
    expect(customerIdSchema.parse("  Acme ")).toBe("Acme");
  });

  it.each(["", "   ", "a\nb", "x".repeat(129)])("refuses %j", (id) => {
    expect(customerIdSchema.safeParse(id).success).toBe(false);
  });

  it.each(["", "   ", "a b", "a#b", "a:b", "a/b", "ä", "$", "x".repeat(65)])("of tenants are plain, not %j", (id) => {
    expect(tenantIdSchema.safeParse(id).success).toBe(false);
  });
});

describe("currencies", () => {
  it("takes three capitals", () => {
    expect(currencySchema.parse(" EUR ")).toBe("EUR");
  });

  it.each(["eur", "EU", "EURO", "E1R", ""])("refuses %j", (text) => {
    expect(currencySchema.safeParse(text).success).toBe(false);
  });
});

describe("days", () => {
  it.each(["1900-01-01", "1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])("knows %s", (text) => {
    expect(parseDay(text)).toEqual({ ok: true, value: text });
    expect(daySchema.parse(text)).toBe(text);
  });

  it.each([
    "0026-01-01",
    "1899-12-31",
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "26-01-01",
    "2026-01-01T00:00",
    "2026/01/01",
    "",
    "yesterday",
  ])("refuses %j", (text) => {
    expect(parseDay(text)).toEqual({
      ok: false,
      reason: "not-a-day",
      message: `"${text}" is not a day: write it as YYYY-MM-DD`,
    });
    expect(daySchema.safeParse(text).success).toBe(false);
  });

  it("throws on a literal that is no day", () => {
    expect(() => day("2026-02-30")).toThrow('"2026-02-30" is not a day');
  });

  it("counts days since 1970-01-01", () => {
    expect(toDayNumber(day("1970-01-01"))).toBe(0);
    expect(toDayNumber(day("1969-12-31"))).toBe(-1);
    expect(toDayNumber(day("2026-11-22"))).toBe(20_779);
    expect(toDay(20_779)).toBe("2026-11-22");
    expect(toDay(dayNumber(-1))).toBe("1969-12-31");
  });

  it("counts every day once over a clock change and a leap day", () => {
    expect(toDayNumber(day("2026-03-30")) - toDayNumber(day("2026-03-28"))).toBe(2);
    expect(toDayNumber(day("2024-03-01")) - toDayNumber(day("2024-02-28"))).toBe(2);
    expect(toDayNumber(day("2026-03-01")) - toDayNumber(day("2026-02-28"))).toBe(1);
  });
});

describe("minor units", () => {
  it.each([0, -1, 1999, Number.MAX_SAFE_INTEGER])("takes %d", (units) => {
    expect(minor(units)).toBe(units);
    expect(minorSchema.parse(units)).toBe(units);
  });

  it("knows one zero only", () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])("throws on %d", (units) => {
    expect(() => minor(units)).toThrow(`${units} is not a whole number of minor units`);
    expect(minorSchema.safeParse(units).success).toBe(false);
  });
});

describe("instants", () => {
  it("are ISO 8601 in UTC", () => {
    expect(toInstant(0)).toBe("1970-01-01T00:00:00.000Z");
    expect(toInstant(1_795_415_400_000)).toBe("2026-11-23T06:30:00.000Z");
  });
});
