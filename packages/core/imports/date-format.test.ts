import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parseMoment } from "../platform/period.ts";
import { DateFormatFinder, readDate } from "./date-format.ts";

it.each([
  ["2026-04-05", "2026-04-05"],
  ["2026-4-5 9:06", "2026-04-05 09:06"],
  ["2026-04-05 21:06:21 +0400", "2026-04-05T21:06:21+04:00"],
  ["2026-04-05 21:06:21 UTC", "2026-04-05T21:06:21Z"],
  ["2026-04-05T21:06:21.123Z", "2026-04-05T21:06:21Z"],
  ["2026-04-05T21:06:21+04:00", "2026-04-05T21:06:21+04:00"],
  ["2026/04/05 21:06", "2026-04-05 21:06"],
  ["5.4.2026", "2026-04-05"],
  ["05.04.2026 21:06", "2026-04-05 21:06"],
  ["5 Apr 2026", "2026-04-05"],
  ["05-Apr-26", "2026-04-05"],
  ["Apr 5, 2026", "2026-04-05"],
  ["April 5, 2026 9:06 PM", "2026-04-05 21:06"],
  ["3/3/2026", "2026-03-03"],
])("E3: reads %j in any file", (text, date) => {
  expect(readDate(text, undefined)).toBe(date);
});

it.each([
  "1/5/2026",
  "the fifth",
  "13/13/2026x",
  "5 Foo 2026",
  "2026-04-05 25 o'clock",
  "1/2/3/4",
  "",
  "12345",
  "32.01.2026",
  "29 Feb 2026 9:30",
])("leaves %j as it stands when nothing says what it means, or there is no such day", (text) => {
  expect(readDate(text, undefined)).toBe(text);
});

it("E6: reads every day and time that it is given in either order", () => {
  const time = fc.option(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1971-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      fc.constantFrom("dmy" as const, "mdy" as const),
      fc.constantFrom("/", "-"),
      time,
      (date, order, separator, at) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = "", month = "", day = ""] = iso.split("-").map((part) => part.replace(/^0/, ""));
        const pair = order === "dmy" ? [day, month] : [month, day];
        const clock = at === undefined ? "" : ` ${at[0]}:${String(at[1]).padStart(2, "0")}`;
        const read = readDate(`${[...pair, year].join(separator)}${clock}`, order);
        expect(parseMoment(read, "UTC")?.on).toBe(iso);
      },
    ),
  );
});

it("E6: decides by the first date that has one meaning only", () => {
  const decided = (...cells: readonly string[]) => {
    const finder = new DateFormatFinder();
    cells.forEach((cell, i) => finder.see(cell, i + 2, "date"));
    return finder.decide(undefined);
  };
  expect(decided("1/5/2026", "2026-01-13", "13.1.2026")).toEqual({ ok: true, value: undefined });
  expect(decided("1/5/2026", "1/13/2026")).toEqual({ ok: true, value: "mdy" });
  expect(decided("13/1/2026")).toEqual({ ok: true, value: "dmy" });
  expect(decided("13/1/2026", "1/13/2026")).toMatchObject({
    ok: false,
    message:
      'date "13/1/2026" in line 2 begins with the day and date "1/13/2026" in line 3 with the month: say --dates dmy or --dates mdy',
  });
});
