import { insightCatalog } from "../../insight-catalog.ts";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describe, expect, it } from "vitest";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import * as z from "zod";
import { type HistoryInput, aCustomer, aHistory, daysFrom } from "../../../testing.ts";
import { evaluateKind, measuresOfGap } from "../../testing.ts";
import { addDays } from "../../../platform/period.ts";
import { day } from "../../../platform/values.ts";
import { churnRisk } from "./index.ts";

describeFindings(churnRisk);

/** The worked example of docs/reference/insights.md 2.2: gaps of 14, 16, 13, 20 and 7 days. */
const example = {
  orderedOn: ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"],
} as const;

/** At a tenant whose customers order every 20 days. */
const on = (asOf: string, fixture: Partial<HistoryInput> = example, settings: unknown = {}) =>
  evaluateKind(churnRisk, aHistory({ ...fixture, asOf }), settings, measuresOfGap(day(asOf), 20));

/** One finding's assessment; throws when there is not exactly one. */
function assessedOn(asOf: string, fixture: Partial<HistoryInput> = example, settings: unknown = {}) {
  const [finding, ...more] = on(asOf, fixture, settings) ?? [];
  if (finding === undefined || more.length > 0) throw new Error(`no single churn risk on ${asOf}`);
  return finding.assessment;
}

describe("the worked example", () => {
  it("does not apply before the tenure of 3 months is reached on 2026-09-01", () => {
    for (const asOf of daysFrom("2026-08-10", 22)) expect(on(asOf)).toBeUndefined();
    expect(on("2026-09-01")).toHaveLength(1);
  });

  it("is a risk on every day from 2026-09-01", () => {
    for (const asOf of daysFrom("2026-09-01", 400)) expect(assessedOn(asOf).since).toBe("2026-09-01");
  });

  it("BX03 is watched until 2026-09-17, medium from 09-18 and high from 09-25", () => {
    const levels = daysFrom("2026-09-01", 60).map((asOf) => [asOf, assessedOn(asOf).level]);
    expect(levels).toEqual([
      ...daysFrom("2026-09-01", 17).map((asOf) => [asOf, "watch"]),
      ...daysFrom("2026-09-18", 7).map((asOf) => [asOf, "medium"]),
      ...daysFrom("2026-09-25", 36).map((asOf) => [asOf, "high"]),
    ]);
  });

  it("shows every operand of its checks", () => {
    const { evidence } = assessedOn("2026-09-01");
    expect(evidence).toMatchObject({
      rule: "churn-risk/2",
      orderCount: 6,
      firstOrderOn: "2026-06-01",
      lastOrderOn: "2026-08-10",
      meanGapDays: 14,
      gapVariance: 22.5,
      previousGapDays: 7,
      longestGapDays: 20,
      medianGapDays: 14,
      silentDays: 22,
      baselineDays: 7,
      documents: ["order-2026-08-10-5"],
    });
    expect(evidence).toMatchObject({
      G: 20,
      H: 42,
      q: expect.closeTo(0.197_085_38, 8),
      q90: expect.closeTo(0.144_763_11, 8),
      meanGapOfMonth: "2026-09",
    });
    expect(evidence.checks).toMatchObject([
      { id: "CH1", value: "2026-09-01", op: "<=", threshold: "2026-09-01" },
      { id: "CH2", value: 6, op: ">=", threshold: 5 },
      { id: "CH3", value: 22, op: ">", threshold: 7 },
    ]);
  });

  it("says why in numbers", () => {
    const formats = { ...formatsOf("en"), money: String, day: String, number: String };
    expect(
      explain(
        { kind: churnRisk.id, evidence: assessedOn("2026-09-01").evidence },
        "",
        insightCatalog([churnRisk]),
        formats,
      ),
    ).toBe(
      "silent 22 days, usually every 14; last order 2026-08-10; of customers with such a rhythm and silence about 20 % order nothing in the next 42 days",
    );
  });
});

/** Eleven orders 10 days apart, the last one `silentDays` ago. */
const everyTenDays = (silentDays: number) =>
  aCustomer({ orderedDaysAgo: Array.from({ length: 11 }, (_, i) => silentDays + i * 10) });

