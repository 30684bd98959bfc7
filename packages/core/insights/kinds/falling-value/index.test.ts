import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import { BooksCollector, type Books } from "../../../code-red/books.ts";
import { addDays } from "../../../platform/period.ts";
import { type Day, day } from "../../../platform/values.ts";
import { type HistoryInput, type OrderInput, aHistory } from "../../../testing.ts";
import { evaluateKind, measuresOfGap } from "../../testing.ts";
import { checksHold } from "../../finding.ts";
import { insightCatalog } from "../../insight-catalog.ts";
import type { TenantMeasures } from "../../tenant-measures.ts";
import { fallingValue } from "./index.ts";

const ASOF = "2026-11-15";

/** Orders every seven days from one day to another, each of this value. */
function weekly(from: string, to: string, netMinor: number, every = 7): OrderInput[] {
  const orders: OrderInput[] = [];
  for (let on = day(from); on <= day(to); on = addDays(on, every))
    orders.push({ on, orderId: `order-${on}`, lines: [{ netMinor }] });
  return orders;
}

/** 100.00 a week, from August 2026 on another value. */
const fallen = (netMinor: number, every = 7): OrderInput[] => [
  ...weekly("2025-08-04", "2026-07-31", 10_000),
  ...weekly("2026-08-03", ASOF, netMinor, every),
];
const steady = weekly("2025-08-04", ASOF, 10_000);

/** The books of customers up to the end of October 2026. */
function booksOf(customers: readonly (readonly OrderInput[])[], on = "2026-10-31"): Books {
  const collector = new BooksCollector(day(on));
  for (const orders of customers) collector.add(aHistory({ orders, asOf: on }));
  return collector.books();
}

const measuresWith = (books: TenantMeasures["books"]): TenantMeasures => ({ ...measuresOfGap(day(ASOF), 7), books });

function found(orders: readonly OrderInput[], books: Books, given: Partial<HistoryInput> = {}, codeRed: object = {}) {
  const history = aHistory({ orders, asOf: ASOF, ...given });
  const kind = fallingValue.configure({}, codeRed);
  const asOf = day(given.asOf ?? ASOF);
  const measures = measuresWith(JSON.parse(JSON.stringify(books)));
  const context = { asOf, currency: history.currency, closures: history.closures, measures };
  return kind.detect(history, asOf)?.map(({ facts, episode }) => ({ episode, ...kind.assess(facts, context) }));
}

const market = [steady, steady, steady, steady, steady, steady, steady, steady, steady];
const formats = { ...formatsOf("en"), money: (units: number) => `€${units / 100}`, day: String, number: String };
const words = (evidence: Parameters<typeof explain>[0]["evidence"]) =>
  explain({ kind: fallingValue.id, evidence }, "", insightCatalog([fallingValue]), formats);

describe("a customer who orders 50.00 a week instead of 100.00 for three months", () => {
  const half = fallen(5000);
  const [one] = found(half, booksOf([...market, half])) ?? [];

  it("CR01, CR02: is found with what was lost, and told at once beyond the market", () => {
    expect(one).toMatchObject({ level: "high", state: "open", since: "2026-09-30", episode: "2026-09-30" });
    expect(one?.evidence).toMatchObject({
      rule: "falling-value/1",
      lastMonth: "2026-10",
      months: 3,
      previousMinor: 130_000,
      currentMinor: 65_000,
      lostMinor: 65_000,
    });
  });

  it("AC02: puts the money lost beyond the market at stake", () => {
    // The book kept 1,300,000 - 65,000 of 1,300,000: .95; 130,000 times .95 less 65,000.
    expect(one?.evidence["book"]).toMatchObject({
      customers: 10,
      current: { salesMinor: 1_235_000 },
      previous: { salesMinor: 1_300_000 },
    });
    expect(one?.atStakeMinor).toBe(58_500);
    expect(one?.evidence["lostBeyondMarketMinor"]).toBe(58_500);
  });

  it("BX01: shows the t-test, causes that add up to the cent, and its documents", () => {
    const evidence = one?.evidence;
    if (evidence === undefined) throw new Error("nothing found");
    expect(checksHold(evidence)).toBe(true);
    expect(evidence.checks.map(({ id }) => id)).toEqual(["FV1", "FV2", "FV3", "FV4", "FV5"]);
    const causes = evidence["causes"] as Readonly<Record<string, number>>;
    expect(Object.values(causes).reduce((total, part) => total + part, 0)).toBe(65_000);
    expect(Math.max(...Object.values(causes))).toBe(causes["orderValue"]);
    expect(evidence.documents).toHaveLength(20);
    expect(evidence.documents.at(-1)).toBe("order-2026-10-26");
    // t by hand: mean and variance of the 12 months before the last three.
    const months = evidence["monthValues"] as readonly number[];
    const before = months.slice(3, 15);
    const mean = before.reduce((a, b) => a + b) / before.length;
    const variance = before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (before.length - 1);
    const current = (months[0] ?? 0) + (months[1] ?? 0) + (months[2] ?? 0);
    const t = (mean - current / 3) / Math.sqrt(variance * (1 / 3 + 1 / before.length));
    expect(evidence["t"]).toBeCloseTo(t, 9);
  });

  it("says why in numbers that add up", () => {
    expect(words(one?.evidence ?? { rule: "", checks: [], documents: [] })).toBe(
      "down €650 in the last 3 months: €585 from smaller orders, €45.3 with the market, €19.7 from fewer working days",
    );
  });

  it("BX02: is the same each time it is asked", () => {
    const again = found(half, booksOf([...market, half]));
    expect(JSON.stringify(again)).toBe(JSON.stringify(found(half, booksOf([...market, half]))));
  });
});

