import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, median, sampleVariance } from "../../../platform/statistics.ts";
import { levelOf, noRecentGaps, paceOf, recentGapsOf, severityOf, withGap } from "./severity.ts";

const paceOfGaps = (gaps: readonly number[], tenantMeanGapDays?: number) =>
  paceOf(
    {
      gapCount: gaps.length,
      meanGapDays: mean(gaps) ?? 0,
      gapVariance: sampleVariance(gaps) ?? 0,
      medianGapDays: median(gaps) ?? 0,
      recentGaps: recentGapsOf(gaps),
    },
    tenantMeanGapDays,
  );

const severityOfGaps = (gaps: readonly number[], silentDays: number, tenantMeanGapDays?: number) =>
  severityOf(paceOfGaps(gaps, tenantMeanGapDays), silentDays);

const example = [14, 16, 13, 20, 7];

/** Name, gaps, silent days, the tenant's mean gap; shape, kappa, n, s, A, B, pi, H, S(t), S(t+H), q. */
type Vector = [
  name: string,
  gaps: readonly number[],
  silentDays: number,
  meanGap: number,
  shape: number,
  kappa: number,
  n: number,
  s: number,
  A: number,
  B: number,
  pi: number,
  H: number,
  survival: number,
  later: number,
  q: number,
];
const vectors: Vector[] = [
  [
    "2.2 example, 8 days",
    [14, 16, 13, 20, 7],
    8,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.70173236,
    0.04058961,
    0.11207081,
  ],
  [
    "2.2 example, 22 days",
    [14, 16, 13, 20, 7],
    22,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.26471207,
    0.01776025,
    0.19708538,
  ],
  [
    "2.2 example, 35 days",
    [14, 16, 13, 20, 7],
    35,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.10699177,
    0.00876548,
    0.3444978,
  ],
  [
    "2.2 example, 46 days",
    [14, 16, 13, 20, 7],
    46,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.05210818,
    0.0050243,
    0.50419921,
  ],
  [
    "2.2 example, 60 days",
    [14, 16, 13, 20, 7],
    60,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.0223266,
    0.00259568,
    0.69730295,
  ],
  [
    "2.2 example, 90 days",
    [14, 16, 13, 20, 7],
    90,
    20,
    3.253112,
    1.803639,
    4.021667,
    55.269237,
    8.253633,
    69.684542,
    0.041096,
    42,
    0.0045576,
    0.00073335,
    0.91934468,
  ],
  [
    "weekly, even, 21 days",
    [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
    21,
    20,
    11.5,
    3.391165,
    8.256433,
    57.795032,
    28.998927,
    65.462013,
    0.013453,
    21,
    0.01660689,
    0.00008346,
    0.4536491,
  ],
  [
    "weekly, even, 40 days",
    [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
    40,
    20,
    11.5,
    3.391165,
    8.256433,
    57.795032,
    28.998927,
    65.462013,
    0.013453,
    21,
    0.00013479,
    0.00000118,
    0.99029828,
  ],
  [
    "monthly, 35 days",
    [30, 28, 33, 31, 29, 30, 32],
    35,
    20,
    4.952623,
    2.225449,
    5.082898,
    155.167753,
    12.311729,
    166.850789,
    0.032258,
    90,
    0.35433952,
    0.00879485,
    0.10866942,
  ],
  [
    "monthly, 70 days",
    [30, 28, 33, 31, 29, 30, 32],
    70,
    20,
    4.952623,
    2.225449,
    5.082898,
    155.167753,
    12.311729,
    166.850789,
    0.032258,
    90,
    0.07957982,
    0.00250534,
    0.31740033,
  ],
  [
    "restless, 20 days",
    [2, 60, 5, 45, 3, 50, 4],
    20,
    20,
    1.107161,
    1.052217,
    5.082898,
    120.569507,
    6.348313,
    145.27923,
    0.032258,
    15,
    0.46367987,
    0.27091201,
    0.61214739,
  ],
  [
    "restless, 75 days",
    [2, 60, 5, 45, 3, 50, 4],
    75,
    20,
    1.107161,
    1.052217,
    5.082898,
    120.569507,
    6.348313,
    145.27923,
    0.032258,
    15,
    0.07741875,
    0.05118444,
    0.76312584,
  ],
  [
    "slowing down, 45 days",
    [5, 5, 5, 5, 30, 30, 30, 30],
    45,
    20,
    1.808725,
    1.344888,
    5.528347,
    112.434385,
    8.43501,
    131.766844,
    0.029126,
    52,
    0.1374191,
    0.01781855,
    0.28562186,
  ],
  [
    "quickening, 45 days",
    [30, 30, 30, 30, 5, 5, 5, 5],
    45,
    20,
    1.808725,
    1.344888,
    5.528347,
    81.057757,
    8.43501,
    100.390216,
    0.029126,
    52,
    0.075655,
    0.00649742,
    0.3454396,
  ],
  [
    "cust-13093-like, 247 days",
    [12, 15, 17, 16, 20, 22],
    247,
    44.9,
    4.051402,
    2.012809,
    4.582898,
    80.722178,
    10.2245,
    109.721446,
    0.036145,
    50,
    0.00004804,
    0.00001317,
    0.9990715,
  ],
  [
    "four gaps of a day, 10 days",
    [1, 1, 1, 1],
    10,
    20,
    3.5,
    1.870829,
    3.391706,
    3.391706,
    7.345301,
    17.289291,
    0.047619,
    14,
    0.11373722,
    0.00741124,
    0.35063033,
  ],
];

describe("the chance that nothing comes", () => {
  it.each(vectors)(
    "BX03, AC01 has every operand of: %s",
    (_name, gaps, silentDays, meanGap, shape, kappa, n, s, A, B, pi, H, survival, later, q) => {
      const severity = severityOfGaps(gaps, silentDays, meanGap);
      const digits = { shape, kappa, n, s, A, B, pi };
      for (const [name, value] of Object.entries(digits))
        expect({ ...severity }).toHaveProperty(name, expect.closeTo(value, 6));
      expect(severity).toMatchObject({ G: meanGap, H });
      expect(severity["S(t)"]).toBeCloseTo(survival, 8);
      expect(severity["S(t+H)"]).toBeCloseTo(later, 8);
      expect(severity.q).toBeCloseTo(q, 8);
    },
  );

  it("AC01 is .14476311, .45790503 and .90671488 for 90 days after 22, 46 and 90 days of the example", () => {
    const chances = [22, 46, 90].map((days) => severityOfGaps(example, days, 20).q90);
    expect(chances.map((chance) => chance.toFixed(8))).toEqual(["0.14476311", "0.45790503", "0.90671488"]);
  });

  it("AC01 is small after one even gap, the smaller the longer the rhythm is known", () => {
    const evenAfter = (gaps: number) => severityOfGaps(Array<number>(gaps).fill(7), 7, 20).q;
    expect([4, 5, 8, 20].map((gaps) => evenAfter(gaps).toFixed(2))).toEqual(["0.18", "0.14", "0.09", "0.03"]);
  });

  it("AC01 takes the customer's own mean gap where the tenant's is not known", () => {
    expect(severityOfGaps(example, 46).G).toBe(14);
  });

  it("AC01 is certain, not broken, where the tail is too small for a number", () => {
    const { q, "S(t+H)": later } = severityOfGaps(
      Array.from({ length: 400 }, () => 1),
      900_000,
      1,
    );
    expect([later < 1e-100, q]).toEqual([true, 1]);
  });
});

const rhythms = fc.record({
  gaps: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 4, maxLength: 40 }),
  meanGap: fc.integer({ min: 2, max: 120 }),
  silentDays: fc.integer({ min: 0, max: 400 }),
});

