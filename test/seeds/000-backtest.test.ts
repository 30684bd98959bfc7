import { threeKinds } from "../fixtures/three-kinds.ts";
import { type CustomerLog, logOf } from "@regulars/core/backtests/customer-log";
import { generateLogs, usualGenerator } from "@regulars/core/backtests/generator";
import { type BacktestReport, runBacktest, spanOf } from "@regulars/core/backtests/run";
import { aHistory } from "@regulars/core/testing";
import { memoByKey } from "@regulars/core/platform/memo";
import { backtest, backtestMadeUp } from "@regulars/flows/backtests/backtest";
import { customerIdSchema, dayNumber, toDay, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type Closure, openDayCounter } from "@regulars/core/platform/closure";
import { RHYTHM } from "../fixtures/insight-nights.ts";
import { anInsightTenant } from "../fixtures/insight-tenant.ts";

/** Row BX21: precision and recall of the rules, on synthetic customers with known outcomes. */

const OPTIONS = { horizonDays: 90, seed: 1, resamples: 200 };
const quiet = { read: () => undefined, tried: () => undefined };

async function madeAnew(seed: number): Promise<BacktestReport> {
  const done = await backtestMadeUp(threeKinds, 400, { ...OPTIONS, seed }, quiet);
  if (!done.ok) throw new Error(done.message);
  return done.value;
}

/** The report of a seed, made once for all tests that read it. */
const madeUp = memoByKey(madeAnew);

function scoreOf({ kinds }: BacktestReport, kind: string, rule: string) {
  const score = kinds.find((one) => one.kind === kind)?.rules.find((one) => one.rule === rule);
  const { precision, recall, f1 } = score ?? {};
  if (!precision || !recall || !f1) throw new Error(`${kind} ${rule} has no score`);
  return { precision, recall, f1 };
}

