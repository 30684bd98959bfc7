import { describe, expect, it } from "vitest";
import { checkedHealthSettings, healthSettingsOf } from "./health-settings.ts";

const said = (stored: Readonly<Record<string, unknown>>) => {
  const checked = checkedHealthSettings(stored);
  return checked.ok ? "ok" : checked.message;
};

describe("the settings of relationship health", () => {
  it.each([
    [{ weightEmail: 2 }, "relationships.weightEmail: is not a whole number from 3 to 9 (given 2)"],
    [{ weightCall: 10 }, "relationships.weightCall: is not a whole number from 3 to 9 (given 10)"],
    [{ weightTask: 6.5 }, "relationships.weightTask: is not a whole number from 3 to 9 (given 6.5)"],
    [{ contactDays: 15 }, "relationships.contactDays: is not one of 7, 14, 30, 60, 90 days (given 15)"],
    [{ goodMin: 40 }, "relationships.fairMin: is not below the lowest good score (given 40)"],
    [{ goodMin: 40, fairMin: 40 }, "relationships.fairMin: is not below the lowest good score (given 40)"],
    [{ "contactDays@hotel": 15 }, "relationships.contactDays@hotel: is not one of 7, 14, 30, 60, 90 days (given 15)"],
  ])("RH06: refuse %o", (stored, message) => {
    expect(said(stored)).toBe(message);
  });

  it("RH06: take weights from 3 to 9, 6 by default", () => {
    expect([said({ weightEmail: 3 }), said({ weightMeeting: 9 })]).toEqual(["ok", "ok"]);
    expect(healthSettingsOf({})).toMatchObject({ weightEmail: 6, weightMeeting: 6, weightCall: 6, weightTask: 6 });
  });

  it("are a category's own where it has some, then the tenant's, then the usual ones", () => {
    const stored = { "contactDays@hotel": 60, contactDays: 30, goodMin: 70 };
    expect(healthSettingsOf(stored, "hotel")).toMatchObject({ contactDays: 60, goodMin: 70, fairMin: 40 });
    expect(healthSettingsOf(stored, "bar")).toMatchObject({ contactDays: 30, goodMin: 70 });
    expect(healthSettingsOf(stored)).toMatchObject({ contactDays: 30 });
  });
});
