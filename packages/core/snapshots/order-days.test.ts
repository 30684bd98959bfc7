import { describe, expect, it } from "vitest";
import { collectOrderDays } from "./order-days.ts";
import { type HistoryInput, aHistory } from "../testing.ts";
import { toDay } from "../platform/values.ts";

/** The order days of some orders, collected from the history's documents. */
function orderDaysOf(orders: HistoryInput["orders"]) {
  const { documents, itemOf } = aHistory({ asOf: "2026-11-22", ...(orders && { orders }) });
  const into = new Int32Array(documents.count).fill(-1);
  const count = collectOrderDays(documents, (item) => itemOf(item).isGoods, into);
  return [...into.subarray(0, count)].map(toDay);
}

describe("collectOrderDays", () => {
  it("finds none without documents", () => {
    expect(orderDaysOf([])).toEqual([]);
  });

  it("makes one event of all orders of a day, in whatever order they came", () => {
    expect(orderDaysOf([{ on: "2026-11-03" }, { on: "2026-11-01" }, { on: "2026-11-01" }])).toEqual([
      "2026-11-01",
      "2026-11-03",
    ]);
  });

  it("passes over credits, also between two orders of one day", () => {
    const orders = [
      { on: "2026-11-01", orderId: "a" },
      { on: "2026-11-01", orderId: "b", type: "credit" },
      { on: "2026-11-01", orderId: "c" },
      { on: "2026-11-02", type: "credit" },
    ] as const;
    expect(orderDaysOf(orders)).toEqual(["2026-11-01"]);
  });

  it("counts a day when its second order has goods and its first has none", () => {
    const orders = [
      { on: "2026-11-01", orderId: "a", lines: [{ itemId: "freight", kind: "charge" }] },
      { on: "2026-11-01", orderId: "b" },
    ] as const;
    expect(orderDaysOf(orders)).toEqual(["2026-11-01"]);
  });

  it("needs one goods line of more than nothing", () => {
    const orders = [
      { on: "2026-11-01", lines: [{ kind: "charge" }] },
      { on: "2026-11-02", lines: [{ quantity: 0 }] },
      { on: "2026-11-03", lines: [{ quantity: -1 }] },
      { on: "2026-11-04", lines: [] },
      { on: "2026-11-05", lines: [{ quantity: -1 }, { kind: "charge" }, { quantity: 0.001 }] },
    ] as const;
    expect(orderDaysOf(orders)).toEqual(["2026-11-05"]);
  });

  it("leaves what is behind its days as it was", () => {
    const { documents } = aHistory({ asOf: "2026-11-22", orderedOn: ["2026-11-01"] });
    const into = new Int32Array([7, 7, 7]);
    expect(collectOrderDays(documents, () => true, into)).toBe(1);
    expect([...into.subarray(1)]).toEqual([7, 7]);
  });
});

describe("a history", () => {
  it("has neither drafts nor what comes after its as-of day", () => {
    const history = aHistory({
      asOf: "2026-11-22",
      orders: [
        { on: "2026-11-22", orderId: "last" },
        { on: "2026-11-23" },
        ...["draft", "quote", "cancelled", "rejected", "deleted"].map((status) => ({ on: "2026-11-20", status })),
      ],
    });
    expect(history.documents.ids).toEqual(["last"]);
    expect(history.orderDayCount).toBe(1);
  });
});
