import { insightCatalog } from "../../insight-catalog.ts";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describe, expect, it } from "vitest";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import { addDays } from "../../../platform/period.ts";
import { type HistoryInput, type OrderInput, aHistory, daysFrom } from "../../../testing.ts";
import { evaluateKind } from "../../testing.ts";
import { day } from "../../../platform/values.ts";
import { checksHold } from "../../finding.ts";
import { lostItems } from "./index.ts";

describeFindings(lostItems);

/**
 * The worked example of docs/reference/insights.md 2.3: an order every Monday and Thursday, the item on Mondays until
 * 2026-10-19.
 */
const mondaysAndThursdays = daysFrom("2026-08-03", 250).filter((_, i) => i % 7 === 0 || i % 7 === 3);
const example = {
  orders: mondaysAndThursdays.map((on, i) => ({
    on,
    lines: i % 2 === 0 && on <= "2026-10-19" ? ["rye", "wheat"] : ["wheat"],
  })),
} satisfies Partial<HistoryInput>;

/** By the seed's words, unless the settings say otherwise. */
const on = (asOf: string, fixture: Partial<HistoryInput> = example, settings: object = {}) =>
  evaluateKind(lostItems, aHistory({ ...fixture, asOf }), { gate: "rule", ...settings });

/** The items lost on a day; `undefined` when the customer orders too rarely. */
const lostOn = (asOf: string, fixture: Partial<HistoryInput> = example, settings: object = {}) =>
  on(asOf, fixture, settings)?.map((finding) => finding.subject?.id);

function assessedOn(asOf: string, fixture: Partial<HistoryInput> = example, settings: object = {}) {
  const [finding, ...more] = on(asOf, fixture, settings) ?? [];
  if (finding === undefined || more.length > 0) throw new Error(`no single lost item on ${asOf}`);
  return finding.assessment;
}

interface Given {
  readonly rye: readonly number[];
  readonly other: readonly number[];
}

const orderOf = (itemId: string) => (daysAgo: number) => ({
  on: addDays(day("2026-11-22"), -daysAgo),
  orderId: `${itemId}-${daysAgo}`,
  lines: [itemId],
});

/** Orders given by how many days before 2026-11-22 they were, of "rye" and of something else. */
const fixture = ({ rye, other }: Given) => ({ orders: [...rye.map(orderOf("rye")), ...other.map(orderOf("wheat"))] });
const lostRye = (given: Given) => lostOn("2026-11-22", fixture(given));

describe("the worked example", () => {
  it("is lost exactly from 2026-11-05 to 2026-12-19", () => {
    const lost = daysFrom("2026-08-03", 250).filter((asOf) => lostOn(asOf)?.join() === "rye");
    expect(lost).toEqual(daysFrom("2026-11-05", 45));
    expect(lost.at(-1)).toBe("2026-12-19");
  });

  it("is since 2026-11-05 on every one of those days", () => {
    for (const asOf of daysFrom("2026-11-05", 45)) expect(assessedOn(asOf).since).toBe("2026-11-05");
  });

  it("shows every operand of its checks on 2026-11-22", () => {
    const { evidence, level, state } = assessedOn("2026-11-22");
    expect({ level, state }).toEqual({ level: "high", state: "open" });
    expect(evidence).toMatchObject({
      rule: "lost-items/2",
      itemId: "rye",
      firstOrderOn: "2026-08-03",
      lastOrderOn: "2026-10-19",
      latestOrderOn: "2026-11-19",
      windowOrders: 25,
      windowItemOrders: 8,
      itemOrders: 12,
      steps: 22,
      ordersWithout: 9,
      longestGapDays: 7,
      silentDays: 34,
      usualQuantity: 1,
    });
    expect(evidence["tail"]).toBeCloseTo(0.0062, 4);
    expect(evidence.checks).toMatchObject([
      { id: "LI1", value: 25, op: ">", threshold: 10 },
      { id: "LI2", value: 8, op: ">=", threshold: 5 },
      { id: "LI3", value: 99, op: ">", threshold: 44 },
      { id: "LI4", value: 34, op: ">", threshold: 7 },
      { id: "LI5", value: "2026-10-19", op: "<", threshold: "2026-11-19" },
      { id: "LS2", value: 12, op: ">=", threshold: 5 },
      { id: "LS3", op: "<=", threshold: 0.01 },
      { id: "LI6", value: 34, op: "<=", threshold: 180 },
    ]);
    expect(evidence["foundBy"]).toEqual(["rule", "score"]);
    expect(evidence.documents).toHaveLength(12);
    expect(evidence.documents[11]).toMatch("2026-10-19");
  });

  it("AC04 is watched while only the rule finds it, and told when the score does", () => {
    const foundOn = (asOf: string) => {
      const { level, evidence } = assessedOn(asOf);
      return [level, evidence["foundBy"]];
    };
    expect(["2026-11-05", "2026-11-15"].map(foundOn)).toEqual([
      ["watch", ["rule"]],
      ["watch", ["rule"]],
    ]);
    expect(foundOn("2026-11-16")).toEqual(["high", ["rule", "score"]]);
  });

  it("says why in numbers", () => {
    const formats = { ...formatsOf("en"), money: String, day: String, number: String };
    expect(
      explain(
        { kind: lostItems.id, evidence: assessedOn("2026-11-22").evidence },
        "Rye bread",
        insightCatalog([lostItems]),
        formats,
      ),
    ).toBe("Rye bread: not in the last 9 orders, usually in one of 2 orders; last 2026-10-19, usual quantity 1");
  });

  it("says so of an item that was in every order", () => {
    const given = fixture({ rye: [85, 80, 75, 70, 65], other: [60, 50, 40, 30, 20, 10] });
    const formats = { ...formatsOf("en"), money: String, day: String, number: String };
    expect(
      explain(
        { kind: lostItems.id, evidence: assessedOn("2026-11-22", given).evidence },
        "Rye bread",
        insightCatalog([lostItems]),
        formats,
      ),
    ).toBe("Rye bread: not in the last 6 orders, usually in every order; last 2026-09-18, usual quantity 1");
  });

  it("AC01 puts the value of the 90 days up to its last purchase at stake, times how likely it stays away", () => {
    // 12 orders of 10.00. T(9) and T(9 + 25) of docs/reference/insights.md 2.3.
    const { atStakeMinor, evidence } = assessedOn("2026-11-22");
    expect(evidence).toMatchObject({ windowNetMinor: 12_000, itemOrders: 12, steps: 22, ordersWithout: 9 });
    expect(atStakeMinor).toBe(Math.round(12_000 * 0.748_375_4));
    expect(JSON.stringify(evidence)).not.toContain("0.748");
  });
});

