import { describe, expect, it } from "vitest";
import { aHistory } from "../testing.ts";
import { day, itemIdSchema, toDayNumber } from "../platform/values.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { planComparisons } from "./plan.ts";
import { Purchases } from "./purchases.ts";
import { nearestRatio } from "./ratio.ts";
import { usualCodeRedSettings } from "./settings.ts";
import { figuresOf, isOffered, suggestLinks, suggestionRequestSchema } from "./suggest-links.ts";

type Line = readonly [item: string, quantity: number];
interface Bought {
  readonly customer?: string;
  readonly on?: string;
  readonly type?: "sale" | "credit";
  readonly lines: readonly Line[];
}

const ASOF = day("2026-11-15");

function suggested(bought: readonly Bought[], asked: object) {
  const plan = planComparisons(ASOF, usualCodeRedSettings);
  const purchases = new Purchases({ from: toDayNumber(day("2026-09-01")), to: toDayNumber(ASOF) }, plan.links);
  for (const [customerId, own] of Map.groupBy(bought, ({ customer = "acme" }) => customer))
    purchases.add(
      aHistory({
        asOf: ASOF,
        customerId,
        orders: own.map(({ on = "2026-10-01", type = "sale", lines }, i) => ({
          on,
          type,
          orderId: `${customerId}${i}`,
          lines: lines.map(([itemId, quantity]) => ({ itemId, quantity })),
        })),
      }),
    );
  const request = suggestionRequestSchema.parse({ from: "2026-09-01", percent: 10, ...asked });
  const nameOf = (number: number) => itemIdSchema.parse(purchases.nameOf(number));
  return valueOf(suggestLinks(purchases.baskets(), request, purchases.quantities(), usualCodeRedSettings, nameOf))
    .offered;
}

const times = (count: number, one: Bought): Bought[] => Array.from({ length: count }, () => one);

/** 200 orders: 40 with monitors, 50 with bases, 20 with both. */
const shop = [
  ...times(20, {
    lines: [
      ["monitor", 1],
      ["base", 1],
    ],
  }),
  ...times(20, { lines: [["monitor", 1]] }),
  ...times(30, { lines: [["base", 1]] }),
  ...times(130, { lines: [["cable", 1]] }),
];

