import { describe, expect, it } from "vitest";
import { type Closure, closedDays, isClosureDate, openDayCounter } from "./closure.ts";
import { day, dayNumber, toDayNumber } from "./values.ts";

const closedBetween = (after: string, until: string, ...closures: Closure[]) =>
  closedDays(toDayNumber(day(after)), toDayNumber(day(until)), closures);

describe("closedDays", () => {
  it("counts both ends of a closure", () => {
    expect(closedBetween("2026-07-01", "2026-07-31", { from: "2026-07-10", to: "2026-07-12" })).toBe(3);
  });

  it("leaves the first day out and takes the last one in", () => {
    const closure = { from: "2026-07-10", to: "2026-07-12" };
    expect(closedBetween("2026-07-10", "2026-07-12", closure)).toBe(2);
    expect(closedBetween("2026-07-09", "2026-07-11", closure)).toBe(2);
    expect(closedBetween("2026-07-12", "2026-07-20", closure)).toBe(0);
    expect(closedBetween("2026-07-11", "2026-07-11", closure)).toBe(0);
  });

  it("counts a dated closure in its own year only", () => {
    expect(closedBetween("2025-01-01", "2027-12-31", { from: "2026-07-10", to: "2026-07-12" })).toBe(3);
  });

  it("counts a yearly closure every year", () => {
    expect(closedBetween("2025-01-01", "2027-12-31", { from: "07-10", to: "07-12" })).toBe(9);
  });

  it("wraps a yearly closure over New Year", () => {
    const closure = { from: "12-24", to: "01-02" };
    expect(closedBetween("2026-12-01", "2027-01-31", closure)).toBe(10);
    expect(closedBetween("2026-12-31", "2027-01-01", closure)).toBe(1);
    expect(closedBetween("2026-12-22", "2026-12-23", closure)).toBe(0);
    expect(closedBetween("2027-01-02", "2027-01-03", closure)).toBe(0);
  });

  it("counts a day that two closures share once", () => {
    const summer = { from: "2026-07-01", to: "2026-07-10" };
    expect(closedBetween("2026-06-30", "2026-07-31", summer, { from: "07-05", to: "07-12" })).toBe(12);
  });

  it("closes nothing when a dated closure ends before it begins", () => {
    expect(closedBetween("2026-01-01", "2027-12-31", { from: "2026-08-10", to: "2026-08-01" })).toBe(0);
  });

  it("closes nothing when one end is yearly and the other is not", () => {
    expect(closedBetween("2026-01-01", "2027-12-31", { from: "2026-12-20", to: "01-05" })).toBe(0);
    expect(closedBetween("2026-01-01", "2027-12-31", { from: "12-20", to: "2027-01-05" })).toBe(0);
  });

  it("counts none without closures", () => {
    expect(closedBetween("2026-01-01", "2026-12-31")).toBe(0);
  });
});

describe("isClosureDate", () => {
  it.each(["2026-12-24", "12-24", "02-29"])("knows %s", (text) => {
    expect(isClosureDate(text)).toBe(true);
  });

  it.each(["", "13-01", "1-1", "2026-02-30", "Christmas", "24-12-2026"])("refuses %j", (text) => {
    expect(isClosureDate(text)).toBe(false);
  });
});

describe("open days counted over a range", () => {
  it("are those of each silence and gap in it", () => {
    const closures = [
      { from: "12-24", to: "01-02" },
      { from: "2026-08-03", to: "2026-08-14" },
    ];
    const [first, last] = [toDayNumber(day("2025-11-01")), toDayNumber(day("2026-09-30"))];
    const openDays = openDayCounter(first, last, closures);
    for (let after = first; after <= last; after = dayNumber(after + 7))
      for (let until = after; until <= last; until = dayNumber(until + 11))
        expect(openDays(after, until)).toBe(until - after - closedDays(after, until, closures));
  });
});
