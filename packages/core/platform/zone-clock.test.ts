import { describe, expect, it } from "vitest";
import { instantOf, localDay } from "./period.ts";
import { toDay, toInstant } from "./values.ts";
import { zoneClock } from "./zone-clock.ts";

const at = (zone: string, text: string) => zoneClock(zone).localTime(Date.parse(text));
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe("a zone's clock", () => {
  it("shows local days and minutes, before and after a clock change", () => {
    expect(at("Europe/Copenhagen", "2026-11-23T06:30:00Z")).toEqual({ day: day("2026-11-23"), minute: 7 * 60 + 30 });
    expect(at("Europe/Copenhagen", "2026-07-23T22:30:00Z")).toEqual({ day: day("2026-07-24"), minute: 30 });
    expect(at("America/Sao_Paulo", "2026-11-23T02:59:00Z")).toEqual({ day: day("2026-11-22"), minute: 23 * 60 + 59 });
    expect(at("Asia/Kathmandu", "2026-11-23T00:00:00Z")).toEqual({ day: day("2026-11-23"), minute: 5 * 60 + 45 });
  });

  it("takes the first of a time that occurs twice, and moves one forward that is skipped", () => {
    const { epochOf } = zoneClock("Europe/Copenhagen");
    const text = (date: string, minute: number) => new Date(epochOf({ day: day(date), minute })).toISOString();
    expect(text("2026-10-25", 150)).toBe("2026-10-25T00:30:00.000Z");
    expect(text("2026-03-29", 150)).toBe("2026-03-29T01:30:00.000Z");
    expect(text("2026-03-29", 180)).toBe("2026-03-29T01:00:00.000Z");
  });

  it("says the same as calendar arithmetic, in every zone through two years", () => {
    const others: string[] = [];
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const clock = zoneClock(zone);
      for (let on = day("2024-01-01"); on < day("2026-01-01"); on += 30)
        for (const minute of [0, 135, 450, 1425]) {
          const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
          const calendar = instantOf(toDay(on), time, zone);
          const epoch = clock.epochOf({ day: on, minute });
          const isSame =
            toInstant(epoch) === calendar && toDay(clock.localTime(epoch).day) === localDay(calendar, zone);
          if (!isSame) others.push(`${zone} ${toDay(on)} ${time}`);
        }
    }
    expect(others).toEqual([]);
  });
});
