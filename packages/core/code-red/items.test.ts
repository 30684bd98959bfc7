import { describe, expect, it } from "vitest";
import { type HistoryInput, type OrderInput, aHistory } from "../testing.ts";
import { addDays } from "../platform/period.ts";
import { day } from "../platform/values.ts";
import { benjaminiHochberg, binomialAtMost } from "./item-test.ts";
import { type ItemRow, itemRows } from "./items.ts";
import { planComparisons } from "./plan.ts";
import { type CodeRedSettings, codeRedSettingsSchema } from "./settings.ts";

const asOf = "2026-11-15";

/** Weekly orders of "bread", and of an item on some weeks of the last and the compared three months. */
function orders(itemBefore: number, itemNow: number, quantity = 1): OrderInput[] {
  const weeks = (from: string, withItem: number) =>
    Array.from({ length: 12 }, (_, i) => ({
      on: addDays(day(from), i * 7),
      orderId: `${from}-${i}`,
      lines: [{ itemId: "bread" }, ...(i < withItem ? [{ itemId: "rye", quantity }] : [])],
    }));
  return [...weeks("2026-05-04", itemBefore), ...weeks("2026-08-03", itemNow)];
}

function rye(given: Partial<HistoryInput>, settings: Partial<CodeRedSettings> = {}): ItemRow | undefined {
  const plan = planComparisons(day(asOf), codeRedSettingsSchema.parse(settings));
  return itemRows(aHistory({ asOf, ...given }), plan).find(({ itemId }) => itemId === "rye");
}

describe("the items of a customer", () => {
  it("CR09, CR12: are red when less was bought by the percent or nothing at all", () => {
    expect(rye({ orders: orders(10, 0) })).toMatchObject({ state: "stopped", isRed: true, previous: 10, current: 0 });
    expect(rye({ orders: orders(10, 8) })).toMatchObject({ state: "less", isRed: true });
    expect(rye({ orders: orders(10, 9) })).toMatchObject({ state: "same", isRed: false });
  });

  it("CR11: compare the months that the setting says", () => {
    const given = { orders: orders(10, 0) };
    expect(rye(given, { itemMonths: 1 })).toBeUndefined();
    expect(rye(given, { itemMonths: 6, minInvoices: 2 })).toMatchObject({ state: "more", isCompared: false });
  });

  it("CR12: are red for more too only when any difference is asked for", () => {
    expect(rye({ orders: orders(5, 10) })).toMatchObject({ state: "more", isRed: false });
    expect(rye({ orders: orders(5, 10) }, { itemDirection: "any" })).toMatchObject({ state: "more", isRed: true });
  });

  it("are not compared below the floor of orders, by default 4", () => {
    expect(rye({ orders: orders(3, 0) })).toMatchObject({ isCompared: false, isRed: false });
    expect(rye({ orders: orders(4, 0) })).toMatchObject({ isCompared: true, isRed: true });
    expect(rye({ orders: orders(3, 0) }, { minInvoices: 2 })).toMatchObject({ isRed: true });
  });

  it("are confirmed when their share of the customer's own orders fell beyond chance", () => {
    expect(rye({ orders: orders(12, 2) })).toMatchObject({ isRed: true, isConfirmed: true });
    expect(rye({ orders: orders(6, 4) })).toMatchObject({ isRed: true, isConfirmed: false });
  });

  it("are not confirmed when the customer orders nothing any more", () => {
    const silent = orders(10, 0).filter(({ on }) => on < "2026-08-01");
    expect(rye({ orders: silent })).toMatchObject({ state: "stopped", isRed: true, isConfirmed: false });
  });

  it("scenario 11: are not red when another item replaces them and is bought", () => {
    const withNew = orders(10, 0).map((order) => ({
      ...order,
      lines: [...(order.lines ?? []), { itemId: "new-rye" }],
    }));
    expect(rye({ orders: withNew, items: { rye: { replacedBy: "new-rye" } } })).toMatchObject({
      isRed: false,
      suppressed: "replaced",
    });
    expect(rye({ orders: orders(10, 0), items: { rye: { replacedBy: "new-rye" } } })).toMatchObject({ isRed: true });
  });

  it("are suppressed with the reason when discontinued or out of stock", () => {
    expect(rye({ orders: orders(10, 0), items: { rye: { discontinuedOn: "2026-08-01" } } })?.suppressed).toBe(
      "discontinued",
    );
    expect(rye({ orders: orders(10, 0), items: { rye: { outOfStockFrom: "2026-07-01" } } })?.suppressed).toBe(
      "out-of-stock",
    );
  });
});

describe("the tests of items", () => {
  it("add up binomial chances", () => {
    expect(binomialAtMost(0, 3, 0.5)).toBeCloseTo(0.125, 12);
    expect(binomialAtMost(1, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect([binomialAtMost(3, 3, 0.5), binomialAtMost(0, 5, 0), binomialAtMost(0, 5, 1)]).toEqual([1, 1, 0]);
  });

  it("reject up to the largest rank below the rate", () => {
    expect(benjaminiHochberg([0.03, 0.2, 0.05, 0.5], 0.1)).toEqual([true, false, true, false]);
    expect(benjaminiHochberg([0.2, 0.9], 0.1)).toEqual([false, false]);
    expect(benjaminiHochberg([], 0.1)).toEqual([]);
  });
});