describe("of any rhythm", () => {
  it("AC01 is between 0 and 1, falls as its days grow, and its silence gets rarer each day", () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 14, max: 89 }), ({ gaps, meanGap, silentDays }, H) => {
        const pace = { ...paceOfGaps(gaps, meanGap), H };
        const today = severityOf(pace, silentDays);
        expect(today.q).toBeGreaterThanOrEqual(0);
        expect(today.q).toBeLessThanOrEqual(1);
        expect(severityOf({ ...pace, H: H + 1 }, silentDays).q).toBeLessThanOrEqual(today.q);
        expect(today.q90).toBeLessThanOrEqual(today.q);
        expect(severityOf(pace, silentDays + 1)["S(t)"]).toBeLessThan(today["S(t)"]);
      }),
      { seed: 13 },
    );
  });

  it("AC01 has recent gaps that are the same kept order by order and added up", () => {
    fc.assert(
      fc.property(rhythms, ({ gaps }) => {
        const kept = gaps.reduce(withGap, noRecentGaps);
        const weights = gaps.map((_, j) => 2 ** (-(gaps.length - 1 - j) / 6));
        const count = weights.reduce((total, weight) => total + weight, 0);
        const days = gaps.reduce((total, gap, j) => total + gap * (weights[j] ?? 0), 0);
        expect(Math.abs(kept.count / count - 1)).toBeLessThan(1e-12);
        expect(Math.abs(kept.days / days - 1)).toBeLessThan(1e-12);
      }),
      { seed: 13 },
    );
  });
});

describe("the level", () => {
  it.each([
    [0.25, 0.5, "high"],
    [0.25, 0.499_999, "medium"],
    [0.25, 0.4, "medium"],
    [0.25, 0.399_999, "watch"],
    [0.250_001, 0.9, "watch"],
  ])("BX03 of S(t) %d and a chance of %d is %s", (survival, q, level) => {
    expect(levelOf({ "S(t)": survival, q })).toBe(level);
  });

  it("BX03 of a restless customer on an ordinary day is watch, whatever the chance", () => {
    const severity = severityOfGaps([2, 60, 5, 45, 3, 50, 4], 20, 20);
    expect([severity.q > 0.6, levelOf(severity)]).toEqual([true, "watch"]);
  });

  it("BX03 of the example is medium from day 39 and high from day 46", () => {
    const pace = paceOfGaps(example, 20);
    const levels = [38, 39, 45, 46].map((days) => levelOf(severityOf(pace, days)));
    expect(levels).toEqual(["watch", "medium", "medium", "high"]);
    expect(severityOf(pace, 39)).toMatchObject({
      q: expect.closeTo(0.400_635_97, 8),
      "S(t)": expect.closeTo(0.081_912_86, 8),
    });
  });
});