describe("LI1, orders in 90 days", () => {
  const rye = [85, 80, 75, 70, 65];

  it("are more than 10, counted from 89 days ago", () => {
    expect(lostRye({ rye, other: [89, 55, 45, 35, 25, 15] })).toEqual(["rye"]);
  });

  it("are not the one of 90 days ago", () => {
    expect(lostRye({ rye, other: [90, 55, 45, 35, 25, 15] })).toBeUndefined();
  });

  it("are one when two come on one day", () => {
    const twice = fixture({ rye, other: [89, 55, 45, 35, 25, 15] });
    const again: OrderInput = { on: "2026-11-07", orderId: "again" };
    expect(on("2026-11-22", { orders: [...twice.orders, again] })?.[0]?.facts).toMatchObject({ windowOrders: 11 });
  });

  it("are those of today too", () => {
    expect(lostRye({ rye, other: [89, 55, 45, 35, 25, 0] })).toEqual(["rye"]);
  });
});

describe("LI2, orders with the item in 90 days", () => {
  const other = Array.from({ length: 12 }, (_, i) => 5 + i * 5);

  it("are 5, counted from 89 days ago", () => {
    expect(lostRye({ rye: [89, 80, 75, 70, 65], other })).toEqual(["rye"]);
  });

  it("are not the one of 90 days ago", () => {
    expect(lostRye({ rye: [90, 80, 75, 70, 65], other })).toEqual([]);
  });

  it("are not lines that give the item back", () => {
    const given = fixture({ rye: [90, 80, 75, 70, 65], other });
    const back = [{ on: "2026-08-26", lines: [{ itemId: "rye", quantity: -1 }, "wheat"] }] satisfies OrderInput[];
    expect(lostOn("2026-11-22", { orders: [...given.orders, ...back] })).toEqual([]);
  });

  it("are not credits", () => {
    const given = fixture({ rye: [90, 80, 75, 70, 65], other });
    const credit = { on: "2026-08-26", type: "credit", lines: [{ itemId: "rye", quantity: 1 }] } as const;
    expect(lostOn("2026-11-22", { orders: [...given.orders, credit] })).toEqual([]);
  });
});

describe("LI3, orders without the item", () => {
  it("are not enough at 4, twice the usual 2", () => {
    expect(lostOn("2026-11-04")).toEqual([]);
  });

  it("are enough at 5", () => {
    expect(lostOn("2026-11-05")).toEqual(["rye"]);
  });

  it("are measured against the rate up to the last order with it, not against the absence", () => {
    const monthsLater = assessedOn("2026-12-19").evidence;
    expect(monthsLater).toMatchObject({ steps: 22, itemOrders: 12, ordersWithout: 17 });
  });
});

