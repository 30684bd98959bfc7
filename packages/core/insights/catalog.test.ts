import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { closedDays } from "../platform/closure.ts";
import { incompleteBeta } from "../platform/incomplete-beta.ts";
import { addDays, addMonths, daysBetween } from "../platform/period.ts";
import { type HistoryInput, type KindEvaluation, aHistory, evaluateKind } from "../testing.ts";
import { type Day, day, daySchema, toDayNumber } from "../platform/values.ts";
import { churnRisk } from "./kinds/churn-risk/index.ts";
import type { InsightKind } from "./define.ts";
import { type Evidence, checksHold } from "./finding.ts";
import { explain } from "@regulars/render/insights/explain";
import { builtInInsights } from "./catalog.ts";
import { lostItems } from "./kinds/lost-items/index.ts";
import { absenceTail } from "./kinds/lost-items/rule.ts";
import { overduePayments } from "./kinds/overdue-payments/index.ts";

const END = day("2026-11-22");
const daysAgo = (days: number): Day => addDays(END, -days);

/**
 * A random customer up to 2026-11-22: order intervals that may end, items that may be dropped, returns, invoices,
 * closures.
 */
const fixtures = fc
  .record({
    step: fc.oneof(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 12 })),
    orders: fc.oneof(fc.integer({ min: 30, max: 70 }), fc.integer({ min: 4, max: 20 })),
    silentDays: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 11, max: 120 })),
    itemEvery: fc.integer({ min: 1, max: 3 }),
    ordersWithoutItem: fc.integer({ min: 3, max: 20 }),
    extraDaysAgo: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 }),
    creditDaysAgo: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 3 }),
    cancelledDaysAgo: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 3 }),
    invoices: fc.array(
      fc.record({
        dueDaysAgo: fc.integer({ min: -40, max: 150 }),
        termDays: fc.integer({ min: -10, max: 60 }),
        paidDaysLater: fc.array(fc.integer({ min: -20, max: 90 }), { maxLength: 3 }),
        paidMinor: fc.constantFrom(10_000, 5_000, 3_333, -5_000),
        disputed: fc.boolean(),
        type: fc.constantFrom("invoice", "invoice", "credit"),
      }),
      { maxLength: 6 },
    ),
    closures: fc.constantFrom(
      [],
      [],
      [{ from: "10-10", to: "10-20" }],
      [{ from: "2026-11-01", to: "2026-11-05" }],
      [{ from: "12-20", to: "01-05" }],
    ),
  })
  .map((given): Omit<HistoryInput, "asOf"> => {
    const { step, orders, silentDays, itemEvery, ordersWithoutItem } = given;
    const rhythm = Array.from({ length: orders }, (_, i) => ({
      on: daysAgo(silentDays + (orders - 1 - i) * step),
      orderId: `rhythm-${i}`,
      lines: i % itemEvery === 0 && i < orders - ordersWithoutItem ? ["rye", "wheat"] : ["wheat"],
    }));
    return {
      orders: [
        ...rhythm,
        ...given.extraDaysAgo.map((days, i) => ({ on: daysAgo(days), orderId: `extra-${i}`, lines: ["oats"] })),
        ...given.creditDaysAgo.map((days, i) => ({
          on: daysAgo(days),
          orderId: `credit-${i}`,
          type: "credit" as const,
        })),
        ...given.cancelledDaysAgo.map((days, i) => ({ on: daysAgo(days), orderId: `no-${i}`, status: "cancelled" })),
      ],
      receivables: given.invoices.map((invoice, i) => ({
        invoiceId: `invoice-${i}`,
        dueOn: daysAgo(invoice.dueDaysAgo),
        invoicedOn: daysAgo(invoice.dueDaysAgo + invoice.termDays),
        type: invoice.type,
        disputed: invoice.disputed,
        paid: invoice.paidDaysLater.map((later) => ({
          on: daysAgo(invoice.dueDaysAgo - later),
          minor: invoice.paidMinor,
        })),
      })),
      closures: given.closures,
    };
  });

