import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerIdSchema } from "../platform/values.ts";
import { minimise } from "../platform/minimise.ts";
import { incompleteBeta } from "../platform/incomplete-beta.ts";
import { seeded } from "../platform/random.ts";
import { alertsAtEqualNumber } from "./equal-number.ts";
import { calibrationSteps } from "./calibration.ts";
import type { Candidate, CustomerTrial, Episode } from "./kind-backtest.ts";
import { fitMbgNbd, mbgEmptyChance } from "./mbg-nbd.ts";
import { percent, simplerOf, simplerSentences } from "./simpler.ts";
import { TenantPast } from "./tenant-past.ts";

const anEpisode = (to: number, right: boolean): Episode => ({
  last: 0,
  from: 1,
  to,
  valueMinor: 100,
  degreeAt: (_degree, day) => day,
  isRightOn: () => right,
  high: undefined,
});

describe("a rule with its limit moved", () => {
  it("AC03 alerts as often as asked for, in the longest silences; equally long ones count in part", () => {
    const episodes = [10, 20, 30, 40, 40].map((to, customer) => [customer, anEpisode(to, to > 30)] as const);
    const of = (number: number) =>
      alertsAtEqualNumber(episodes, 0, number).map(({ customer, isRight, part }) => [customer, isRight, part]);
    expect(of(0)).toEqual([]);
    expect(of(3)).toEqual([
      [2, false, 1],
      [3, true, 1],
      [4, true, 1],
    ]);
    expect(of(2)).toEqual([
      [3, true, 1],
      [4, true, 1],
    ]);
    expect(of(1)).toEqual([
      [3, true, 0.5],
      [4, true, 0.5],
    ]);
  });

  it("AC03 counts exactly as many alerts as asked for, however many silences are equally long", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 40 }),
        fc.nat(40),
        (ends, asked) => {
          const episodes = ends.map((to, customer) => [customer, anEpisode(to, true)] as const);
          const told = alertsAtEqualNumber(episodes, 0, asked).reduce((total, { part }) => total + part, 0);
          const least = Math.min(...ends);
          expect(told).toBeCloseTo(Math.min(asked, ends.filter((to) => to > least).length), 9);
        },
      ),
      { seed: 13 },
    );
  });
});

describe("calibration", () => {
  const candidate = (chance: number, cameTrue: boolean): Candidate => ({
    on: 1,
    episode: 0,
    repId: "",
    chance,
    lossChance: chance,
    atStakeMinor: 100 * chance,
    valueMinor: 100,
    level: chance >= 0.5 ? "high" : "medium",
    scores: [],
    cameTrue,
    isLost: cameTrue,
  });
  const calibrationOf = (trials: readonly CustomerTrial[]) => {
    const steps = calibrationSteps(trials, { seed: 1, resamples: 200 });
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  };
  const trialOf = (candidates: readonly Candidate[]) => ({ isEligible: true, truths: 0, rules: [], candidates });

  it("AC01 has what was stated and what came true by tenth, and the money of both", () => {
    const stated = [...Array<boolean>(30).fill(true), ...Array<boolean>(70).fill(false)].map((is) =>
      candidate(0.35, is),
    );
    const { bins, error, statedByLost, notes } = calibrationOf([trialOf(stated)]) ?? {};
    expect(bins?.[3]).toEqual({ from: 0.3, to: 0.4, statements: 100, stated: 0.35, cameTrue: 0.3 });
    expect([error, statedByLost, notes]).toEqual([0.05, 1.167, []]);
  });

  it("AC01 has what came true at each level, how sure that is by customers, and whose the money is", () => {
    const trials = Array.from({ length: 40 }, (_, i) => trialOf([candidate(i < 10 ? 0.6 : 0.4, i % 2 === 0)]));
    const large = { ...candidate(0.6, true), atStakeMinor: 6_000, valueMinor: 10_000 };
    const found = calibrationOf([...trials, trialOf([large])]);
    expect(found?.levels).toMatchObject([
      { level: "high", statements: 11, stated: 0.6, cameTrue: { value: 0.5455 } },
      { level: "medium", statements: 30, stated: 0.4, cameTrue: { value: 0.5 } },
      { level: "watch", statements: 0, stated: null, cameTrue: null },
    ]);
    // 10 of 60 and 30 of 40, and the large one; 5 of 10 and 15 of 30 are lost, 100 each, and the large one.
    expect(found).toMatchObject({ statedMinor: 7_800, lostMinor: 12_000, statedByLost: 0.65 });
    expect(found).toMatchObject({ statedLosses: 18.6, losses: 21, largestThree: 0.7846 });
    const { error, statedByLost } = found?.intervals ?? {};
    expect(error).toMatchObject({ value: found?.error });
    expect([(error?.low ?? 1) < 0.1, (error?.high ?? 0) > 0.1]).toEqual([true, true]);
    // Without the large customer 1,800 are stated and 2,000 lost.
    expect(statedByLost?.high).toBeGreaterThan(0.8);
  });

  it("AC01 tells of a bin that is off by more than .15 with 50 statements, not of one with fewer", () => {
    const off = (statements: number) =>
      calibrationOf([trialOf(Array.from({ length: statements }, () => candidate(0.8, false)))])?.notes;
    expect([off(49), off(50)]).toEqual([
      [],
      ["Where about 80 % was stated, 0 % of 50 ordered nothing: on these orders read it as that."],
    ]);
    expect(calibrationOf([trialOf([])])).toBeNull();
  });
});