const gaps = (silentDays: number) => ({
  rye: [0, 20, 25, 30, 35].map((d) => silentDays + 35 - d),
  other: Array.from({ length: 9 }, (_, i) => silentDays - 2 - i * 2),
});

describe("LI4, days without the item", () => {
  it("are not enough when they equal its longest gap", () => {
    expect(lostRye(gaps(20))).toEqual([]);
  });

  it("are enough one day later", () => {
    expect(lostRye(gaps(21))).toEqual(["rye"]);
  });
});

describe("LI5, the latest order", () => {
  const rye = [80, 75, 70, 65, 60];
  const before = [89, 88, 87, 86, 85, 84, 83, 82, 81];

  it("is later than the last one with the item", () => {
    expect(lostRye({ rye, other: [...before, 59] })).toEqual([]);
    expect(lostRye({ rye, other: [...before, 59, 58, 57] })).toEqual(["rye"]);
  });

  it("is not another order of the same day", () => {
    expect(lostRye({ rye, other: [...before, 60] })).toEqual([]);
  });
});

describe("an item that is not missed", () => {
  it("was ordered on the live day", () => {
    expect(lostOn("2026-11-22", { ...example, orderedSince: ["rye"] })).toEqual([]);
    expect(lostOn("2026-11-22", { ...example, orderedSince: ["wheat"] })).toEqual(["rye"]);
  });

  it("was ordered again: the next absence is another episode", () => {
    const again = { orders: [...example.orders, { on: "2026-11-23", orderId: "again", lines: ["rye"] }] };
    expect(on("2026-11-22", again)).toMatchObject([{ episode: "2026-10-19" }]);
    expect(on("2026-11-23", again)).toEqual([]);
  });

  it("was discontinued", () => {
    const until = (discontinuedOn: string) => ({ ...example, items: { rye: { discontinuedOn } } });
    expect(lostOn("2026-11-22", until("2026-11-22"))).toEqual([]);
    expect(lostOn("2026-11-22", until("2026-11-23"))).toEqual(["rye"]);
  });

  it("could not be had on any day since the last purchase, up to the day itself", () => {
    const out = (outOfStockFrom: string, outOfStockTo?: string) => {
      const rye = { outOfStockFrom, ...(outOfStockTo === undefined ? {} : { outOfStockTo }) };
      return lostOn("2026-11-22", { ...example, items: { rye } });
    };
    expect(out("2026-10-20")).toEqual([]);
    expect(out("2026-10-20", "2026-11-22")).toEqual([]);
    // Available again from today, or on the first day after the last purchase.
    expect(out("2026-10-20", "2026-11-21")).toEqual(["rye"]);
    expect(out("2026-10-21")).toEqual(["rye"]);
  });

  it("has a substitute that was ordered after it", () => {
    const replaced = (bought: string) => ({
      orders: [...example.orders, { on: bought, orderId: "new", lines: ["spelt"] }],
      items: { rye: { replacedBy: "spelt" } },
    });
    expect(lostOn("2026-11-22", replaced("2026-10-20"))).toEqual([]);
    expect(lostOn("2026-11-22", replaced("2026-10-19"))).toEqual(["rye"]);
    expect(lostOn("2026-11-22", replaced("2026-11-23"))).toEqual(["rye"]);
  });

  it("is a charge", () => {
    const charged = {
      orders: example.orders.map((order) => ({
        ...order,
        lines: order.lines.map((line) => (line === "rye" ? { itemId: "rye", kind: "charge" as const } : line)),
      })),
    };
    expect(lostOn("2026-11-22", charged)).toEqual([]);
  });
});

describe("several items", () => {
  it("are found apart, each with its own evidence", () => {
    const both = {
      orders: example.orders.map((order) => ({
        ...order,
        lines: order.lines.flatMap((line) => (line === "rye" ? ["rye", "oats"] : [line])),
      })),
    };
    expect(lostOn("2026-11-22", both)).toEqual(expect.arrayContaining(["rye", "oats"]));
  });
});

describe("quantities and value", () => {
  const withLines = (lines: OrderInput["lines"]) => ({
    orders: example.orders.map((order) => (order.lines.includes("rye") ? { ...order, lines: lines ?? [] } : order)),
  });

  it("are added up over a day's lines", () => {
    const lines = [
      { itemId: "rye", quantity: 2, netMinor: 500 },
      { itemId: "rye", quantity: 1.5, netMinor: 250 },
      "wheat",
    ];
    expect(assessedOn("2026-11-22", withLines(lines)).evidence).toMatchObject({
      usualQuantity: 3.5,
      windowNetMinor: 12 * 750,
      itemOrders: 12,
    });
  });

  it("leave out what has no rate", () => {
    const lines = [{ itemId: "rye", netMinor: undefined }, "wheat"];
    expect(assessedOn("2026-11-22", withLines(lines))).toMatchObject({ atStakeMinor: 0 });
  });
});