const asOfDays = fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 16, max: 80 })).map(daysAgo);

/**
 * Checks the kind's findings of random customers on random days; fails when there are too few findings to prove
 * anything.
 */
function eachFinding(
  kind: InsightKind,
  look: (finding: KindEvaluation, fixture: Omit<HistoryInput, "asOf">, asOf: Day) => void,
): void {
  let looked = 0;
  fc.assert(
    fc.property(fixtures, asOfDays, (fixture, asOf) => {
      for (const finding of evaluateKind(kind, aHistory({ ...fixture, asOf })) ?? []) {
        look(finding, fixture, asOf);
        looked += 1;
      }
    }),
    { seed: 20_261_122, numRuns: 400 },
  );
  expect(looked).toBeGreaterThan(30);
}

describe.each(builtInInsights.kinds)("every finding of $id", (kind) => {
  it("holds since its since, and not on the day before", () => {
    eachFinding(kind, ({ subject, assessment: { since } }, fixture, asOf) => {
      const isFoundOn = (on: Day) =>
        evaluateKind(kind, aHistory({ ...fixture, asOf: on }))?.some((other) => other.subject?.id === subject?.id) ===
        true;
      const halfway = addDays(since, Math.floor(daysBetween(since, asOf) / 2));
      expect([addDays(since, -1), since, halfway].map(isFoundOn)).toEqual([false, true, true]);
    });
  });

  it("says why in words, with no variable or phrase left out", () => {
    const formats = { money: String, day: String, number: String };
    eachFinding(kind, ({ assessment: { evidence } }) => {
      expect(explain({ kind: kind.id, evidence }, "rye", builtInInsights, formats)).toMatch(/^[^<>]{20,}$/);
    });
  });

  it("has evidence in which every inequality holds", () => {
    eachFinding(kind, ({ assessment: { evidence } }) => {
      expect(evidence.rule).toBe(`${kind.id}/${kind.version}`);
      expect(evidence.checks.length).toBeGreaterThan(0);
      expect(checksHold(evidence)).toBe(true);
    });
  });

  it("names at most 20 source documents, each known on that day", () => {
    eachFinding(kind, ({ assessment: { evidence } }, fixture, asOf) => {
      const { documents, receivables } = aHistory({ ...fixture, asOf });
      const known = new Set<string>([...documents.ids, ...receivables.map((one) => one.invoiceId)]);
      expect(evidence.documents.length).toBeGreaterThan(0);
      expect(evidence.documents.length).toBeLessThanOrEqual(20);
      expect(evidence.documents.filter((document) => !known.has(document))).toEqual([]);
    });
  });

  it("is the same when its facts are read back from JSON", () => {
    const { assess } = kind.configure({});
    eachFinding(kind, ({ facts, assessment }, fixture, asOf) => {
      const stored: unknown = JSON.parse(JSON.stringify(facts));
      const { currency, closures } = aHistory({ ...fixture, asOf });
      expect(assess(stored, { asOf, currency, closures })).toEqual(assessment);
      expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment);
    });
  });

  it("does not depend on later events", () => {
    eachFinding(kind, (finding, fixture, asOf) => {
      const orders = (fixture.orders ?? []).filter((order) => order.on <= asOf);
      expect(evaluateKind(kind, aHistory({ ...fixture, orders, asOf }))).toContainEqual(finding);
    });
  });
});

/** Evidence recomputed from its own operands, as a reader would do it by hand (docs/reference/insights.md G15). */
const checkValues = ({ checks }: Evidence) =>
  Object.fromEntries(checks.map((one) => [one.id, [one.value, one.threshold]]));