describe("the market", () => {
  const fell = (share: number) => fallen(10_000 * share);

  it("explains a fall of everybody: only who fell further is told", () => {
    const books = booksOf([...Array.from({ length: 20 }, () => fell(0.4)), fell(0.05)]);
    expect(found(fell(0.4), books)?.[0]).toMatchObject({ level: "watch" });
    expect(found(fell(0.05), books)?.[0]).toMatchObject({ level: "high" });
  });

  it("is not known without a book: nobody is told, and the evidence says so", () => {
    const [one] = found(fell(0.05), {}) ?? [];
    expect(one).toMatchObject({ level: "watch", evidence: { book: null, keptShare: null } });
    expect(one?.evidence["bookRule"]).toBe(
      "how all customers together changed is not known for this month, so nobody is told",
    );
  });

  it("is that of the months that are compared: with closing days, of the month before", () => {
    const books = booksOf([...market, fallen(5000)], "2026-10-31");
    const early = found(fallen(5000), books, { asOf: "2026-11-03" }, { closeDays: 5 });
    expect(early?.[0]).toMatchObject({ level: "high", evidence: { lastMonth: "2026-09" } });
    const later = found(fallen(5000), books, { asOf: "2026-11-05" }, { closeDays: 5 });
    expect(later?.[0]).toMatchObject({ level: "high", evidence: { lastMonth: "2026-10" } });
  });

  it("has a book of each basis and way of comparing", () => {
    expect(Object.keys(booksOf([steady])).toSorted()).toEqual([
      "invoice seasonal 2026-09",
      "invoice seasonal 2026-10",
      "invoice standard 2026-09",
      "invoice standard 2026-10",
      "order seasonal 2026-09",
      "order seasonal 2026-10",
      "order standard 2026-09",
      "order standard 2026-10",
    ]);
  });
});

describe("a customer", () => {
  const books = booksOf([...market, fallen(5000)]);

  it("without enough history is not eligible", () => {
    expect(found(weekly("2026-08-03", ASOF, 10_000), books)).toBeUndefined();
    expect(found([], books)).toBeUndefined();
  });

  it("who orders as always is not found", () => {
    expect(found(steady, books)).toEqual([]);
  });

  it("is found by the tenant's own percent", () => {
    expect(found(fallen(7500), books, {}, { percent: 20 })).toHaveLength(1);
    expect(found(fallen(7500), books, {}, { percent: 60 })).toEqual([]);
  });

  it("who is closed for whole months is not missed, unless the same months are compared", () => {
    const closed = { closures: [{ from: "2026-08-01", to: "2026-10-31" }] };
    const gone = weekly("2025-08-04", "2026-07-31", 10_000);
    expect(found(gone, books, closed)).toEqual([]);
    expect(found(gone, books)).toHaveLength(1);
  });
});

it("shares the tenant's settings, and has only a follow-up text of its own", () => {
  expect(fallingValue.settingsId).toBe("codeRed");
  expect(fallingValue.faultsOf({ percent: 30 })).toEqual([expect.stringContaining("percent")]);
  expect(() => fallingValue.configure({}, { percent: 101 })).toThrow("percent");
  expect(evaluateKind(fallingValue, aHistory({ orders: fallen(5000), asOf: ASOF }))).toHaveLength(1);
});

/** Customers with a steady rhythm who fall at a point of the last eight months. */
const fallers = fc
  .record({
    every: fc.integer({ min: 8, max: 15 }),
    value: fc.integer({ min: 1000, max: 20_000 }),
    share: fc.integer({ min: 5, max: 60 }),
    monthsAgo: fc.integer({ min: 3, max: 8 }),
    credits: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2 }),
  })
  .map(({ every, value, share, monthsAgo, credits }) => {
    const fell: Day = addDays(day("2026-11-22"), -30 * monthsAgo);
    const orders = weekly("2025-06-02", "2026-11-22", value, every).map((order) =>
      order.on < fell ? order : { ...order, lines: [{ netMinor: Math.round((value * share) / 100) }] },
    );
    return {
      orders: [
        ...orders,
        ...credits.map((days, i) => ({
          on: addDays(day("2026-11-22"), -days),
          orderId: `credit-${i}`,
          type: "credit" as const,
        })),
      ],
    };
  });

describeFindings(fallingValue, fallers);