describe("the score as the gate", () => {
  const byScore = { gate: "score" };

  it("finds what is rarer than five times in 90 days, once its own rate gives such an absence a probability of 1 % at most", () => {
    // Every fourth order until 120 days ago: at most two in 90 days, so the seed's rule never holds.
    const every = Array.from({ length: 75 }, (_, i) => 4 * (i + 1));
    const rye = every.filter((daysAgo, i) => i % 4 === 0 && daysAgo >= 120);
    const given = fixture({ rye, other: every });
    const lost = (asOf: string, settings: object) => lostOn(asOf, given, settings) ?? [];
    const days = daysFrom("2026-06-01", 175);
    expect(days.filter((asOf) => lost(asOf, {}).length > 0)).toEqual([]);
    expect(days.filter((asOf) => lost(asOf, { gate: "both" }).length > 0)).toEqual(
      days.filter((asOf) => lost(asOf, byScore).length > 0),
    );
    const found = days.filter((asOf) => lost(asOf, byScore).length > 0);
    expect(found.at(-1)).toBe("2026-11-22");
    const { evidence, level, atStakeMinor } = assessedOn("2026-11-22", given, byScore);
    expect([level, evidence.rule]).toEqual(["high", "lost-items/2"]);
    expect(evidence.checks.map(({ id }) => id)).toEqual(["LI1", "LS2", "LS3", "LI6"]);
    expect(checksHold(evidence)).toBe(true);
    expect(assessedOn("2026-11-22", given, byScore).since).toBe(found[0]);
    expect(evidence["foundBy"]).toEqual(["score"]);
    // The value of the 90 days up to the last purchase: orders of 120, 136, 152, 168, 184 and 200 days ago.
    expect(evidence["windowNetMinor"]).toBe(6_000);
    expect(atStakeMinor).toBeLessThan(6_000);
  });

  it("holds from 1 % on: in the worked example with the eighth order without it, eleven days after the seed's rule", () => {
    const lost = daysFrom("2026-10-20", 60).filter((asOf) => lostOn(asOf, example, byScore)?.join() === "rye");
    expect(lost[0]).toBe("2026-11-16");
    expect(assessedOn("2026-11-22", example, byScore).evidence["tail"]).toBeCloseTo(0.0062, 4);
    expect(assessedOn("2026-11-22").evidence["tail"]).toBeCloseTo(0.0062, 4);
  });

  it("gives an item up after 180 days", () => {
    const lost = (asOf: string) => lostOn(asOf, example, { ...byScore, moreThanOrders: 1 });
    expect(addDays(day("2026-10-19"), 180)).toBe("2027-04-17");
    expect([lost("2027-04-17"), lost("2027-04-18")]).toEqual([["rye"], []]);
  });
});

describe("both gates", () => {
  it("AC04 list what the rule or the score finds, and say which; each alone lists its own", () => {
    const days = daysFrom("2026-10-20", 60);
    const found = (settings: object) => days.filter((asOf) => lostOn(asOf, example, settings)?.join() === "rye");
    expect(found({ gate: "both" })).toEqual(days.filter((asOf) => asOf >= "2026-11-05"));
    expect(found({ gate: "score" })).toEqual(days.filter((asOf) => asOf >= "2026-11-16"));
    expect(found({ gate: "rule" })).toEqual(days.filter((asOf) => asOf >= "2026-11-05"));
    expect(evaluateKind(lostItems, aHistory({ ...example, asOf: "2026-12-25" }))?.[0]?.facts).toMatchObject({
      foundBy: ["score"],
      since: "2026-11-05",
    });
  });
});

describe("settings", () => {
  it("move the bounds", () => {
    expect(lostOn("2026-11-22", example, { moreThanOrders: 24 })).toEqual(["rye"]);
    expect(lostOn("2026-11-22", example, { moreThanOrders: 25 })).toBeUndefined();
    expect(lostOn("2026-11-22", example, { minItemOrders: 8 })).toEqual(["rye"]);
    expect(lostOn("2026-11-22", example, { minItemOrders: 9 })).toEqual([]);
  });

  it("outside their bounds, or of no such name, are refused", () => {
    expect(() => lostItems.configure({ lookbackDays: 90 })).toThrow("lookbackDays");
    expect(() => lostItems.configure({ lookBackDays: 100 })).toThrow("lookBackDays");
    expect(lostItems.faultsOf({ gate: "guess" })).toEqual([expect.stringContaining("gate: ")]);
    expect(lostItems.faultsOf({ gate: "score" })).toEqual([]);
  });
});
