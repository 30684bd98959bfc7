import { describe, expect, it } from "vitest";
import {
  type ItemAbsence,
  absenceTail,
  countWithin,
  foundBy,
  isLost,
  measureAbsence,
  stayingAway,
  usualSettings,
} from "./rule.ts";

const settings = { ...usualSettings, gate: "rule" } as const;

describe("countWithin", () => {
  const days = [10, 20, 20, 30];

  it("leaves the first day out and takes the last one in", () => {
    expect(countWithin(days, 4, 10, 30)).toBe(3);
    expect(countWithin(days, 4, 9, 29)).toBe(3);
    expect(countWithin(days, 4, 30, 99)).toBe(0);
    expect(countWithin(days, 4, 0, 9)).toBe(0);
  });

  it("looks no further than the given length", () => {
    expect(countWithin(days, 2, 0, 99)).toBe(2);
    expect(countWithin([], 0, 0, 99)).toBe(0);
  });
});

describe("measureAbsence", () => {
  const orderDays = [100, 105, 110, 115, 120, 125, 130];

  it("counts steps from the first to the last order with the item, and the orders without it since", () => {
    expect(measureAbsence(orderDays, 7, [105, 115], 130, settings)).toEqual({
      lastOrderDay: 115,
      latestOrderDay: 130,
      windowOrders: 7,
      windowItemOrders: 2,
      itemOrders: 2,
      steps: 2,
      ordersWithout: 3,
      longestGapDays: 10,
      silentDays: 15,
    });
  });

  it("knows nothing of what comes after its day", () => {
    expect(measureAbsence(orderDays, 7, [105, 115, 125], 124, settings)).toMatchObject({
      latestOrderDay: 120,
      lastOrderDay: 115,
      ordersWithout: 1,
    });
  });

  it("takes 365 days back and not one more", () => {
    expect(measureAbsence(orderDays, 7, [100, 105, 110], 464, settings)).toMatchObject({ itemOrders: 3 });
    expect(measureAbsence(orderDays, 7, [100, 105, 110], 465, settings)).toMatchObject({ itemOrders: 2 });
  });

  it("measures nothing of an item ordered only once", () => {
    expect(measureAbsence(orderDays, 7, [105], 130, settings)).toBeUndefined();
    expect(measureAbsence(orderDays, 7, [], 130, settings)).toBeUndefined();
  });
});

describe("isLost", () => {
  const lost: ItemAbsence = {
    lastOrderDay: 100,
    latestOrderDay: 101,
    windowOrders: 11,
    windowItemOrders: 5,
    itemOrders: 12,
    steps: 22,
    ordersWithout: 5,
    longestGapDays: 7,
    silentDays: 8,
  };

  it("holds just inside every bound", () => {
    expect(isLost(lost, settings)).toBe(true);
  });

  it.each<readonly [string, Partial<ItemAbsence>]>([
    ["LI1 at 10 orders", { windowOrders: 10 }],
    ["LI2 at 4 orders with the item", { windowItemOrders: 4 }],
    ["LI3 at exactly twice the rate", { ordersWithout: 4 }],
    ["LI4 at exactly the longest gap", { silentDays: 7 }],
    ["LI5 on the day of the latest order", { latestOrderDay: 100 }],
  ])("fails by %s", (_name, edge) => {
    expect(isLost({ ...lost, ...edge }, settings)).toBe(false);
  });

  it("compares rates that are no whole number exactly", () => {
    // 3 item orders over 5 steps: every 2.5 orders, so more than 5 without.
    const uneven = { ...lost, itemOrders: 3, steps: 5, windowItemOrders: 5 };
    expect(isLost({ ...uneven, ordersWithout: 5 }, settings)).toBe(false);
    expect(isLost({ ...uneven, ordersWithout: 6 }, settings)).toBe(true);
  });
});

describe("the score", () => {
  const scored: ItemAbsence = {
    lastOrderDay: 100,
    latestOrderDay: 280,
    windowOrders: 11,
    windowItemOrders: 0,
    itemOrders: 5,
    steps: 4,
    ordersWithout: 27,
    longestGapDays: 7,
    silentDays: 180,
  };

  it("AC04 finds an item just inside every bound", () => {
    expect(foundBy(scored, settings)).toEqual(["score"]);
  });

  it.each<readonly [string, Partial<ItemAbsence>]>([
    ["10 orders", { windowOrders: 10 }],
    ["4 orders with the item", { itemOrders: 4 }],
    ["181 days", { silentDays: 181 }],
    ["a tail over 1 %", { ordersWithout: 1 }],
  ])("AC04 does not at %s", (_name, edge) => {
    expect(foundBy({ ...scored, ...edge }, settings)).toEqual([]);
  });

  it.each([
    [11, 22, 9, 25, 0.748_375_4, 0.006_210_33],
    [4, 4, 27, 60, 0.999_020_13, 0.000_003_43],
    [6, 6, 9, 20, 0.925_552_45, 0.000_037_06],
    [5, 30, 20, 15, 0.747_256_49, 0.050_243_53],
    [20, 25, 3, 12, 0.286_665_97, 0.013_640_87],
  ])(
    "AC01 orders %i orders with the item after the first in %i, %i without, %i expected",
    (k, steps, u, nu, q, tail) => {
      const absence = { itemOrders: k + 1, steps, ordersWithout: u };
      expect(stayingAway(absence, nu)).toBeCloseTo(q, 8);
      expect(absenceTail(absence)).toBeCloseTo(tail, 8);
    },
  );
});

describe("absenceTail", () => {
  it("is .0062 for 9 orders without an item that was in 12 of 23", () => {
    expect(absenceTail({ itemOrders: 12, steps: 22, ordersWithout: 9 })).toBeCloseTo(0.0062, 4);
  });

  it("is the product of the chances to go without, one order at a time", () => {
    // a = 11.5, b = 11.5: 11.5/23 · 12.5/24 · 13.5/25
    const byHand = (11.5 / 23) * (12.5 / 24) * (13.5 / 25);
    expect(absenceTail({ itemOrders: 12, steps: 22, ordersWithout: 3 })).toBeCloseTo(byHand, 13);
  });

  it("is whole when no order has gone without", () => {
    expect(absenceTail({ itemOrders: 12, steps: 22, ordersWithout: 0 })).toBe(1);
  });
});