describe("made-up customers", () => {
  it.each([1, 2, 3])(
    "BX21 churn at high is 5 times as precise as the seed's words, at 2 points of recall or less (seed %i)",
    async (seed) => {
      const report = await madeUp(seed);
      const high = scoreOf(report, "churn-risk", "high");
      const literal = scoreOf(report, "churn-risk", "literal");
      expect(high.precision.value).toBeGreaterThanOrEqual(5 * literal.precision.value);
      expect(high.recall.value).toBeGreaterThanOrEqual(literal.recall.value - 0.02);
      expect(high.precision.low).toBeGreaterThan(literal.precision.high);
    },
  );

  it.each([1, 2, 3])(
    "BX21 the lost items' score has twice the F1 of the seed's rule (random seed %i)",
    async (seed) => {
      const report = await madeUp(seed);
      const literal = scoreOf(report, "lost-items", "literal");
      const high = scoreOf(report, "lost-items", "high");
      expect(high.f1.value).toBeGreaterThanOrEqual(2 * literal.f1.value);
      expect(high.precision.value).toBeGreaterThan(2 * literal.precision.value);
    },
  );

  it("BX21 give the same report for the same random seed, and another for another", async () => {
    const report = JSON.stringify(await madeUp(1));
    expect(JSON.stringify(await madeAnew(1))).toBe(report);
    expect(JSON.stringify(await madeUp(2))).not.toBe(report);
  });

  it("BX21 are compared with fixed silences and RFM too, with confidence intervals for every figure", async () => {
    const [churn] = (await madeUp(1)).kinds;
    expect(churn?.rules.map(({ rule }) => rule)).toEqual([
      "high",
      "medium",
      "literal",
      "hiatus-30",
      "hiatus-60",
      "hiatus-90",
      "longest-2",
      "gamma-99",
      "mbg-nbd",
      "rfm",
    ]);
    for (const { precision, recall, f1, medianLeadDays, alertsPer100 } of churn?.rules ?? []) {
      for (const estimate of [precision, recall, f1]) {
        expect(estimate?.low).toBeLessThanOrEqual(estimate?.value ?? -1);
        expect(estimate?.high).toBeGreaterThanOrEqual(estimate?.value ?? 2);
      }
      expect([typeof medianLeadDays, typeof alertsPer100]).toEqual(["number", "number"]);
    }
  });

  it("AC03 are told apart better than by any rule compared, at an equal number of alerts and of calls", async () => {
    const [churn] = (await madeUp(1)).kinds;
    const high = churn?.rules.find(({ rule }) => rule === "high");
    for (const { atEqualNumber } of churn?.rules ?? [])
      expect(high?.precision?.value).toBeGreaterThanOrEqual(atEqualNumber?.precision?.value ?? 0);
    const [ours, ...others] = churn?.ranking?.rankings ?? [];
    expect(others.map(({ ranking }) => ranking)).toEqual(["days", "previous", "longest", "rfm", "gamma", "mbg-nbd"]);
    for (const other of others) {
      expect(ours?.lostMinor?.value).toBeGreaterThanOrEqual(other.lostMinor?.value ?? Infinity);
      expect(other.calls).toBe(ours?.calls);
    }
    // Made-up gaps are drawn from gamma curves: there such a curve is as good.
    for (const { averagePrecision } of others.filter(({ ranking }) => ranking !== "gamma"))
      expect(ours?.averagePrecision?.value).toBeGreaterThan(averagePrecision?.value ?? 1);
    expect(churn?.headline?.says).toBe(
      "Of the 74 customers it would have told you about from 2025-06-16 to 2026-06-15, 61 had left; the list of longest silence would have had 61.",
    );
    expect(churn?.simpler).toEqual([
      "A compared rule is better here: “Silent for 90 days” in precision, finding no less, 88 % instead of 62 %, but on day 91 instead of day 63.",
      "Better here by no more than chance explains: “Rarest by a gamma curve of its gaps” in average precision, 0.86 instead of 0.85.",
    ]);
  });

  it("AC01 get chances and sums that come true: ten bins, money stated against money lost, what ended well", async () => {
    const { calibration } = (await madeUp(1)).kinds[0] ?? {};
    expect(calibration?.bins).toHaveLength(10);
    expect(calibration?.bins.reduce((total, { statements }) => total + statements, 0)).toBeGreaterThan(5_000);
    expect(calibration?.error).toBeLessThanOrEqual(0.1);
    expect(calibration?.statedByLost).toBeGreaterThan(0.5);
    expect(calibration?.statedByLost).toBeLessThan(2);
    expect(calibration?.ended.high).toBeLessThan(0.01);
    // Where the lists said `high`, more than half ordered nothing.
    expect(calibration?.levels[0]).toMatchObject({ level: "high", statements: 1077, cameTrue: { value: 0.9508 } });
    expect(calibration?.intervals.error?.high).toBeLessThan(0.1);
    // Chances that are off where there is enough to tell are named with their figures, and stay as they are.
    expect(calibration?.notes).toEqual([
      "Where about 65 % was stated, 82 % of 82 ordered nothing: on these orders read it as that.",
      "Where about 75 % was stated, 94 % of 86 ordered nothing: on these orders read it as that.",
    ]);
  });

  it("BX21 stop ordering, and drop items, at the day set for them, and not before", () => {
    const logs = generateLogs(usualGenerator(1));
    const leavers = logs.filter(({ source }) => source?.leftOn !== undefined);
    expect(leavers.length).toBeGreaterThan(40);
    for (const { orderDays, source } of leavers) expect(orderDays.at(-1)).toBeLessThan(source?.leftOn ?? 0);
    for (const { items, source } of logs)
      for (const [item, droppedOn] of source?.droppedOn ?? [])
        expect(items.get(item)?.at(-1) ?? 0).toBeLessThan(droppedOn);
  });
});

