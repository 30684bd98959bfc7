import { describe, expect, it } from "vitest";
import { nextNightly } from "./nightly-hours.ts";
import { viewOfDay } from "../snapshots/as-of.ts";
import { day, toInstant } from "../platform/values.ts";

const at = (text: string) => toInstant(Date.parse(text));
const berlin = { timeZone: "Europe/Berlin" };

describe("a nightly run's hours", () => {
  it("puts the next nightly run at two in the morning of the tenant, today or tomorrow", () => {
    expect(nextNightly(berlin, at("2026-11-23T00:59:59Z"))).toBe("2026-11-23T01:00:00.000Z");
    expect(nextNightly(berlin, at("2026-11-23T01:00:00Z"))).toBe("2026-11-24T01:00:00.000Z");
    expect(nextNightly(berlin, at("2026-03-28T12:00:00Z"))).toBe("2026-03-29T01:00:00.000Z");
  });

  it("sees today in addition to yesterday, and nothing in addition to an older day", () => {
    const now = at("2026-11-23T06:00:00Z");
    expect(viewOfDay(day("2026-11-22"), berlin, now)).toEqual({
      ok: true,
      value: { asOf: "2026-11-22", liveOn: "2026-11-23", today: "2026-11-23" },
    });
    expect(viewOfDay(day("2026-11-21"), berlin, now)).toEqual({
      ok: true,
      value: { asOf: "2026-11-21", today: "2026-11-23" },
    });
  });

  it("refuses a day that is not over where the tenant is", () => {
    const now = at("2026-11-22T22:59:59Z");
    expect(viewOfDay(day("2026-11-22"), berlin, now)).toMatchObject({
      ok: false,
      message: "2026-11-22 is not over yet in Europe/Berlin: the last completed day is 2026-11-21",
    });
    expect(viewOfDay(day("2026-11-22"), berlin, at("2026-11-22T23:00:00Z")).ok).toBe(true);
  });
});