describe("the silence", () => {
  it("is no risk while it equals the previous gap", () => {
    expect(evaluateKind(churnRisk, everyTenDays(10))).toEqual([]);
  });

  it("is a risk one day later", () => {
    expect(evaluateKind(churnRisk, everyTenDays(11))).toHaveLength(1);
  });

  it("ends with an order of the live day, whatever it holds", () => {
    const history = everyTenDays(30);
    expect(evaluateKind(churnRisk, history)).toHaveLength(1);
    expect(evaluateKind(churnRisk, { ...history, orderedSince: new Set([0]) })).toEqual([]);
  });

  it("is not broken by a credit or by a charge", () => {
    const orders = [
      { on: "2026-08-20", type: "credit" },
      { on: "2026-08-21", lines: [{ kind: "charge", itemId: "freight" }] },
    ] as const;
    expect(assessedOn("2026-09-01", { ...example, orders }).evidence["silentDays"]).toBe(22);
  });

  it("begins anew with every order: another episode", () => {
    const again = { orderedOn: [...example.orderedOn, "2026-09-10"] };
    expect(on("2026-09-09", again)).toMatchObject([{ episode: "2026-08-10" }]);
    expect(on("2026-09-10", again)).toEqual([]);
    expect(on("2026-11-01", again)).toMatchObject([{ episode: "2026-09-10", assessment: { since: "2026-10-12" } }]);
  });
});

describe("the orders", () => {
  const five = [150, 120, 90, 60, 45];

  it("are enough when they are five", () => {
    expect(evaluateKind(churnRisk, aCustomer({ orderedDaysAgo: five }))).toHaveLength(1);
  });

  it("are too few when they are four", () => {
    expect(evaluateKind(churnRisk, aCustomer({ orderedDaysAgo: five.slice(1) }))).toBeUndefined();
    expect(evaluateKind(churnRisk, aCustomer({ orderedDaysAgo: five.slice(0, 4) }))).toBeUndefined();
  });

  it("count once when two come on one day", () => {
    expect(evaluateKind(churnRisk, aCustomer({ orderedDaysAgo: [150, 120, 90, 60, 60] }))).toBeUndefined();
  });

  it("do not count when cancelled", () => {
    const fixture = { orderedDaysAgo: five.slice(0, 4) };
    const fifth = { on: "2026-10-08", status: "confirmed" };
    expect(evaluateKind(churnRisk, aCustomer({ ...fixture, orders: [fifth] }))).toHaveLength(1);
    expect(
      evaluateKind(churnRisk, aCustomer({ ...fixture, orders: [{ ...fifth, status: "cancelled" }] })),
    ).toBeUndefined();
  });

  it("may be asked for in another number", () => {
    const history = aCustomer({ orderedDaysAgo: [150, 120, 90] });
    expect(evaluateKind(churnRisk, history, { minOrders: 3 })).toHaveLength(1);
    expect(evaluateKind(churnRisk, history, { minOrders: 4 })).toBeUndefined();
  });
});

describe("the tenure", () => {
  it("ends on the last day of a shorter month", () => {
    const fixture = { orderedOn: ["2025-11-30", "2025-12-10", "2025-12-20", "2025-12-30", "2026-01-05"] };
    expect(on("2026-02-27", fixture)).toBeUndefined();
    expect(on("2026-02-28", fixture)).toHaveLength(1);
  });

  it("may run to the last order instead", () => {
    const settings = { tenureTo: "lastOrder" };
    expect(on("2026-09-30", example, settings)).toBeUndefined();
    const longer = { orderedOn: [...example.orderedOn, "2026-08-31"] };
    expect(on("2026-10-30", longer, settings)).toBeUndefined();
    const long = { orderedOn: [...example.orderedOn, "2026-09-01"] };
    expect(assessedOn("2026-10-30", long, settings)).toMatchObject({ since: "2026-09-24" });
    expect(assessedOn("2026-10-30", long, settings).evidence.checks[0]).toMatchObject({
      value: "2026-09-01",
      threshold: "2026-09-01",
    });
  });
});

