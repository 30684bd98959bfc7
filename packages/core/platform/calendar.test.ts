import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { dateIn, daysOfDate, daysOfMonth, textOfDate } from "./calendar.ts";
import { addMonths } from "./period.ts";
import { day, dayNumber, parseDay, toDay, toDayNumber } from "./values.ts";

const MS_PER_DAY = 86_400_000;
const textOn = (days: number): string => new Date(days * MS_PER_DAY).toISOString().slice(0, 10);

describe("dates", () => {
  it("are counted in days as the clock counts them, every day from the year 0 to 9999", () => {
    const [first, last] = [-719_528, 2_932_896];
    let wrong = 0;
    for (let days = first; days <= last; days += 1) {
      const date = days % 7 === 0 || days > 2_900_000 ? dateIn(textOn(days)) : undefined;
      if (date !== undefined && daysOfDate(date.year, date.month, date.dayOfMonth) !== days) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect([toDayNumber(day("0000-01-01")), toDayNumber(day("9999-12-31"))]).toEqual([first, last]);
  });

  it("are the days of the calendar and nothing else", () => {
    const texts = fc.oneof(
      fc
        .tuple(fc.nat(9999), fc.nat(14), fc.nat(33))
        .map(([year, month, dayOfMonth]) => textOfDate({ year, month, dayOfMonth })),
      fc.stringMatching(/^[0-9-]{9,11}$/),
      fc.string(),
    );
    const isDate = (text: string): boolean =>
      /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) &&
      Number.isFinite(Date.parse(`${text}T00:00:00Z`)) &&
      new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
    fc.assert(
      fc.property(texts, (text) => {
        expect(dateIn(text) !== undefined).toBe(isDate(text));
        expect(parseDay(text).ok).toBe(isDate(text) && text >= "1900");
        if (!isDate(text)) return;
        expect(toDay(toDayNumber(day(text)))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("have the text of their day, asked once or twice, also before 1970", () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
        expect([toDay(days), toDay(days)]).toEqual([textOn(days), textOn(days)]);
      }),
    );
    expect(toDay(dayNumber(20_000.5))).toBe("2024-10-04");
    expect(() => toDay(Number.NaN)).toThrow(RangeError);
  });

  it("know leap years", () => {
    expect([1900, 2000, 2023, 2024].map((year) => daysOfMonth(year, 2))).toEqual([28, 29, 28, 29]);
  });

  it("move by months as the calendar does, clamped to the month's end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -600, max: 600 }), (days, months) => {
        const from = toDay(days);
        expect(addMonths(from, months)).toBe(Temporal.PlainDate.from(from).add({ months }).toString());
      }),
      { numRuns: 1_000 },
    );
    expect(() => addMonths(day("2026-01-31"), 1.5)).toThrow("1.5 months from 2026-01-31 is no day");
    expect(() => addMonths(day("9999-12-31"), 1)).toThrow('"10000-01-31" is not a day');
  });
});
