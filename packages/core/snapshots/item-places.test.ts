import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemIdSchema } from "../platform/values.ts";
import { aHistory } from "../testing.ts";
import type { History } from "./history.ts";
import { firstDocumentAfter, goodsOf, itemPlacesOf } from "./item-places.ts";

/** Each line's item by its place; none for a charge. */
function namesByLine(history: History): (string | undefined)[] {
  const { items, ofLine } = itemPlacesOf(history);
  const { count, firstLine } = history.documents;
  return Array.from({ length: firstLine[count] ?? 0 }, (_, line) => {
    const place = ofLine[line] ?? -1;
    return place < 0 ? undefined : history.itemOf(items[place] ?? -1).itemId;
  });
}

const expectedByLine = ({ documents, itemOf }: History): (string | undefined)[] =>
  Array.from({ length: documents.firstLine[documents.count] ?? 0 }, (_, line) => {
    const { itemId, isGoods } = itemOf(documents.item[line] ?? -1);
    return isGoods ? itemId : undefined;
  });

const aLine = fc.record({
  itemId: fc.integer({ min: 0, max: 12 }).map((n) => `i${n}`),
  quantity: fc.integer({ min: -2, max: 5 }),
  kind: fc.constantFrom("goods" as const, "goods" as const, "charge" as const),
});
const orders = fc.array(
  fc.record({
    on: fc.integer({ min: 1, max: 28 }).map((n) => `2026-10-${String(n).padStart(2, "0")}`),
    type: fc.constantFrom("sale" as const, "credit" as const),
    lines: fc.array(aLine, { minLength: 1, maxLength: 6 }),
  }),
  { maxLength: 8 },
);
const histories = orders.map((given) => aHistory({ asOf: "2026-11-01", orders: given }));

describe("the places of a customer's items", () => {
  it("name each goods line's item, for customers one after the other and in turn", () => {
    fc.assert(
      fc.property(fc.array(histories, { minLength: 1, maxLength: 4 }), (customers) => {
        for (const history of [...customers, ...customers.toReversed(), ...customers])
          expect(namesByLine(history)).toEqual(expectedByLine(history));
      }),
    );
  });

  it("are each of another item, and those bought last come first", () => {
    const history = aHistory({
      asOf: "2026-11-01",
      orders: [
        { on: "2026-10-01", lines: ["rye", "oats"] },
        { on: "2026-10-09", type: "credit", lines: ["malt"] },
        { on: "2026-10-08", lines: [{ itemId: "freight", kind: "charge" }, "hops", "oats"] },
      ],
    });
    const { items, count } = itemPlacesOf(history);
    const names = Array.from(items.subarray(0, count), (number) => history.itemOf(number).itemId);
    expect(names).toEqual(["hops", "oats", "rye", "malt"]);
  });

  it("are made anew when documents have been cut off", () => {
    const history = aHistory({
      asOf: "2026-11-01",
      orders: [{ on: "2026-10-01", lines: ["rye"] }, { on: "2026-10-02" }],
    });
    expect(itemPlacesOf(history).count).toBe(2);
    const documents = { ...history.documents, count: 1 };
    expect(itemPlacesOf({ ...history, documents }).count).toBe(1);
  });

  it("tell goods from charges as the catalogue does, also far up", () => {
    const history = {
      itemOf: (number: number) => ({ itemId: itemIdSchema.parse(`i${number}`), isGoods: number % 3 > 0 }),
    };
    const numbers = [0, 1, 2, 3, 70_000, 4_095, 4_096, 69_999, 1, 3];
    const answers = [false, true, true, false, true, false, true, false, true, false];
    expect(numbers.map((number) => goodsOf(history).has(number))).toEqual(answers);
    expect(numbers.map((number) => goodsOf({ itemOf: history.itemOf }).has(number))).toEqual(answers);
  });

  it("find the first document after a day", () => {
    const day = Int32Array.from([3, 5, 5, 9]);
    expect([2, 3, 4, 5, 8, 9].map((after) => firstDocumentAfter({ day, count: 4 }, after))).toEqual([0, 1, 1, 3, 3, 4]);
  });
});