describe("evidence by hand", () => {
  const churnEvidence = z.object({
    orderCount: z.number(),
    firstOrderOn: daySchema,
    lastOrderOn: daySchema,
    gapCount: z.number(),
    meanGapDays: z.number(),
    gapVariance: z.number(),
    previousGapDays: z.number(),
    baselineDays: z.number(),
    silentDays: z.number(),
    kappa: z.number(),
    n: z.number(),
    s: z.number(),
    G: z.number(),
    A: z.number(),
    B: z.number(),
    pi: z.number(),
    H: z.number(),
    "S(t)": z.number(),
    "S(t+H)": z.number(),
    q: z.number(),
  });

  /** q of the operands, as docs/reference/insights.md 2.2 writes it. */
  function byHand(given: z.output<typeof churnEvidence>): number {
    const { kappa, n, s, G, pi, H, silentDays } = given;
    expect([given.A, given.B, given.pi]).toEqual([1 + kappa * n, (1.3 * G) / kappa + s, 0.3 / (2.3 + given.gapCount)]);
    const longer = (days: number) => incompleteBeta(given.B / (given.B + days), given.A, kappa);
    expect([given["S(t)"], given["S(t+H)"]]).toEqual([longer(silentDays), longer(silentDays + H)]);
    return (pi + (1 - pi) * longer(silentDays + H)) / (pi + (1 - pi) * longer(silentDays));
  }

  it("of churn-risk: silence, tenure, count and chance", () => {
    eachFinding(churnRisk, ({ assessment }, { closures = [] }, asOf) => {
      const given = churnEvidence.parse(assessment.evidence);
      const closed = closedDays(toDayNumber(given.lastOrderOn), toDayNumber(asOf), closures);
      expect(given.silentDays).toBe(daysBetween(given.lastOrderOn, asOf) - closed);
      expect(given.baselineDays).toBe(given.previousGapDays);
      expect(given.gapCount).toBe(given.orderCount - 1);
      expect(given.q).toBe(byHand(given));
      expect(checkValues(assessment.evidence)).toEqual({
        CH1: [addMonths(given.firstOrderOn, 3), asOf],
        CH2: [given.orderCount, 5],
        CH3: [given.silentDays, given.previousGapDays],
      });
    });
  });

  const lostEvidence = z.object({
    lastOrderOn: daySchema,
    latestOrderOn: daySchema,
    windowOrders: z.number(),
    windowItemOrders: z.number(),
    itemOrders: z.number(),
    steps: z.number(),
    ordersWithout: z.number(),
    longestGapDays: z.number(),
    silentDays: z.number(),
    tail: z.number(),
  });

  it("of lost-items: every operand counted anew from the orders", () => {
    eachFinding(lostItems, ({ subject, assessment }, fixture, asOf) => {
      const given = lostEvidence.parse(assessment.evidence);
      const orderedOn = daysOf(fixture, asOf);
      const within = (days: number) => (on: string) => on > addDays(asOf, -days);
      const itemOn = daysOf(fixture, asOf, subject?.id).filter(within(365));
      const gaps = itemOn.slice(1).map((on, i) => daysBetween(itemOn[i] ?? on, on));
      const last = itemOn.at(-1) ?? asOf;
      expect(given).toEqual({
        lastOrderOn: last,
        latestOrderOn: orderedOn.at(-1),
        windowOrders: orderedOn.filter(within(90)).length,
        windowItemOrders: itemOn.filter(within(90)).length,
        itemOrders: itemOn.length,
        steps: orderedOn.filter((on) => on > (itemOn[0] ?? asOf) && on <= last).length,
        ordersWithout: orderedOn.filter((on) => on > last).length,
        longestGapDays: Math.max(...gaps),
        silentDays: daysBetween(last, asOf),
        tail: absenceTail(given),
      });
      expect(checkValues(assessment.evidence)).toEqual({
        LI1: [given.windowOrders, 10],
        LI2: [given.windowItemOrders, 5],
        LI3: [given.ordersWithout * (given.itemOrders - 1), 2 * given.steps],
        LI4: [given.silentDays, given.longestGapDays],
        LI5: [given.lastOrderOn, given.latestOrderOn],
      });
    });
  });

  const overdueEvidence = z.object({
    invoices: z.number(),
    openMinor: z.number(),
    daysPastDue: z.number(),
    oldestDueOn: daySchema,
    ageingMinor: z.record(z.string(), z.number()),
    overdue: z.array(z.object({ invoiceId: z.string(), dueOn: daySchema, openMinor: z.number() })),
  });

  it("of overdue-payments: every invoice, its remainder and the sums", () => {
    eachFinding(overduePayments, ({ assessment }, fixture, asOf) => {
      const given = overdueEvidence.parse(assessment.evidence);
      const open = aHistory({ ...fixture, asOf }).receivables.flatMap(
        ({ invoiceId, dueOn, type, totalMinor, payments }) => {
          const openMinor = payments.reduce((left, payment) => left - payment.amountMinor, Number(totalMinor));
          return type === "invoice" && dueOn !== undefined && dueOn <= asOf && openMinor > 0
            ? [{ invoiceId, dueOn, openMinor }]
            : [];
        },
      );
      const total = open.reduce((sum, invoice) => sum + invoice.openMinor, 0);
      const oldest = open.map((invoice) => invoice.dueOn).toSorted()[0] ?? asOf;
      expect(given.overdue).toHaveLength(open.length);
      expect(given.overdue).toEqual(expect.arrayContaining(open));
      expect(given).toMatchObject({ invoices: open.length, openMinor: total, oldestDueOn: oldest });
      expect(given.daysPastDue).toBe(daysBetween(oldest, asOf) + 1);
      expect(Object.values(given.ageingMinor).reduce((sum, amount) => sum + amount, 0)).toBe(total);
      // Nothing is known of the tenant's payments: one half up to 60 days, all of what is older.
      const old = open
        .filter(({ dueOn }) => daysBetween(dueOn, asOf) + 1 > 60)
        .reduce((sum, invoice) => sum + invoice.openMinor, 0);
      expect(assessment.atStakeMinor).toBe(Math.round(old + (total - old) / 2));
      expect(checkValues(assessment.evidence)["OV2"]).toEqual([oldest, asOf]);
    });
  });
});

