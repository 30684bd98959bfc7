import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import { addDays } from "../../../platform/period.ts";
import { day } from "../../../platform/values.ts";
import { type HistoryInput, type OrderInput, aHistory } from "../../../testing.ts";
import { evaluateKind } from "../../testing.ts";
import { checksHold } from "../../finding.ts";
import { insightCatalog } from "../../insight-catalog.ts";
import { droppedItems } from "./index.ts";

const ASOF = "2026-11-15";

/** Weekly bread over six months, with rye in some weeks of the compared three months and of the last three. */
function orders(ryeBefore: number, ryeNow: number): OrderInput[] {
  const weeks = (from: string, withRye: number) =>
    Array.from({ length: 12 }, (_, i) => ({
      on: addDays(day(from), i * 7),
      orderId: `${from}-${String(i).padStart(2, "0")}`,
      lines: [{ itemId: "bread" }, ...(i < withRye ? [{ itemId: "rye", quantity: 2, netMinor: 500 }] : [])],
    }));
  return [...weeks("2026-05-04", ryeBefore), ...weeks("2026-08-03", ryeNow)];
}

const found = (given: Partial<HistoryInput>, settings: unknown = {}) => {
  const kind = droppedItems.configure({}, settings);
  const history = aHistory({ asOf: ASOF, ...given });
  const asOf = day(given.asOf ?? ASOF);
  const { currency, closures } = history;
  return kind
    .detect(history, asOf)
    ?.map(({ facts, subject }) => ({ subject, ...kind.assess(facts, { asOf, currency, closures }) }));
};

describe("an item that was in every order and is in two of twelve", () => {
  const [one] = found({ orders: orders(12, 2) }) ?? [];

  it("CR02, CR09: is found, to act on, with the value of the item that was lost at stake", () => {
    expect(one).toMatchObject({
      subject: { type: "item", id: "rye" },
      level: "medium",
      state: "open",
      since: "2026-10-31",
      atStakeMinor: 5000,
    });
  });

  it("BX01: shows both sides of each inequality, the chance and its documents", () => {
    const evidence = one?.evidence;
    if (evidence === undefined) throw new Error("nothing found");
    expect(checksHold(evidence)).toBe(true);
    expect(evidence).toMatchObject({
      rule: "dropped-items/1",
      quantityBefore: 24,
      quantity: 4,
      ordersBefore: 12,
      orders: 2,
      allOrdersBefore: 12,
      allOrders: 12,
      valueBeforeMinor: 6000,
      valueMinor: 1000,
      itemsCompared: 2,
    });
    // P[Bin(14, 1/2) <= 2] = (1 + 14 + 91) / 2^14, against one of two items at 10 %.
    expect(evidence["chance"]).toBeCloseTo(106 / 16_384, 12);
    expect(evidence["chanceLimit"]).toBeCloseTo(0.05, 12);
    expect(evidence.documents).toHaveLength(14);
  });

  it("says why in numbers", () => {
    const formats = { ...formatsOf("en"), money: String, day: String, number: String };
    expect(
      explain(
        { kind: droppedItems.id, evidence: one?.evidence ?? { rule: "", checks: [], documents: [] } },
        "Rye bread",
        insightCatalog([droppedItems]),
        formats,
      ),
    ).toBe("Rye bread: 4 in the last 3 months after 24 before; in 2 of 12 orders after 12 of 12, last 2026-08-10");
  });

  it("BX02: is the same each time it is asked", () => {
    expect(JSON.stringify(found({ orders: orders(12, 2) }))).toBe(JSON.stringify(found({ orders: orders(12, 2) })));
  });
});

describe("an item", () => {
  it("that is red by chance only is not found", () => {
    expect(found({ orders: orders(6, 4) })).toEqual([]);
  });

  it("below the floor of orders is not compared", () => {
    const rare = orders(3, 0).map(({ lines, ...order }) => ({
      ...order,
      lines: (lines ?? []).filter((line) => typeof line === "object" && line.itemId === "rye"),
    }));
    expect(found({ orders: rare.filter(({ lines }) => lines.length > 0) })).toBeUndefined();
  });

  it("that is replaced, discontinued or out of stock is no reason to call", () => {
    const items = (rye: NonNullable<HistoryInput["items"]>[string]) => found({ orders: orders(12, 2), items: { rye } });
    expect(items({ replacedBy: "bread" })).toEqual([]);
    expect(items({ discontinuedOn: "2026-11-15" })).toEqual([]);
    expect(items({ discontinuedOn: "2026-11-16" })).toHaveLength(1);
    expect(items({ outOfStockFrom: "2026-08-11" })).toEqual([]);
  });

  it("that can be had again is found from that day on", () => {
    const rye = { outOfStockFrom: "2026-08-11", outOfStockTo: "2026-11-09" };
    expect(found({ orders: orders(12, 2), items: { rye } })?.[0]?.since).toBe("2026-11-10");
  });

  it("that no other customer buys is set aside", () => {
    const kind = droppedItems.configure({});
    const history = aHistory({ asOf: ASOF, orders: orders(12, 2) });
    const [one] = kind.detect(history, day(ASOF)) ?? [];
    if (one === undefined || typeof one.facts !== "object") throw new Error("nothing found");
    const { currency, closures } = history;
    const facts = { ...one.facts, unwanted: true };
    expect(kind.assess(facts, { asOf: day(ASOF), currency, closures })).toMatchObject({ state: "unwanted" });
  });
});

it("shares the tenant's settings", () => {
  expect(found({ orders: orders(12, 2) }, { minInvoices: 13 })).toBeUndefined();
  expect(droppedItems.faultsOf({ minInvoices: 2 })).toEqual([expect.stringContaining("minInvoices")]);
  expect(evaluateKind(droppedItems, aHistory({ asOf: ASOF, orders: orders(12, 2) }))).toHaveLength(1);
});

/** Customers of a steady rhythm who order rye no more from some day of the last half year on. */
const droppers = fc
  .record({
    every: fc.integer({ min: 5, max: 8 }),
    dropDaysAgo: fc.integer({ min: 30, max: 200 }),
    outOfStock: fc.option(
      fc.record({ daysAgo: fc.integer({ min: 20, max: 190 }), days: fc.integer({ min: 1, max: 60 }) }),
    ),
  })
  .map(({ every, dropDaysAgo, outOfStock }) => {
    const end = day("2026-11-22");
    const dropped = addDays(end, -dropDaysAgo);
    const days = Array.from({ length: Math.floor(400 / every) }, (_, i) => addDays(end, -i * every));
    const rye =
      outOfStock === null
        ? {}
        : {
            outOfStockFrom: addDays(end, -outOfStock.daysAgo),
            outOfStockTo: addDays(end, outOfStock.days - outOfStock.daysAgo),
          };
    return {
      orders: days.map((on) => ({ on, orderId: `order-${on}`, lines: on < dropped ? ["bread", "rye"] : ["bread"] })),
      items: { rye },
    };
  });

describeFindings(droppedItems, droppers);
