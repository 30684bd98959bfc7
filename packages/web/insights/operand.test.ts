import { currencySchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { readableName, readableValue, readingNamed, readingOf, unitOf, unitWithin } from "./operand.ts";

const reading = { locale: "en", currency: currencySchema.parse("EUR") };

describe("an operand's name", () => {
  it.each([
    ["silentDays", "Silent", "Days"],
    ["yearNetMinor", "Year net", "Minor"],
    ["oldestDueOn", "Oldest due", "On"],
    ["days1to30", "Days 1 to 30", undefined],
    ["over90", "Over 90", undefined],
    ["tail", "Chance that it is nothing unusual (tail)", undefined],
    ["S(t+90)", "Chance of a silence longer by 90 days (S(t+90))", undefined],
    ["On", "On", undefined],
    ["EUR", "EUR", undefined],
  ])("%s is read as %s", (name, readable, unit) => {
    expect(readableName(name)).toBe(readable);
    expect(unitOf(name)).toBe(unit);
  });
});

describe("an operand's value", () => {
  it.each([
    [123_456, "Minor", "€1,234.56"],
    [1, "Days", "1 day"],
    [14.5, "Days", "14.5 days"],
    [22.857_142_8, "Pct", "22.8571 %"],
    [0.000_020_955_9, undefined, "0.0000209559"],
    [1_234_567, undefined, "1,234,567"],
    ["2026-08-10", "On", "Aug 10, 2026"],
    ["previous", undefined, "previous"],
    ["3 months of monthlyMinor, times (1 - tail)", undefined, "3 months of “Monthly”, times (1 - tail)"],
    ["windowNetMinor, scaled from boughtDays", undefined, "“Window net”, scaled from “Bought”"],
    ["SO-1 Days On", undefined, "SO-1 Days On"],
    [true, undefined, "yes"],
    [null, undefined, "not known"],
  ])("%s in %s is read as %s", (value, unit, text) => {
    expect(readableValue(value, unit, reading)).toBe(text);
  });

  it("is in the currency that its record names", () => {
    expect(readableValue(500, "Minor", readingOf({ currency: "JPY" }, reading))).toBe("¥500");
    expect(readableValue(500, "Minor", readingOf({ currency: "no currency" }, reading))).toBe("€5.00");
  });

  it("is money when it is named after a currency", () => {
    expect(readableValue(500, unitWithin("JPY", undefined), readingNamed("JPY", reading))).toBe("¥500");
    expect(unitWithin("count", undefined)).toBeUndefined();
    expect(unitWithin("days1to30", "Minor")).toBe("Minor");
  });
});
