import { describe, expect, it } from "vitest";
import type { Period } from "../platform/period.ts";
import { day, toDay } from "../platform/values.ts";
import { comparisonOn, startOfPeriod, workingDays } from "./periods.ts";
import type { ColumnMonths } from "./settings.ts";

const usual = { mode: "toDate", seasonal: false, yearStartsIn: 1, closeDays: 0 } as const;

const periodText = ({ from, to }: Period): string => `${toDay(from)} to ${toDay(to)}`;

function periods(on: string, months: ColumnMonths, settings: Partial<Parameters<typeof comparisonOn>[2]> = {}) {
  const { current, previous } = comparisonOn(day(on), months, { ...usual, ...settings }, []);
  return [periodText(current), periodText(previous)];
}

describe("comparisonOn to date", () => {
  it("CR28: compares this month with as many working days of the last one", () => {
    // 2026-11-01 is a Sunday: November 2 to 12 has nine working days, and October's ninth is the 13th.
    expect(periods("2026-11-12", 1)).toEqual(["2026-11-01 to 2026-11-12", "2026-10-01 to 2026-10-13"]);
  });

  it("CR28: compares this quarter, half-year and year with the one before", () => {
    expect(periods("2026-11-12", 3)[0]).toBe("2026-10-01 to 2026-11-12");
    expect(periods("2026-11-12", 3)[1]).toMatch(/^2026-07-01 to /);
    expect(periods("2026-11-12", 6)[0]).toBe("2026-07-01 to 2026-11-12");
    expect(periods("2026-11-12", 12)[1]).toMatch(/^2025-01-01 to /);
  });

  it("compares with the same period of the year before when seasonal", () => {
    expect(periods("2026-11-12", 1, { seasonal: true })[1]).toMatch(/^2025-11-01 to /);
    expect(periods("2026-11-12", 3, { seasonal: true })[1]).toMatch(/^2025-10-01 to /);
  });

  it("begins quarters and years in the business year's first month", () => {
    expect(startOfPeriod(day("2026-11-12"), 12, 4)).toBe("2026-04-01");
    expect(startOfPeriod(day("2026-03-31"), 12, 4)).toBe("2025-04-01");
    expect(startOfPeriod(day("2026-11-12"), 3, 2)).toBe("2026-11-01");
    expect(startOfPeriod(day("2026-01-12"), 6, 4)).toBe("2025-10-01");
  });

  it("never takes more than the compared period has", () => {
    // March 2026 has 22 working days, February 20.
    expect(periods("2026-03-31", 1)[1]).toBe("2026-02-01 to 2026-02-28");
  });

  it("has an empty compared period before the first working day", () => {
    const { previous } = comparisonOn(day("2026-11-01"), 1, usual, []);
    expect(previous.to).toBeLessThan(previous.from);
  });

  it("counts the tenant's closures as no working days", () => {
    const october = comparisonOn(day("2026-11-15"), 1, { ...usual, mode: "completeMonths" }, []).current;
    expect(workingDays(october, [])).toBe(22);
    expect(workingDays(october, [{ from: "2026-10-05", to: "2026-10-11" }])).toBe(17);
  });
});

describe("comparisonOn rolling", () => {
  it("compares whole months back from the day", () => {
    expect(periods("2026-11-15", 1, { mode: "rolling" })).toEqual([
      "2026-10-16 to 2026-11-15",
      "2026-09-16 to 2026-10-15",
    ]);
    expect(periods("2026-11-15", 3, { mode: "rolling", seasonal: true })).toEqual([
      "2026-08-16 to 2026-11-15",
      "2025-08-16 to 2025-11-15",
    ]);
  });
});
