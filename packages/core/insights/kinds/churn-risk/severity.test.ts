import { describe, expect, it } from "vitest";
import { mean, sampleVariance } from "../../../platform/statistics.ts";
import { churnTail, levelOfTail } from "./severity.ts";

const rhythmOf = (gaps: readonly number[]) => ({
  gapCount: gaps.length,
  meanGapDays: mean(gaps) ?? 0,
  gapVariance: sampleVariance(gaps) ?? 0,
});
const exampleRhythm = rhythmOf([14, 16, 13, 20, 7]);

describe("churnTail", () => {
  it("is .2447797355 for 22 silent days after gaps of 14, 16, 13, 20 and 7", () => {
    expect(churnTail(exampleRhythm, 22)).toBeCloseTo(0.244_779_735_5, 10);
  });

  it("passes 5 % on day 35 and 1 % on day 46", () => {
    expect(churnTail(exampleRhythm, 34)).toBeGreaterThan(0.05);
    expect(churnTail(exampleRhythm, 35)).toBeLessThanOrEqual(0.05);
    expect(churnTail(exampleRhythm, 45)).toBeGreaterThan(0.01);
    expect(churnTail(exampleRhythm, 46)).toBeLessThanOrEqual(0.01);
  });

  it("is whole on the day of the order and falls from then on", () => {
    const tails = Array.from({ length: 60 }, (_, days) => churnTail(exampleRhythm, days));
    expect(tails[0]).toBe(1);
    expect(tails).toEqual(tails.toSorted((a, b) => b - a));
  });

  it("shrinks a perfectly even rhythm towards a variation of one half", () => {
    // cv² = (0 + 4 · 0.5) / (4 + 4) = 0.25: an Erlang tail of shape 4 with mean 10, at 25 / (1 + 1/5).
    const even = rhythmOf([10, 10, 10, 10, 10]);
    const z = (25 / 1.2) * (4 / 10);
    const erlang = Math.exp(-z) * (1 + z + z ** 2 / 2 + z ** 3 / 6);
    expect(churnTail(even, 25)).toBeCloseTo(erlang, 12);
  });

  it("keeps its shape between 0.7 and 12", () => {
    const steady = { gapCount: 1_000, meanGapDays: 7, gapVariance: 0 };
    expect(churnTail(steady, 7)).toBeCloseTo(churnTail({ ...steady, gapVariance: 2 }, 7), 12);
    const wild = { gapCount: 100, meanGapDays: 7, gapVariance: 500 };
    expect(churnTail(wild, 30)).toBeCloseTo(churnTail({ ...wild, gapVariance: 5_000 }, 30), 12);
  });
});

describe("levelOfTail", () => {
  it.each([
    [0.01, "high"],
    [0.010_000_1, "medium"],
    [0.05, "medium"],
    [0.050_000_1, "watch"],
  ])("of %d is %s", (tail, level) => {
    expect(levelOfTail(tail)).toBe(level);
  });
});