describe("the baseline", () => {
  it("may be the longest gap: 20 days are not over it, 21 are", () => {
    const settings = { baseline: "max", minMonths: 0 };
    expect(on("2026-08-30", example, settings)).toEqual([]);
    expect(assessedOn("2026-08-31", example, settings).since).toBe("2026-08-31");
    expect(assessedOn("2026-09-05", example, settings).evidence["baselineDays"]).toBe(20);
  });

  it("may be the mean gap, with its fraction", () => {
    const fixture = { orderedOn: ["2026-06-01", "2026-06-11", "2026-06-21", "2026-07-01", "2026-07-12", "2026-07-23"] };
    const settings = { baseline: "mean", minMonths: 0 };
    expect(on("2026-08-02", fixture, settings)).toEqual([]);
    expect(assessedOn("2026-08-03", fixture, settings)).toMatchObject({
      since: "2026-08-03",
      evidence: { baselineDays: 10.4, silentDays: 11 },
    });
  });

  it("may be the median gap", () => {
    const settings = { baseline: "median", minMonths: 0 };
    expect(on("2026-08-24", example, settings)).toEqual([]);
    expect(assessedOn("2026-08-25", example, settings).since).toBe("2026-08-25");
  });
});

describe("closures", () => {
  it("are taken off the silence", () => {
    const closures = [{ from: "2026-08-11", to: "2026-08-25" }];
    const fixture = { ...example, closures };
    expect(on("2026-09-01", fixture)).toEqual([]);
    expect(assessedOn("2026-09-02", fixture)).toMatchObject({ since: "2026-09-02", evidence: { silentDays: 8 } });
  });

  it("are taken off the gaps, of which none is under a day", () => {
    const closures = [{ from: "2026-07-15", to: "2026-08-03" }];
    const { evidence } = assessedOn("2026-09-01", { ...example, closures });
    expect(evidence).toMatchObject({ longestGapDays: 16, previousGapDays: 7, medianGapDays: 13, meanGapDays: 10.2 });
  });

  it("keep a seasonal customer quiet all winter", () => {
    const weekly = Array.from({ length: 20 }, (_, i) => addDays(day("2026-05-01"), i * 7));
    const fixture = { orderedOn: weekly, closures: [{ from: "10-01", to: "04-30" }] };
    expect(weekly.at(-1)).toBe("2026-09-11");
    expect(assessedOn("2026-09-30", fixture)).toMatchObject({ since: "2026-09-19", evidence: { silentDays: 19 } });
    expect(assessedOn("2027-04-30", fixture)).toMatchObject({ since: "2026-09-19", evidence: { silentDays: 19 } });
    expect(assessedOn("2027-05-01", fixture).evidence["silentDays"]).toBe(20);
  });

  it("move the day on which the risk began to the first open one", () => {
    const fixture = { ...example, closures: [{ from: "2026-08-18", to: "2026-09-20" }] };
    expect(on("2026-09-20", fixture)).toEqual([]);
    expect(assessedOn("2026-09-21", fixture).since).toBe("2026-09-21");
    expect(assessedOn("2026-10-05", fixture).since).toBe("2026-09-21");
  });
});

describe("a lapsed customer", () => {
  it("is one silent for more than 180 days", () => {
    expect(assessedOn("2027-02-06")).toMatchObject({ state: "open", evidence: { silentDays: 180 } });
    expect(assessedOn("2027-02-07")).toMatchObject({ state: "lapsed", evidence: { silentDays: 181 } });
  });

  it("is one silent for more than six of their median gaps when those are long", () => {
    const orderedOn = ["2025-01-01", "2025-03-02", "2025-05-01", "2025-06-30", "2025-08-29"];
    expect(assessedOn("2026-08-24", { orderedOn })).toMatchObject({
      state: "open",
      evidence: { lapsedAfterDays: 360 },
    });
    expect(assessedOn("2026-08-25", { orderedOn })).toMatchObject({ state: "lapsed", evidence: { silentDays: 361 } });
  });
});

