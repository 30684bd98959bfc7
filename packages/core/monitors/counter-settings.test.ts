import { expect, it } from "vitest";
import { counterSettingsSchema, periodDays, usualCounterSettings } from "./counter-settings.ts";

const mistakes = (given: unknown) =>
  (counterSettingsSchema.safeParse(given).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

it("SA14: periods are 30, 60 and 90 days for each owner type unless the tenant says otherwise", () => {
  expect(usualCounterSettings.periods).toEqual({ company: [30, 60, 90], person: [30, 60, 90], project: [30, 60, 90] });
  const own = counterSettingsSchema.parse({ periods: { company: [45], person: [1, 3650] } });
  expect([1, 2].map((period) => periodDays(own, "company", period))).toEqual([45, undefined]);
  expect([1, 2, 3].map((period) => periodDays(own, "person", period))).toEqual([1, 3650, undefined]);
});

it("SA14: a fourth period, none, one of 0 or 3651 days, and periods out of order are refused", () => {
  expect(mistakes({ periods: { company: [30, 60, 90, 120] } })).toEqual(["periods.company: has more than 3 periods"]);
  expect(mistakes({ periods: { person: [] } })).toEqual(["periods.person: has no period: 1 to 3 are allowed"]);
  expect(mistakes({ periods: { project: [0] } })).toEqual(["periods.project.0: is shorter than 1 day"]);
  expect(mistakes({ periods: { company: [3651] } })).toEqual(["periods.company.0: is longer than 3650 days"]);
  expect(mistakes({ periods: { company: [1.5] } })).toEqual(["periods.company.0: is not a whole number of days"]);
  for (const company of [
    [60, 30],
    [30, 30],
  ])
    expect(mistakes({ periods: { company } })).toEqual([
      "periods.company: is not in order: each period is longer than the one before, like 30, 60, 90",
    ]);
});

it("SA13: ranges of amount classes that overlap in a currency are refused, adjacent ones and other currencies are not", () => {
  const low = { class: 1, currency: "EUR", fromMinor: 0, toMinor: 10_000 };
  expect(mistakes({ amountClasses: [low, { class: 2, currency: "EUR", fromMinor: 10_000 }] })).toEqual([]);
  expect(mistakes({ amountClasses: [low, { class: 1, currency: "DKK", fromMinor: 0 }] })).toEqual([]);
  expect(mistakes({ amountClasses: [low, { class: 2, currency: "EUR", fromMinor: 9_999 }] })).toEqual([
    "amountClasses.1: class 2 (EUR 9999 to any amount) overlaps class 1 (EUR 0 to 10000): ranges of one currency must not",
  ]);
  expect(mistakes({ amountClasses: [{ class: 1, currency: "EUR", fromMinor: 5, toMinor: 5 }] })).toEqual([
    "amountClasses.0.toMinor: ends before it begins: fromMinor must be smaller than toMinor",
  ]);
});
