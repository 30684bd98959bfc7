import { describe, expect, it } from "vitest";
import { seeded } from "../platform/random.ts";
import { confirmFall } from "./confirm.ts";
import { lightOf } from "./light.ts";

const BEFORE = [10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12].map((thousands) => thousands * 1000);

describe("confirmFall", () => {
  it("BX06: confirms a mean of 8,000 against twelve months around 10,583 with t 3.69, and not one of 10,000", () => {
    const low = confirmFall([8000, 8000, 8000, ...BEFORE], 3);
    expect(low).toMatchObject({ isConfirmed: true, monthsBefore: 12 });
    expect("t" in low && low.t).toBeCloseTo(3.69, 2);
    const same = confirmFall([10_000, 10_000, 10_000, ...BEFORE], 3);
    expect(same).toMatchObject({ isConfirmed: false });
    expect("t" in same && same.t).toBeCloseTo(0.83, 2);
  });

  it("needs six months before the current ones", () => {
    expect(confirmFall([0, 0, 0, ...BEFORE.slice(0, 5)], 3)).toEqual({
      isConfirmed: false,
      reason: "not-enough-months",
      monthsBefore: 5,
    });
    expect(confirmFall([0, 0, 0, ...BEFORE.slice(0, 6)], 3)).toMatchObject({ isConfirmed: true });
  });

  it("confirms any fall after equal months", () => {
    const equal = Array.from({ length: 12 }, () => 5000);
    expect(confirmFall([4999, ...equal], 1)).toMatchObject({ isConfirmed: true, t: undefined });
    expect(confirmFall([5000, ...equal], 1)).toMatchObject({ isConfirmed: false });
  });

  it("uses at most the twelve months before", () => {
    expect(confirmFall([...Array<number>(3).fill(8000), ...BEFORE, 1, 1, 1], 3)).toMatchObject({ monthsBefore: 12 });
  });
});

const TRIALS = 4000;
const VALUE_SPREAD = 0.5;

/** The share of simulated customers whose 3v3 column is red and confirmed, with this many orders a month. */
function confirmedShare(rhythm: Rhythm, perMonth: number, change: { orders?: number; basket?: number }): number {
  const random = seeded(perMonth * 7919 + rhythm.length);
  let confirmed = 0;
  for (let i = 0; i < TRIALS; i += 1) {
    const months = Array.from({ length: 15 }, (_, back) => {
      const isNow = back < 3;
      const orders = ordersOf(rhythm, perMonth * (isNow ? (change.orders ?? 1) : 1), random);
      let value = 0;
      for (let n = 0; n < orders; n += 1) value += 10_000 * (isNow ? (change.basket ?? 1) : 1) * orderValue(random);
      return Math.round(value);
    });
    const [now, before] = [sum(months.slice(0, 3)), sum(months.slice(3, 6))];
    if (lightOf(now, before, 20) === "red" && confirmFall(months, 3).isConfirmed) confirmed += 1;
  }
  return confirmed / TRIALS;
}

type Rhythm = "poisson" | "wobbling" | "regular";

function ordersOf(rhythm: Rhythm, mean: number, random: () => number): number {
  if (rhythm === "regular") return Math.max(0, Math.round(mean + (random() - 0.5) * 2));
  return poisson(rhythm === "wobbling" ? mean * Math.exp(0.472 * normal(random) - 0.1116) : mean, random);
}

const orderValue = (random: () => number): number => Math.exp(VALUE_SPREAD * normal(random) - VALUE_SPREAD ** 2 / 2);

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, random()];
  for (; product > limit; count += 1) product *= random();
  return count;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("a confirmed red of simulated customers", () => {
  it.each(["poisson", "wobbling", "regular"] as const)("is rare where nothing changed: %s rhythm", (rhythm) => {
    for (const perMonth of [4, 8, 20]) expect(confirmedShare(rhythm, perMonth, {})).toBeLessThanOrEqual(0.08);
  });

  it.each([
    [4, 0.35],
    [8, 0.55],
    [20, 0.85],
  ])("finds halved orders and halved baskets of %d orders a month", (perMonth, least) => {
    expect(confirmedShare("poisson", perMonth, { orders: 0.5 })).toBeGreaterThanOrEqual(least);
    expect(confirmedShare("poisson", perMonth, { basket: 0.5 })).toBeGreaterThanOrEqual(least);
  });
});