describe("suggestLinks", () => {
  it("CR31: suggests at exactly 10 percent support what 20 of 200 orders have together", () => {
    const [one, ...others] = suggested(shop, { metric: "support" });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ itemId: "monitor", linkedItemId: "base", joint: 20, orders: 200 });
    expect(one && figuresOf(one)).toEqual({ support: 0.1, confidence: 0.5, lift: 2 });
    expect(suggested(shop, { metric: "support", percent: 11 })).toEqual([]);
  });

  it("CR31: suggests by confidence from either side: 50 percent of monitors, 40 percent of bases", () => {
    const names = (percent: number) => suggested(shop, { percent }).map(({ itemId }) => itemId);
    expect([names(40), names(41), names(50), names(51)]).toEqual([["base", "monitor"], ["monitor"], ["monitor"], []]);
  });

  it("CR31: holds back what happens by chance: a lift below 1.2, inclusive, and fewer than 5 joint orders", () => {
    const both: Bought = {
      lines: [
        ["a", 1],
        ["b", 1],
      ],
    };
    const ofLift = (others: number) =>
      suggested([...times(12, both), ...times(others, { lines: [["a", 1]] }), ...times(3, { lines: [["c", 1]] })], {});
    expect(ofLift(0)).toHaveLength(2);
    // 12 of 15 orders with a, 12 with b: 12 * 18 / (15 * 12) = 1.2.
    expect(ofLift(3)).toHaveLength(2);
    expect(
      suggested([...times(12, both), ...times(4, { lines: [["a", 1]] }), ...times(2, { lines: [["c", 1]] })], {}),
    ).toEqual([]);
    const rare = [...times(4, both), ...times(20, { lines: [["c", 1]] })];
    expect(suggested(rare, {})).toEqual([]);
    expect(suggested(rare, { minJoint: 4 })).toHaveLength(2);
    expect(suggested(rare, { literal: true })).toHaveLength(2);
  });

  it("CR31: counts an item once an order, only with what is left of it, and neither credits nor other days", () => {
    const twice: Bought = {
      lines: [
        ["a", 1],
        ["a", 2],
        ["b", 1],
      ],
    };
    const taken: Bought = {
      lines: [
        ["a", 1],
        ["b", 1],
        ["b", -1],
      ],
    };
    const bought = [
      ...times(6, twice),
      ...times(3, taken),
      { ...twice, type: "credit" as const },
      { ...twice, on: "2026-08-31" },
      ...times(6, { lines: [["c", 1] as const] }),
    ];
    expect(suggested(bought, { literal: true })[0]).toMatchObject({ joint: 6, orders: 15, withItem: 9, withLinked: 6 });
  });

  it("CR31: takes the ratio from the customers' window totals, whole and not from 1: a median of 1.5 is 2:3", () => {
    const buyer = (customer: string, a: number, b: number): Bought[] => [
      { customer, lines: [["a", a]] },
      ...times(3, {
        customer,
        lines: [
          ["a", 1],
          ["b", b],
        ],
      }),
    ];
    const bought = [...buyer("x", 1, 2), ...buyer("y", 1, 2), ...buyer("z", 3, 4)];
    const [first] = suggested([...bought, ...times(9, { lines: [["c", 1]] })], {}).filter(
      ({ itemId }) => itemId === "a",
    );
    expect(first).toMatchObject({ ratio: 2, linkedRatio: 3, buyers: 3, wouldBeRed: 1 });
  });

  it("CR31: offers what would be red for a third of the buyers, and on request what would be for more", () => {
    const customers = (red: number, green: number): Bought[] =>
      Array.from({ length: red + green }, (_, i) => ({
        customer: `c${i}`,
        lines: i < red ? [["a", 1]] : [["a", 1] as const, ["b", 1] as const],
      }));
    const rules = (red: number, asked: object = {}) =>
      suggested([...customers(red, 10), ...times(50, { lines: [["c", 1]] })], asked).filter(
        ({ itemId }) => itemId === "a",
      );
    expect(rules(5)).toMatchObject([{ buyers: 15, wouldBeRed: 5 }]);
    expect(rules(6)).toEqual([]);
    expect(rules(6, { all: true })).toMatchObject([{ buyers: 16, wouldBeRed: 6 }]);
    expect(isOffered({ buyers: 0, wouldBeRed: 0 })).toBe(true);
  });

  it.each([0, 101, 12.5, "12,5", -1])("CR31: refuses %j percent with the value and what is allowed", (percent) => {
    const parsed = suggestionRequestSchema.safeParse({ from: "2026-09-01", percent });
    expect(parsed.error?.issues[0]?.message).toBe(
      `is not a whole number from 1 to 100 (given ${JSON.stringify(percent)})`,
    );
  });
});

describe("nearestRatio", () => {
  it.each([
    [1.5, 2, 3],
    [2 / 3, 3, 2],
    [24, 1, 24],
    [30, 1, 24],
    [1 / 24, 24, 1],
    [1, 1, 1],
    [0.5, 2, 1],
    [11.5, 2, 23],
  ])("CR31: of %d is %d:%d", (value, ratio, linkedRatio) => {
    expect(nearestRatio(value)).toEqual({ ratio, linkedRatio });
  });

  it("CR31: is never further off than any other ratio of numbers up to 24, and of equally near ones the simplest", () => {
    const nearer: string[] = [];
    for (let value = 0.05; value < 25; value += 0.173) {
      const { ratio, linkedRatio } = nearestRatio(value);
      const distance = Math.abs(value - linkedRatio / ratio);
      for (let a = 1; a <= 24; a += 1)
        for (let b = 1; b <= 24; b += 1) {
          const other = Math.abs(value - b / a);
          if (other < distance || (other === distance && a + b < ratio + linkedRatio))
            nearer.push(`${value}: ${a}:${b}`);
        }
    }
    expect(nearer).toEqual([]);
  });
});