describe("the money at stake", () => {
  it("AC01 is three months of the last year's goods, times the chance that 90 days stay empty", () => {
    // 6 orders of 10.00 in 71 days: 6000 / (71 / (365 / 12)) a month.
    const { atStakeMinor, evidence } = assessedOn("2026-09-01");
    expect(evidence).toMatchObject({ yearNetMinor: 6_000, yearDays: 71, monthlyMinor: 2_570 });
    expect(atStakeMinor).toBe(Math.round(3 * (6_000 / (71 / (365 / 12))) * 0.144_763_11));
  });

  it("counts returns, and neither freight nor what came before the year", () => {
    const orders = [
      { on: "2025-08-10", lines: [{ netMinor: 777 }] },
      { on: "2025-08-11", lines: [{ netMinor: 50_000 }] },
      { on: "2026-08-03", type: "credit", lines: [{ quantity: -1, netMinor: -400 }] },
      { on: "2026-08-10", lines: [{ netMinor: 0 }, { kind: "charge", itemId: "freight", netMinor: 9_000 }] },
    ] as const;
    const { evidence } = assessedOn("2026-09-01", { ...example, orders });
    expect(evidence).toMatchObject({ yearNetMinor: 6_000 + 50_000 - 400, yearDays: 365, documentsWithoutValue: 0 });
  });

  it("names orders without a rate instead of taking them for nothing", () => {
    const orders = [{ on: "2026-07-14", currency: "ISK", lines: [{ netMinor: undefined }] }];
    const { evidence } = assessedOn("2026-09-01", { ...example, orders });
    expect(evidence).toMatchObject({ yearNetMinor: 6_000, documentsWithoutValue: 1 });
  });

  it("is never less than nothing", () => {
    const orders = [{ on: "2026-08-10", type: "credit", lines: [{ quantity: -9, netMinor: -99_000 }] }] as const;
    expect(assessedOn("2026-09-01", { ...example, orders }).atStakeMinor).toBe(0);
  });

  it("BX05 sorts the risks, whatever their level; with the same money the likelier first", () => {
    const small = assessedOn("2026-09-25");
    const orders = [{ on: "2026-07-14", lines: [{ netMinor: 50_000 }] }];
    const large = assessedOn("2026-09-25", { ...example, orders });
    const watched = assessedOn("2026-09-17", { ...example, orders });
    expect(watched.level).toBe("watch");
    expect(watched.atStakeMinor).toBeGreaterThan(small.atStakeMinor);
    expect([small.rank, large.rank, watched.rank].map(([key]) => key?.toFixed(4))).toEqual([
      "-0.5042",
      "-0.5042",
      "-0.3863",
    ]);
  });
});

describe("the facts", () => {
  it("stay the same from day to day until something happens", () => {
    const [first] = on("2026-09-01") ?? [];
    for (const asOf of daysFrom("2026-09-02", 200)) expect(on(asOf)).toMatchObject([{ facts: first?.facts }]);
  });

  it("of an earlier nightly run give on a later day what a new run would find", () => {
    const [first] = on("2026-09-01") ?? [];
    const kind = churnRisk.configure({});
    for (const asOf of daysFrom("2026-09-02", 200)) {
      const history = aHistory({ ...example, asOf });
      const { currency, closures } = history;
      const reread = kind.assess(first?.facts, { asOf, currency, closures, measures: measuresOfGap(asOf, 20) });
      expect(reread).toEqual(assessedOn(asOf));
    }
  });

  it("that were stored before recent gaps were known are read as even gaps", () => {
    const [found] = on("2026-09-01") ?? [];
    const { recentGaps: _recent, ...old } = z.looseObject({ recentGaps: z.unknown() }).parse(found?.facts);
    const { currency, closures } = aHistory({ ...example, asOf: "2026-09-01" });
    const { evidence } = churnRisk.configure({}).assess(old, { asOf: day("2026-09-01"), currency, closures });
    expect([evidence["n"], evidence["s"]]).toEqual([expect.closeTo(4.021667, 6), expect.closeTo(14 * 4.021667, 4)]);
  });

  it("name the last order's documents, whatever came back since", () => {
    const orders = [{ on: "2026-08-20", type: "credit" }] as const;
    expect(assessedOn("2026-09-01", { ...example, orders }).evidence.documents).toEqual(["order-2026-08-10-5"]);
  });

  it("name at most 20 documents of the last day", () => {
    const orders = Array.from({ length: 30 }, (_, i) => ({ on: "2026-08-10", orderId: `last-${i}` }));
    expect(assessedOn("2026-09-01", { ...example, orders }).evidence.documents).toHaveLength(20);
  });
});

describe("settings", () => {
  it("outside their bounds are refused", () => {
    expect(() => churnRisk.configure({ minOrders: 2 })).toThrow("minOrders");
    expect(() => churnRisk.configure({ baseline: "guess" })).toThrow("baseline");
  });
});
