import { describe, expect, it } from "vitest";
import { aHistory } from "../testing.ts";
import { day, itemIdSchema } from "../platform/values.ts";
import { expectedQuantity, linkLight } from "./link-light.ts";
import { linkRows } from "./links.ts";
import { planComparisons } from "./plan.ts";
import { usualCodeRedSettings } from "./settings.ts";

const light = (anchor: number, ratio: number, linkedRatio: number, linked: number, linkDirection = "any" as const) =>
  linkLight({ anchor, linked }, { ratio, linkedRatio }, { percent: 20, linkDirection });

const SHORT = { light: "red", difference: "shortfall" };
const GREEN = { light: "green" };

describe("linkLight", () => {
  it.each([
    [3, 1, 24, 48, SHORT],
    [3, 1, 24, 57, SHORT],
    [3, 1, 24, 58, GREEN],
  ])("CR14, CR30: assesses %d guns at %d:%d with %d bullets", (anchor, ratio, linkedRatio, linked, expected) => {
    expect(light(anchor, ratio, linkedRatio, linked)).toEqual(expected);
    expect(expectedQuantity(anchor, { ratio, linkedRatio })).toBe(72);
  });

  it("CR29: assesses 10 monitors at 1:1 as green with 9 bases, and as red with 8 or 13", () => {
    expect(light(10, 1, 1, 9)).toEqual(GREEN);
    expect(light(10, 1, 1, 8)).toEqual(SHORT);
    expect(light(10, 1, 1, 13)).toEqual({ light: "red", difference: "surplus" });
  });

  it("takes only a shortfall as red when the setting says so", () => {
    expect(
      linkLight({ anchor: 10, linked: 13 }, { ratio: 1, linkedRatio: 1 }, { percent: 20, linkDirection: "shortfall" }),
    ).toEqual(GREEN);
  });

  it("CR14: compares the bought quantity with the expected one: 48 bullets with 72", () => {
    expect(expectedQuantity(3, { ratio: 1, linkedRatio: 24 })).toBe(72);
    expect(light(3, 1, 24, 48)).toEqual(SHORT);
  });

  it("CR30: is red at 57 of 72 and green at 58", () => {
    expect([57, 58].map((bullets) => light(3, 1, 24, bullets))).toEqual([SHORT, GREEN]);
  });

  it("is grey without the first item", () => {
    expect(light(0, 1, 1, 5)).toEqual({ light: "grey", reason: "anchor-missing" });
    expect(light(-2, 1, 1, -1)).toEqual({ light: "grey", reason: "nothing-bought" });
  });
});

const item = (id: string) => itemIdSchema.parse(id);

describe("linkRows", () => {
  const plan = planComparisons(day("2026-11-15"), usualCodeRedSettings);
  const link = { itemId: item("gun"), linkedItemId: item("bullet"), ratio: 1, linkedRatio: 24 };
  const history = (guns: number, bullets: number, on = "2026-09-10") =>
    aHistory({
      asOf: "2026-11-15",
      orders: [
        { on: "2026-09-10", orderId: "a", lines: [{ itemId: "gun", quantity: guns }] },
        { on, orderId: "b", lines: [{ itemId: "bullet", quantity: bullets }] },
      ],
    });

  it("CR08: scenario 8, 3 guns and 58 bullets have one light for the pair, green also when the mirror is shown", () => {
    const [row] = linkRows(history(3, 58), plan, [{ ...link, bidirectional: true }]);
    expect(row).toMatchObject({ anchor: 3, linked: 58, expected: 72, light: { light: "green" } });
    expect(linkRows(history(3, 58), plan, [{ ...link, bidirectional: true }])).toHaveLength(1);
  });

  it("looks for a linked item that is bought later in a window shifted by the lag", () => {
    const [same] = linkRows(history(3, 72, "2026-11-05"), plan, [link]);
    const [later] = linkRows(history(3, 72, "2026-11-05"), plan, [{ ...link, lagDays: 10 }]);
    expect([same?.light.light, later?.light.light]).toEqual(["red", "green"]);
  });

  it("adds up different units of one item as one quantity", () => {
    const orders = [
      {
        on: "2026-09-10",
        orderId: "a",
        lines: [
          { itemId: "gun", quantity: 2 },
          { itemId: "gun", quantity: 1 },
        ],
      },
      {
        on: "2026-09-11",
        orderId: "b",
        lines: [
          { itemId: "bullet", quantity: 48 },
          { itemId: "bullet", quantity: 24 },
        ],
      },
    ];
    expect(linkRows(aHistory({ asOf: "2026-11-15", orders }), plan, [link])[0]?.light).toEqual(GREEN);
  });

  it("assesses among many links those of the customer's items, as if each were assessed alone", () => {
    const items = Array.from({ length: 12 }, (_, i) => item(`i${i}`));
    const links = items.flatMap((itemId, i) =>
      items
        .slice(i + 1)
        .map((linkedItemId, j) => ({ itemId, linkedItemId, ratio: 1 + (j % 3), linkedRatio: 1 + (i % 4) })),
    );
    const orders = ["i0", "i3", "i7"].map((itemId, i) => ({
      on: `2026-09-0${i + 1}`,
      orderId: itemId,
      lines: [{ itemId, quantity: 2 * i + 1 }],
    }));
    const customer = aHistory({ asOf: "2026-11-15", orders });
    const rows = linkRows(customer, plan, links);
    const alone = links.flatMap((one) => linkRows(customer, plan, [one]));
    expect(rows).toHaveLength(11 + 10 + 9);
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set(alone.map((row) => JSON.stringify(row))));
  });
});
