import { builtInInsights } from "@regulars/core/insights/catalog";
import { currencySchema } from "@regulars/core/platform/values";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { describe, expect, it } from "vitest";
import { readableName, readableValue, readingNamed, readingOf, unitOf, unitWithin } from "./operand.ts";

const words = await pageWordsOf("en-US", builtInInsights.textOf);
const reading = { words, currency: currencySchema.parse("EUR") };

describe("an operand's name", () => {
  it.each([
    ["silentDays", "Silent", "Days"],
    ["yearNetMinor", "Net value of the year", "Minor"],
    ["ofAnotherKindMinor", "Of another kind", "Minor"],
    ["ofAnotherKindOn", "Of another kind", "On"],
    ["weeks1to30", "Weeks 1 to 30", undefined],
    ["beyond90", "Beyond 90", undefined],
    ["tail", "Chance that it is nothing unusual (tail)", undefined],
    ["S(t+90)", "Chance of a silence longer by 90 days (S(t+90))", undefined],
    ["On", "On", undefined],
    ["EUR", "EUR", undefined],
  ])("%s is read as %s", (name, readable, unit) => {
    expect(readableName(name, words)).toBe(readable);
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
    ["anything", undefined, "anything"],
    ["fair", undefined, "fair"],
    ["2026-08", undefined, "August 2026"],
    ["3 months of monthlyMinor, times (1 - tail)", undefined, "3 months of “A month's value”, times (1 - tail)"],
    ["ofAnotherKindMinor, scaled from boughtDays", undefined, "“Of another kind”, scaled from “Bought”"],
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

describe("an operand in another language", () => {
  it.each([
    ["da", "silentDays", 1, "Pause: 1 dag"],
    ["uk", "silentDays", 21, "Пауза: 21 день"],
    ["uk", "silentDays", 23.5, "Пауза: 23,5 дня"],
    ["pt-BR", "openMinor", 123_456, "Em aberto: € 1.234,56"],
    ["da", "to", "poor", "Til: dårlig"],
    ["uk", "disputed", true, "Оскаржено: так"],
    ["da", "lastMonth", "2026-08", "Sidste måned: august 2026"],
    ["pt-BR", "oldestDueOn", "2026-08-10", "Vencimento mais antigo: 10 de ago. de 2026"],
    ["uk", "atStakeRule", "3 місяці від monthlyMinor", "Як обчислено суму ризику: 3 місяці від «Вартість за місяць»"],
  ])("CN06: is written in it: %s, %s", async (language, name, value, said) => {
    const local = { ...reading, words: await pageWordsOf(language, builtInInsights.textOf) };
    const text = `${readableName(name, local.words)}: ${readableValue(value, unitOf(name), local)}`;
    expect(text.replaceAll("\u00a0", " ")).toBe(said);
  });

  it("is money where a fall is split into its causes, also of a name that ends like a number of days", () => {
    const unit = unitWithin("workingDays", unitWithin("causes", undefined));
    expect(readableValue(1_234, unit, reading)).toBe("€12.34");
    expect(readableValue(3, unitWithin("workingDays", undefined), reading)).toBe("3 days");
  });
});
