import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  completeMonths,
  daysBetween,
  instantOf,
  isAtLeastMonthsAgo,
  isZone,
  lastCompletedDay,
  localDay,
  parseMoment,
} from "./period.ts";
import { type Instant, day, toDay, toDayNumber, toInstant } from "./values.ts";

const number = (text: string) => toDayNumber(day(text));
const instant = (text: string): Instant => toInstant(Date.parse(text));
const spelled = ({ from, to }: { readonly from: number; readonly to: number }) => [toDay(from), toDay(to)];

describe("addMonths", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2026-11-30", -9, "2026-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-02-28", 1, "2026-03-28"],
    ["2026-12-15", 1, "2027-01-15"],
    ["2026-01-15", -1, "2025-12-15"],
    ["2026-05-31", 0, "2026-05-31"],
  ])("takes %s by %i to %s", (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to);
  });
});

describe("days", () => {
  it("crosses months, leap days and clock changes whole", () => {
    expect(addDays(day("2024-02-28"), 1)).toBe("2024-02-29");
    expect(addDays(day("2026-03-28"), 2)).toBe("2026-03-30");
    expect(addDays(day("2026-01-01"), -1)).toBe("2025-12-31");
    expect(daysBetween(day("2026-08-10"), day("2026-09-01"))).toBe(22);
    expect(daysBetween(day("2026-09-01"), day("2026-08-10"))).toBe(-22);
  });
});

describe("G4 calendar months", () => {
  it("takes at least 3 months ago inclusively", () => {
    expect(isAtLeastMonthsAgo(number("2026-06-01"), number("2026-08-31"), 3)).toBe(false);
    expect(isAtLeastMonthsAgo(number("2026-06-01"), number("2026-09-01"), 3)).toBe(true);
  });

  it("counts to the month's end when the day does not exist", () => {
    expect(isAtLeastMonthsAgo(number("2025-11-30"), number("2026-02-27"), 3)).toBe(false);
    expect(isAtLeastMonthsAgo(number("2025-11-30"), number("2026-02-28"), 3)).toBe(true);
  });
});

describe("G5 complete months", () => {
  it("leaves out a month that has not ended", () => {
    expect(spelled(completeMonths(day("2026-11-29"), 1, 1))).toEqual(["2026-10-01", "2026-10-31"]);
  });

  it("takes in a month that ends on the as-of day", () => {
    expect(spelled(completeMonths(day("2026-11-30"), 1, 1))).toEqual(["2026-11-01", "2026-11-30"]);
  });

  it("puts months together, over New Year too", () => {
    expect(spelled(completeMonths(day("2026-02-15"), 1, 3))).toEqual(["2025-11-01", "2026-01-31"]);
    expect(spelled(completeMonths(day("2026-02-15"), 4, 6))).toEqual(["2025-08-01", "2025-10-31"]);
    expect(spelled(completeMonths(day("2026-02-15"), 13, 24))).toEqual(["2024-02-01", "2025-01-31"]);
  });

  it("ends February on its leap day", () => {
    expect(spelled(completeMonths(day("2024-03-31"), 2, 2))).toEqual(["2024-02-01", "2024-02-29"]);
  });
});

describe("localDay", () => {
  it.each([
    ["UTC", "2026-11-22T23:59:59.999Z", "2026-11-22"],
    ["UTC", "2026-11-23T00:00:00.000Z", "2026-11-23"],
    // Copenhagen's short day of 23 hours: from 23:00Z to 22:00Z.
    ["Europe/Copenhagen", "2026-03-28T22:59:59.999Z", "2026-03-28"],
    ["Europe/Copenhagen", "2026-03-28T23:00:00.000Z", "2026-03-29"],
    ["Europe/Copenhagen", "2026-03-29T21:59:59.999Z", "2026-03-29"],
    ["Europe/Copenhagen", "2026-03-29T22:00:00.000Z", "2026-03-30"],
    // And its long day of 25 hours.
    ["Europe/Copenhagen", "2026-10-24T21:59:59.999Z", "2026-10-24"],
    ["Europe/Copenhagen", "2026-10-24T22:00:00.000Z", "2026-10-25"],
    ["Europe/Copenhagen", "2026-10-25T22:59:59.999Z", "2026-10-25"],
    ["Europe/Copenhagen", "2026-10-25T23:00:00.000Z", "2026-10-26"],
    ["America/New_York", "2026-11-01T03:59:59.999Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T04:00:00.000Z", "2026-11-01"],
    ["America/New_York", "2026-11-02T04:59:59.999Z", "2026-11-01"],
    ["America/New_York", "2026-11-02T05:00:00.000Z", "2026-11-02"],
    ["Asia/Kathmandu", "2026-11-22T18:14:59.999Z", "2026-11-22"],
    ["Asia/Kathmandu", "2026-11-22T18:15:00.000Z", "2026-11-23"],
    ["Pacific/Chatham", "2026-11-22T10:14:59.999Z", "2026-11-22"],
    ["Pacific/Chatham", "2026-11-22T10:15:00.000Z", "2026-11-23"],
    // The clock skipped midnight in São Paulo, and the whole 30th in Apia.
    ["America/Sao_Paulo", "2018-11-04T02:59:59.999Z", "2018-11-03"],
    ["America/Sao_Paulo", "2018-11-04T03:00:00.000Z", "2018-11-04"],
    ["Pacific/Apia", "2011-12-30T09:59:59.999Z", "2011-12-29"],
    ["Pacific/Apia", "2011-12-30T10:00:00.000Z", "2011-12-31"],
  ])("in %s puts %s on %s", (zone, at, on) => {
    expect(localDay(instant(at), zone)).toBe(on);
  });
});

