import { memberSchema } from "@regulars/core/sales-plans/member";
import { describe, expect, it } from "vitest";
import { hoursOf, hoursText, vacationsOf, vacationsText } from "./member-text.ts";

const memberOf = (hours: string, vacations = "") =>
  memberSchema.safeParse({ userId: "ida", hours: hoursOf(hours), vacations: vacationsOf(vacations) });

describe("hours of a member", () => {
  it.each([
    ["", ""],
    ["1-5 09:00-18:00", "1-5 09:00-18:00"],
    ["5,1, 3 22:00 - 06:00;", "1,3,5 22:00-06:00"],
    ["1-5 09:00-18:00; 6 10:00-24:00", "1-5 09:00-18:00; 6 10:00-24:00"],
  ])("are read and written: %s", (text, written) => {
    const member = memberOf(text);
    expect(member.success && hoursText(member.data.hours)).toBe(written);
  });

  it.each(["always", "1-5", "8 09:00-10:00", "5-1 09:00-10:00", "1 09:00-09:00", "1 9-10", "1 09:00-25:00"])(
    "that cannot be read are refused: %s",
    (text) => {
      expect(memberOf(text).success).toBe(false);
    },
  );
});

describe("days off of a member", () => {
  it("are read and written, a single day too", () => {
    const member = memberOf("", "2026-12-24 2026-12-31; 2027-02-01");
    expect(member.success && vacationsText(member.data.vacations)).toBe("2026-12-24 2026-12-31; 2027-02-01 2027-02-01");
  });

  it.each(["soon", "2026-12-31 2026-12-24", "2026-13-01"])("that cannot be read are refused: %s", (text) => {
    expect(memberOf("", text).success).toBe(false);
  });
});
