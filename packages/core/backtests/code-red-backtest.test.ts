import { describe, expect, it } from "vitest";
import { usualCodeRedSettings } from "../code-red/settings.ts";
import { addMonths } from "../platform/period.ts";
import { day } from "../platform/values.ts";
import { aHistory } from "../testing.ts";
import { CodeRedWalk } from "./code-red-backtest.ts";

/** A customer with one order in the middle of each month from 2025-01 on. */
const monthly = (customerId: string, values: readonly number[]) =>
  aHistory({
    asOf: "2026-06-30",
    customerId,
    orders: values.map((netMinor, i) => ({ on: addMonths(day("2025-01-15"), i), customerId, lines: [{ netMinor }] })),
  });

const steady = (months: number): number[] => Array.from({ length: months }, (_, i) => 1000 + (i % 2));
const walkOf = (...values: readonly (readonly number[])[]) => {
  const span = { first: day("2025-01-15"), last: day("2026-06-30") };
  const walk = new CodeRedWalk(span, 3, usualCodeRedSettings, []);
  for (const [i, own] of values.entries()) walk.add(monthly(`c${i}`, own));
  return walk.report({ seed: 1, resamples: 100 });
};
const low = (months: number): number[] => Array.from({ length: months }, () => 100);

describe("the walk of Code Red", () => {
  it("assesses each month end with six months before and three after it", () => {
    const { judgedOn } = walkOf(steady(18));
    expect([judgedOn[0], judgedOn.at(-1), judgedOn.length]).toEqual(["2025-06-30", "2026-03-31", 10]);
  });

  it("counts a red customer who stays low as right, and one who recovers as wrong", () => {
    const stays = walkOf([...steady(12), ...low(6)], steady(18), steady(18));
    const recovers = walkOf([...steady(12), ...low(3), ...steady(3)], steady(18), steady(18));
    const red = ({ groups }: ReturnType<typeof walkOf>) => groups.find(({ group }) => group === "red");
    // Red at the ends of January, February and March.
    expect(red(stays)).toMatchObject({ cases: 3, right: 3, precision: { value: 1 }, againstRed: { value: 1 } });
    expect(red(recovers)?.cases).toBe(3);
    // After March comes the recovery, after January and February at least a part of it.
    expect(red(recovers)?.right).toBeLessThan(3);
  });

  it("takes a fall of everybody for the market's, not for one beyond it", () => {
    const fall = [...steady(12), ...low(6)];
    const { groups } = walkOf(fall, fall, fall);
    const casesOf = (name: string) => groups.find(({ group }) => group === name)?.cases;
    expect(casesOf("confirmed")).toBeGreaterThan(0);
    expect(casesOf("beyondMarket")).toBe(0);
  });

  it("says nothing where the past is too short", () => {
    const span = { first: day("2026-01-15"), last: day("2026-06-30") };
    const walk = new CodeRedWalk(span, 3, usualCodeRedSettings, []);
    walk.add(monthly("a", steady(18)));
    const { judgedOn, groups } = walk.report({ seed: 1, resamples: 10 });
    expect([judgedOn, groups.map(({ precision }) => precision)]).toEqual([[], [null, null, null, null]]);
  });
});
