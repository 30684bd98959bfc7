import { describe, expect, it } from "vitest";
import { day } from "../platform/values.ts";
import { type RecentType, recentlyContacted } from "./recent.ts";
import { usualCodeRedSettings } from "./settings.ts";

const today = day("2026-11-23");
const FIELDS = {
  activity: "excludeActivityDays",
  quote: "excludeQuoteDays",
  order: "excludeOrderDays",
  invoice: "excludeInvoiceDays",
} as const;

describe("recentlyContacted", () => {
  it.each([
    ["CR19", "activity"],
    ["CR20", "quote"],
    ["CR21", "order"],
    ["CR22", "invoice"],
  ] as const)("%s: leaves out a customer with an %s 29 days ago, and not 30 days ago", (_, type: RecentType) => {
    const settings = { ...usualCodeRedSettings, [FIELDS[type]]: 30 };
    expect(recentlyContacted({ [type]: day("2026-10-25") }, today, settings)).toBe(type);
    expect(recentlyContacted({ [type]: day("2026-10-24") }, today, settings)).toBeUndefined();
  });

  it("CR22: leaves out a customer with an invoice 29 days ago, and not 30 days ago", () => {
    const settings = { ...usualCodeRedSettings, excludeInvoiceDays: 30 };
    const excluded = ["2026-10-25", "2026-10-24"].map((on) => recentlyContacted({ invoice: day(on) }, today, settings));
    expect(excluded).toEqual(["invoice", undefined]);
  });

  it("leaves out nobody when it is off, or for records of the future", () => {
    expect(recentlyContacted({ activity: today }, today, usualCodeRedSettings)).toBeUndefined();
    const settings = { ...usualCodeRedSettings, excludeActivityDays: 30 };
    expect(recentlyContacted({ activity: day("2026-11-24") }, today, settings)).toBeUndefined();
  });
});
