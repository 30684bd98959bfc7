import { describe, expect, it } from "vitest";
import { changedMonitors, monitorSettingsOf } from "./tenant-settings.ts";

const said = (change: Readonly<Record<string, unknown>>, monitors = {}) => {
  const changed = changedMonitors({ monitors }, change);
  return changed.ok ? changed.value : changed.message;
};
const aClass = { class: 1, currency: "EUR", fromMinor: 0, toMinor: 100_000 };

describe("the settings of status monitors", () => {
  it("SA14: are periods of 30, 60 and 90 days, and order days as sales, unless they are set", () => {
    expect(monitorSettingsOf({ monitors: {} })).toEqual({
      periods: { company: [30, 60, 90], person: [30, 60, 90], project: [30, 60, 90] },
      amountClasses: [],
      ordersAreSales: true,
    });
  });

  it("SA14: change one by one, and go back to the usual value with null", () => {
    const first = said({ periods: { company: [45] }, ordersAreSales: false });
    expect(first).toEqual({ periods: { company: [45] }, ordersAreSales: false });
    const second = said(
      { periods: { person: [10, 20] }, ordersAreSales: null },
      { periods: { company: [45] }, ordersAreSales: false },
    );
    expect(second).toEqual({ periods: { company: [45], person: [10, 20] } });
    expect(said({ periods: { company: null } }, { periods: { company: [45] } })).toEqual({});
    expect(said({ periods: null }, { periods: { company: [45] } })).toEqual({});
  });

  it.each([
    [
      { periods: { company: [30, 60, 90, 120] } },
      "monitors.periods.company: has more than 3 periods (given [30,60,90,120])",
    ],
    [{ periods: { company: [] } }, "monitors.periods.company: has no period: 1 to 3 are allowed (given [])"],
    [{ periods: { person: [0] } }, "monitors.periods.person.0: is shorter than 1 day (given 0)"],
    [{ periods: { person: [30, 3651] } }, "monitors.periods.person.1: is longer than 3650 days (given 3651)"],
    [{ periods: { company: [1.5] } }, "monitors.periods.company.0: is not a whole number of days (given 1.5)"],
    [
      { periods: { project: [60, 30] } },
      "monitors.periods.project: is not in order: each period is longer than the one before, like 30, 60, 90 (given [60,30])",
    ],
    [{ periods: { deal: [30] } }, "monitors.periods.deal: is unknown: there are company, person, project (given [30])"],
    [{ period: 30 }, "monitors.period: is unknown: there are periods, amountClasses, ordersAreSales (given 30)"],
    [
      { amountClasses: [{ ...aClass, class: 10 }] },
      "monitors.amountClasses.0.class: is not a whole number from 1 to 9 (given 10)",
    ],
    [{ amountClasses: [{ class: 1, currency: "EUR" }] }, "monitors.amountClasses.0.fromMinor: is missing"],
    [
      { amountClasses: [aClass, { ...aClass, class: 2, fromMinor: 99_999 }] },
      'monitors.amountClasses.1: class 2 (EUR 99999 to 100000) overlaps class 1 (EUR 0 to 100000): ranges of one currency must not (given {"class":2,"currency":"EUR","fromMinor":99999,"toMinor":100000})',
    ],
  ])("SA14: refuse %j", (change, message) => {
    expect(said(change)).toBe(message);
  });
});
