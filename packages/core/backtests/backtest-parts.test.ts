import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerIdSchema } from "../platform/values.ts";
import { minimise } from "../platform/minimise.ts";
import { incompleteBeta } from "../platform/incomplete-beta.ts";
import { seeded } from "../platform/random.ts";
import { alertsAtEqualNumber } from "./equal-number.ts";
import { calibrationOf } from "./calibration.ts";
import type { Candidate, Episode } from "./kind-backtest.ts";
import { fitMbgNbd, mbgEmptyChance } from "./mbg-nbd.ts";
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
  it("AC03 alerts as nearly as often as asked for, in the longest silences", () => {
    const episodes = [10, 20, 30, 40, 40].map((to, customer) => [customer, anEpisode(to, to > 30)] as const);
    const of = (number: number) => alertsAtEqualNumber(episodes, 0, number);
    expect(of(0)).toEqual([]);
    expect(of(3).map(({ customer, isRight }) => [customer, isRight])).toEqual([
      [2, false],
      [3, true],
      [4, true],
    ]);
    // Two silences are equally long: one of them alone cannot be told.
    expect(of(2)).toHaveLength(2);
    expect(of(1)).toHaveLength(0);
  });
});

describe("calibration", () => {
  const candidate = (chance: number, cameTrue: boolean): Candidate => ({
    on: 1,
    episode: 0,
    repId: "",
    chance,
    atStakeMinor: 100 * chance,
    valueMinor: 100,
    isToActOn: true,
    scores: [],
    cameTrue,
    isLost: cameTrue,
  });
  const trialOf = (candidates: readonly Candidate[]) => ({ isEligible: true, truths: 0, rules: [], candidates });

  it("AC01 has what was stated and what came true by tenth, and the money of both", () => {
    const stated = [...Array<boolean>(30).fill(true), ...Array<boolean>(70).fill(false)].map((is) =>
      candidate(0.35, is),
    );
    const { bins, error, statedByLost, notes } = calibrationOf([trialOf(stated)]) ?? {};
    expect(bins?.[3]).toEqual({ from: 0.3, to: 0.4, statements: 100, stated: 0.35, cameTrue: 0.3 });
    expect([error, statedByLost, notes]).toEqual([0.05, 1.167, []]);
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

describe("MBG/NBD", () => {
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
