import { expect, it } from "vitest";
import { addMonthsTo } from "../platform/period.ts";
import { day, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import { addUnits, firstOlderOn, firstWithinOn } from "./calendar.ts";

const at = (text: string) => toDayNumber(day(text));

it("adds months as calendars do, on every day of five years and at turns of centuries", () => {
  const days = [at("1999-12-31"), at("2000-02-29"), at("2100-02-28"), at("1970-01-01")];
  for (let on = at("2023-12-01"); on <= at("2028-12-31"); on = dayNumber(on + 1)) days.push(on);
  const different: string[] = [];
  for (const on of days)
    for (const months of [-25, -12, -9, -1, 0, 1, 2, 3, 12, 48])
      if (addUnits(on, months, "months") !== addMonthsTo(on, months)) different.push(`${toDay(on)} ${months}`);
  expect(different).toEqual([]);
  expect(toDay(addUnits(at("2024-02-29"), 1, "years"))).toBe("2025-02-28");
  expect(toDay(addUnits(at("2026-11-22"), 2, "weeks"))).toBe("2026-12-06");
});

it("SA07: last sales of 12-29, 12-30 and 12-31 are all older than 2 months from 2027-03-01 on", () => {
  for (const last of ["2026-12-29", "2026-12-30", "2026-12-31"])
    expect(toDay(firstOlderOn(at(last), 2, "months"))).toBe("2027-03-01");
  expect(toDay(firstOlderOn(at("2026-09-22"), 2, "months"))).toBe("2026-11-23");
});

it("finds the first day within so many units before a day", () => {
  expect(toDay(firstWithinOn(at("2026-03-31"), 1, "months"))).toBe("2026-03-01");
  expect(toDay(firstWithinOn(at("2026-02-28"), 1, "months"))).toBe("2026-01-28");
  expect(toDay(firstWithinOn(at("2026-11-22"), 7, "days"))).toBe("2026-11-15");
  for (let on = at("2026-01-01"); on <= at("2026-04-30"); on = dayNumber(on + 1)) {
    const first = firstWithinOn(on, 1, "months");
    expect(addMonthsTo(dayNumber(first), 1)).toBeGreaterThanOrEqual(on);
    expect(addMonthsTo(dayNumber(first - 1), 1)).toBeLessThan(on);
  }
});