describe("instantOf", () => {
  it.each([
    ["2026-03-28", "07:30", "2026-03-28T06:30:00.000Z"],
    ["2026-03-29", "07:30", "2026-03-29T05:30:00.000Z"],
    ["2026-10-25", "07:30", "2026-10-25T06:30:00.000Z"],
    ["2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
  ])("puts %s %s in Copenhagen at %s", (on, time, at) => {
    expect(instantOf(day(on), time, "Europe/Copenhagen")).toBe(at);
  });

  it("moves a skipped midnight forward", () => {
    expect(instantOf(day("2018-11-04"), "00:00", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
  });
});

describe("lastCompletedDay", () => {
  it("is yesterday in the zone, from its midnight on", () => {
    expect(lastCompletedDay(instant("2026-11-22T22:59:59.999Z"), "Europe/Copenhagen")).toBe("2026-11-21");
    expect(lastCompletedDay(instant("2026-11-22T23:00:00.000Z"), "Europe/Copenhagen")).toBe("2026-11-22");
    expect(lastCompletedDay(instant("2026-11-22T23:00:00.000Z"), "America/New_York")).toBe("2026-11-21");
  });
});

describe("isZone", () => {
  it("knows IANA names only", () => {
    expect(isZone("Europe/Copenhagen")).toBe(true);
    expect(isZone("UTC")).toBe(true);
    expect(isZone("Europe/Atlantis")).toBe(false);
    expect(isZone("")).toBe(false);
    for (const zone of Intl.supportedValuesOf("timeZone")) expect([zone, isZone(zone)]).toEqual([zone, true]);
    for (const zone of ["EST5EDT", "GB-Eire", "Etc/GMT+3", "America/Argentina/ComodRivadavia", "W-SU"])
      expect([zone, isZone(zone)]).toEqual([zone, true]);
  });

  it.each([
    "+02:00",
    "-0800",
    "+02",
    "2026-01-01T00:00Z",
    "2026-01-01T00:00+02:00",
    "2026-01-01T00:00[Europe/Copenhagen]",
    "Europe/Copenhagen ",
    " UTC",
    "UTC\n",
  ])("takes %j for no name of a zone", (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});

describe("parseMoment", () => {
  it.each([
    ["2026-11-23", "2026-11-22T23:00:00.000Z", "2026-11-23"],
    ["2026-11-23T09:30", "2026-11-23T08:30:00.000Z", "2026-11-23"],
    ["2026-11-23 09:30:15", "2026-11-23T08:30:15.000Z", "2026-11-23"],
    ["2026-11-23T09:30:15.25", "2026-11-23T08:30:15.250Z", "2026-11-23"],
    ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00.000Z", "2026-11-23"],
    ["2026-11-22T23:30:00Z", "2026-11-22T23:30:00.000Z", "2026-11-23"],
    ["2026-11-22T23:30:00-05:00", "2026-11-23T04:30:00.000Z", "2026-11-23"],
    ["2026-11-23T00:30:00+05:45", "2026-11-22T18:45:00.000Z", "2026-11-22"],
    ["2026-07-01", "2026-06-30T22:00:00.000Z", "2026-07-01"],
  ])("reads %s in Copenhagen as %s on %s", (text, at, on) => {
    expect(parseMoment(text, "Europe/Copenhagen")).toEqual({ at, on });
  });

  it.each(["", "2026-02-30", "2026-11-23T25:00", "2026-11-23T09", "23/11/2026", "2026-11-23T09:30:00+99:00", "soon"])(
    "reads nothing in %j",
    (text) => {
      expect(parseMoment(text, "Europe/Copenhagen")).toBeUndefined();
    },
  );
});