describe("one customer's past", () => {
  /** The orders of docs/reference/insights.md 2.2, and none after them until `to`. */
  const reportUntil = (to: number, orders: readonly string[] = RHYTHM, closures: readonly Closure[] = []) => {
    const log = logOf(aHistory({ asOf: "2027-12-31", orderedOn: orders, closures }));
    const span = spanOf([log], 90);
    if (span === undefined) throw new Error("there is no span");
    return runBacktest(
      threeKinds.backtests,
      [log],
      { ...span, to: (log.orderDays.at(-1) ?? 0) + to },
      { seed: 1, resamples: 20 },
    );
  };
  const alertsOf = (report: BacktestReport) =>
    Object.fromEntries(
      (report.kinds[0]?.rules ?? []).map(({ rule, alerts, hits, medianLeadDays }) => [
        rule,
        [alerts, hits, medianLeadDays],
      ]),
    );

  it("BX21 is assessed for all rules or for none: when the last alert that counts and its horizon are known", () => {
    // Alerts count up to day 120, and three usual gaps are 42 days.
    const before = reportUntil(161);
    expect([before.kinds[0]?.truths, Object.values(alertsOf(before)).flat()]).toEqual([
      0,
      Array.from({ length: 10 }, () => [0, 0, null]).flat(),
    ]);
    const known = reportUntil(162);
    expect(known.kinds[0]).toMatchObject({ truths: 1, eligibleCustomers: 1 });
    // On the first day with enough history, after 22 silent days, the seed's rule holds.
    expect(alertsOf(known)).toMatchObject({
      high: [1, 1, 162 - 44],
      medium: [1, 1, 162 - 38],
      literal: [1, 1, 162 - 22],
      "hiatus-30": [1, 1, 162 - 31],
      "hiatus-90": [1, 1, 162 - 91],
      "longest-2": [1, 1, 162 - 41],
    });
  });

  it("BX21 counts silences and gaps without closed days, as the product does", () => {
    const closed = (from: string, to: string, until: number) => alertsOf(reportUntil(until, RHYTHM, [{ from, to }]));
    // Ten closed days of the silence: it is known ten days later, and the days of each rule are open ones.
    expect(closed("2026-08-15", "2026-08-24", 171)["high"]).toEqual([0, 0, null]);
    expect(closed("2026-08-15", "2026-08-24", 172)).toMatchObject({
      high: [1, 1, 162 - 44],
      medium: [1, 1, 162 - 38],
      "hiatus-30": [1, 1, 162 - 21],
      "longest-2": [1, 1, 162 - 41],
    });
    // Ten closed days of the longest gap, which was of 20 days: the longest is then of 16, and usual ones are shorter.
    expect(closed("2026-07-20", "2026-07-29", 162)["longest-2"]).toEqual([1, 1, 120 + 39 - 33]);
  });

  it("BX21 loses nobody in a closed season, whose next order comes when it ends", () => {
    const season = [{ from: "2026-08-15", to: "2027-03-31" }];
    const back = reportUntil(172, [...RHYTHM, "2027-04-05"], season);
    expect([back.kinds[0]?.truths, alertsOf(back)["high"]?.slice(0, 2)]).toEqual([1, [1, 1]]);
    const unclosed = reportUntil(172, [...RHYTHM, "2027-04-05"]);
    expect([unclosed.kinds[0]?.truths, alertsOf(unclosed)["high"]?.slice(0, 2)]).toEqual([2, [1, 1]]);
  });

  it("BX21 counts an alert as wrong when the customer orders within the horizon", () => {
    const back = reportUntil(200, [...RHYTHM, "2026-10-20"]);
    // The second silence, after that order, is right.
    expect(alertsOf(back)["high"]?.slice(0, 2)).toEqual([2, 1]);
  });
});

describe("an item of a customer with a closed season", () => {
  it("BX21 is not lost in it: the days that it must stay away are open ones", () => {
    const from = 20_000;
    const ends = from + 200;
    // An order every 5 days, each with the item, up to a season of 120 closed days; then again.
    const orderDays = Array.from({ length: 90 }, (_, i) => from + 5 * i + (i > 40 ? 120 : 0));
    const closed = { from: toDay(ends + 1), to: toDay(ends + 120) };
    const lostOf = (openDays: CustomerLog["openDays"]) => {
      const log = { customerId: customerIdSchema.parse("a"), orderDays, netMinor: [], items: new Map(), openDays };
      // The last order before the season is the last with the item for 12 orders more.
      log.items.set(
        1,
        orderDays.filter((_, i) => i <= 39 || i > 52),
      );
      const span = { from, to: orderDays.at(-1) ?? from, horizonDays: 90 };
      return runBacktest(threeKinds.backtests, [log], span, { seed: 1, resamples: 20 }).kinds[1]?.truths;
    };
    const counter = openDayCounter(dayNumber(from), dayNumber(from + 700), [closed]);
    expect([lostOf(undefined), lostOf(counter)]).toEqual([1, 0]);
  });
});