describe("another rule that is better", () => {
  const compared = (value: number, samples: readonly number[], but?: string) =>
    simplerOf({
      title: "Longest silence",
      what: "right calls",
      ours: { value: 0.6, samples: [0.5, 0.6, 0.7] },
      other: { value, samples },
      textOf: percent,
      but,
    });

  it("AC03 is named with both figures, and whether the choice of customers explains it", () => {
    expect(compared(0.7, [0.6, 0.7, 0.8])).toEqual([
      { text: "“Longest silence” in right calls, 70 % instead of 60 %", isSure: true },
    ]);
    expect(compared(0.7, [0.6, 0.7, 0.8], ", but on day 91 instead of day 63")[0]?.text).toBe(
      "“Longest silence” in right calls, 70 % instead of 60 %, but on day 91 instead of day 63",
    );
    expect(compared(0.62, [0.6, 0.58, 0.8])).toMatchObject([{ isSure: false }]);
    expect([compared(0.6, []), compared(0.5, []), compared(0.601, [0.6, 0.7, 0.8])]).toEqual([[], [], []]);
    expect(simplerSentences([...compared(0.7, [0.6, 0.7, 0.8]), ...compared(0.62, [0.6, 0.58, 0.8])])).toEqual([
      "A compared rule is better here: “Longest silence” in right calls, 70 % instead of 60 %.",
      "Better here by no more than chance explains: “Longest silence” in right calls, 62 % instead of 60 %.",
    ]);
  });
});

describe("MBG/NBD", () => {
  it("BX21 is fitted before the first day on which any customer can be assessed", () => {
    const logs = Array.from({ length: 30 }, (_, i) => ({
      customerId: customerIdSchema.parse(`c-${i}`),
      orderDays: [20_000, 20_010, 20_020 + i, 20_060 + i],
      netMinor: [],
      items: new Map(),
    }));
    // 2024-10-04 is day 20,000; three months on is day 20,092.
    const past = new TenantPast(logs, { from: 20_000, to: 20_400, horizonDays: 90 });
    expect([past.modelOn(20_088), past.modelOn(20_089)].map((model) => model !== undefined)).toEqual([false, true]);
  });

  it("finds the parameters that customers were made with, nearly", () => {
    const random = seeded(7);
    const logs = Array.from({ length: 400 }, (_, i) => {
      // Rates around one in 20 days, and one in five leaves after each order.
      const rate = 0.05 * (0.5 + random());
      const orderDays = [20_000];
      while (random() > 0.2 && (orderDays.at(-1) ?? 0) < 20_700)
        orderDays.push(Math.ceil((orderDays.at(-1) ?? 0) - Math.log(1 - random()) / rate));
      return { customerId: customerIdSchema.parse(`c-${i}`), orderDays, netMinor: [], items: new Map() };
    });
    const model = fitMbgNbd(logs, 20_700);
    expect(model).toBeDefined();
    if (model === undefined) return;
    expect(model.a / (model.a + model.b)).toBeCloseTo(0.2, 1);
    const empty = (silent: number) => mbgEmptyChance(model, { repeats: 4, last: 80 }, silent, 60);
    expect(empty(0)).toBeLessThan(0.4);
    expect(empty(200)).toBeGreaterThan(0.95);
  });
});

describe("the past of a tenant", () => {
  it("knows the mean gap of the months before, and nothing later", () => {
    const log = (orderDays: readonly number[]) => ({
      customerId: customerIdSchema.parse("c"),
      orderDays,
      netMinor: orderDays.map(() => 0),
      items: new Map(),
    });
    // 2024-10-04 is day 20,000; months begin on days 20,028 and 20,058.
    const past = new TenantPast([log([20_000, 20_010, 20_030]), log([20_000, 20_027])], {
      from: 20_000,
      to: 20_100,
      horizonDays: 90,
    });
    expect([20_000, 20_027, 20_028, 20_057, 20_058].map((on) => past.meanGapOn(on))).toEqual([
      undefined,
      undefined,
      18.5,
      18.5,
      19,
    ]);
  });
});

describe("numbers", () => {
  it("the lowest point of a bowl is found", () => {
    const [x = 0, y = 0] = minimise(([a = 0, b = 0]) => (a - 3) ** 2 + 2 * (b + 1) ** 2, [0, 0], 120);
    expect([x, y]).toEqual([expect.closeTo(3, 4), expect.closeTo(-1, 4)]);
  });

  it("both tails of the incomplete beta function add up to one, and simple cases are exact", () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 14);
    expect(incompleteBeta(0.3, 2, 1)).toBeCloseTo(0.09, 14);
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        (x, a, b) => {
          expect(Math.abs(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a) - 1)).toBeLessThan(1e-10);
        },
      ),
      { seed: 13 },
    );
  });
});