/** The distinct days up to `asOf` with a sale, or with a sale of the item, taken from the generated orders. */
function daysOf({ orders = [] }: Omit<HistoryInput, "asOf">, asOf: Day, itemId?: string): Day[] {
  const sales = orders.filter((order) => order.type !== "credit" && order.status !== "cancelled" && order.on <= asOf);
  const holding = sales.filter((order) => itemId === undefined || order.lines?.includes(itemId) === true);
  return [...new Set(holding.map((order) => day(order.on)))].toSorted();
}

describe("the registry", () => {
  it("gives every kind an id and a place of its own", () => {
    expect(new Set(builtInInsights.kinds.map((kind) => kind.id)).size).toBe(builtInInsights.kinds.length);
    expect(builtInInsights.kinds.map((kind) => kind.position)).toEqual(
      [...new Set(builtInInsights.kinds.map((kind) => kind.position))].toSorted((a, b) => a - b),
    );
  });

  it("finds a kind by its id, and none by another text", () => {
    for (const kind of builtInInsights.kinds) expect(builtInInsights.kindOf(kind.id)).toBe(kind);
    expect(builtInInsights.kindOf("constructor")).toBeUndefined();
  });

  it("configures every kind, with a tenant's settings or without", () => {
    expect(builtInInsights.configure({}).map((kind) => kind.id)).toEqual(builtInInsights.kinds.map((kind) => kind.id));
    expect(builtInInsights.configure({ "churn-risk": { minOrders: 7 }, "no-such-kind": 1 })).toHaveLength(
      builtInInsights.kinds.length,
    );
  });

  it("names the kind and the field of a setting that is wrong", () => {
    expect(() => builtInInsights.configure({ "churn-risk": { minOrders: "five" } })).toThrow(
      /the settings of insight churn-risk are invalid: .*minOrders/s,
    );
  });
});