describe("a lost item that stays open", () => {
  /** An order every 6 days; the item in every second one, five times, and then no more. */
  const from = 20_000;
  const orderDays = Array.from({ length: 60 }, (_, i) => from + 6 * i);
  const log: CustomerLog = {
    customerId: customerIdSchema.parse("a"),
    orderDays,
    netMinor: orderDays.map(() => 0),
    items: new Map([[1, orderDays.filter((_, i) => i < 10 && i % 2 === 0)]]),
  };

  it("BX04, BX21 raises an alert by its score, though the rule no longer holds by then", () => {
    const span = { from, to: from + 354, horizonDays: 90 };
    const [, lost] = runBacktest(threeKinds.backtests, [log], span, { seed: 1, resamples: 20 }).kinds;
    // Lost by the fifth order without it, 30 days on; four of five are left in the window after 42; at 1 % by the 11th.
    const given = Object.fromEntries((lost?.rules ?? []).map((one) => [one.rule, [one.hits, one.medianLeadDays]]));
    expect(given).toMatchObject({
      literal: [1, 180 - 30],
      listed: [1, 180 - 30],
      high: [1, 180 - 66],
    });
  });

  it("BX04, FY04 is alerted once, by the nightly run on which its score reaches high", async () => {
    const fixture = anInsightTenant();
    await fixture.customers({ a: "ria" });
    const dayOf = (i: number) => toDay(from + 6 * i);
    await fixture.sales(
      "a",
      orderDays.map((_, i) => ({
        on: dayOf(i),
        lines: [{ itemId: "oats", quantity: 1 }, ...(i < 10 && i % 2 === 0 ? [{ itemId: "rye", quantity: 1 }] : [])],
      })),
    );
    const alertsAfter = async (silentDays: number) => {
      const asOf = toDay(from + 48 + silentDays);
      await fixture.nightly(asOf);
      await fixture.nightly(asOf);
      return Object.keys(await fixture.outbox());
    };
    for (const silentDays of [30, 41, 42, 65]) expect(await alertsAfter(silentDays)).toEqual([]);
    for (const silentDays of [66, 67])
      expect(await alertsAfter(silentDays)).toEqual([`alert:lost-items:a:rye:${dayOf(8)}`]);
  });
});

describe("a tenant's own orders", () => {
  it("BX21 are read from the histories of every shard, and replayed in the customers' order", async () => {
    const fixture = anInsightTenant();
    for (const id of ["a", "b", "c", "d"]) await fixture.orders(id, RHYTHM);
    const now = toInstant(Date.parse("2027-06-01T00:00:00Z"));
    const seen: number[] = [];
    const progress = { read: () => undefined, tried: (done: number) => void seen.push(done) };
    const { tenant, store } = fixture.testTenant;
    const done = await backtest({ tenant, catalog: threeKinds, store: store.nightly, now }, OPTIONS, progress);
    expect(done).toMatchObject({
      ok: true,
      value: { from: "2026-06-01", to: "2026-08-10", customers: 4, orderDays: 24 },
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(await backtest({ tenant, catalog: threeKinds, store: store.nightly, now }, OPTIONS, quiet)).toEqual(done);
    const basic = {
      tenant: { ...tenant, edition: "basic" as const },
      catalog: threeKinds,
      store: store.nightly,
      now,
    };
    expect(await backtest(basic, OPTIONS, quiet)).toMatchObject({ ok: false, reason: "feature-not-in-edition" });
    const empty = anInsightTenant().testTenant;
    expect(
      await backtest({ tenant: empty.tenant, catalog: threeKinds, store: empty.store.nightly, now }, OPTIONS, quiet),
    ).toMatchObject({
      ok: false,
      reason: "no-orders",
    });
  });
});
