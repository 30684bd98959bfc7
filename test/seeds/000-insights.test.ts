import { addDays } from "@regulars/core/platform/period";
import { SalesAccumulator, customerSales } from "@regulars/core/sales-figures/figures";
import { lowestReport, weeklyInvoices, weeklySales } from "@regulars/core/sales-figures/report";
import { type OrderInput, type ReceivableInput, aHistory, anOrder } from "@regulars/core/testing";
import { tenantSchema } from "@regulars/core/tenants/tenant";
import { day, itemIdSchema, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aRep, anInsightTenant, idOf } from "../fixtures/insight-tenant.ts";

/** The page's section "Insights": orders by day, the weekly rollup, the lowest performers. */

const AS_OF = "2026-11-22";
const daysAgo = (days: number) => addDays(day(AS_OF), -days);
const tenantWith = (priceEditing: boolean) =>
  tenantSchema.parse({ tenantId: "t", name: "T", timeZone: "UTC", currency: "EUR", edition: "pro", priceEditing });

const line = (netMinor: number, costMinor?: number, quantity = 1) => ({
  quantity,
  netMinor,
  ...(costMinor === undefined ? {} : { costMinor }),
});

/** Sales figures of some customers, made from their orders. */
function figuresOf(customers: Readonly<Record<string, readonly OrderInput[]>>) {
  const accumulator = new SalesAccumulator();
  for (const [customerId, orders] of Object.entries(customers))
    accumulator.add(customerSales(aHistory({ asOf: AS_OF, customerId, orders })));
  return accumulator.figures();
}

/** docs/reference/insights.md 2.5: 100.00, 50.00, a credit of 10.00 and 20.00 without a known cost. */
const example: readonly OrderInput[] = [
  { on: daysAgo(0), lines: [line(10_000, 7_000)] },
  { on: daysAgo(3), lines: [line(5_000, 4_500), { ...line(900), kind: "charge", itemId: "freight" }] },
  { on: daysAgo(4), type: "credit", lines: [line(-1_000, -700, -1)] },
  { on: daysAgo(6), lines: [line(2_000)] },
];

describe("the weekly rollup", () => {
  it("FY05 compares the last 7 days with the 7 before", () => {
    const before = [
      { on: daysAgo(7), lines: [line(12_800)] },
      { on: daysAgo(13), lines: [line(0)] },
    ];
    const tooOld = { on: daysAgo(14), lines: [line(99_999)] };
    const week = weeklySales(figuresOf({ a: [...example, ...before, tooOld] }), day(AS_OF), tenantWith(false));
    expect(week).toMatchObject({ salesMinor: 16_000, previousMinor: 12_800, changePct: 25 });
    expect([week.from, week.to]).toEqual([daysAgo(6), daysAgo(0)]);
  });

  it("FY05 has no change, but a reason, when the week before is zero or negative", () => {
    const today = { on: AS_OF, lines: [line(500)] };
    const returned = { on: daysAgo(8), type: "credit", lines: [line(-100, undefined, -1)] } as const;
    const of = (orders: readonly OrderInput[]) => weeklySales(figuresOf({ a: orders }), day(AS_OF), tenantWith(false));
    expect(of([today])).toMatchObject({ changePct: null, changeReason: "new" });
    expect(of([today, returned])).toMatchObject({ changePct: null, changeReason: "negative", previousMinor: -100 });
    expect(of([{ on: daysAgo(8), lines: [line(400)] }])).toMatchObject({ salesMinor: 0, changePct: -100 });
  });

  it("FY22 adds up sales of all of a rep's customers in 7 days, the same stored by the nightly run and computed again", async () => {
    const fixture = anInsightTenant({ priceEditing: true });
    await fixture.testTenant.store.imports.saveUsers([aRep("ria"), aRep("sam")]);
    await fixture.customers({ a: "ria", b: "ria", c: "sam" });
    await fixture.sales("a", example.slice(0, 3));
    await fixture.sales("b", example.slice(3));
    await fixture.sales("c", [{ on: AS_OF, lines: [line(77_700)] }]);
    await fixture.nightly(AS_OF);
    for (const fromSource of [false, true]) {
      const sales = async (rep?: string) =>
        (await fixture.page(AS_OF, { fromSource, ...(rep === undefined ? {} : { rep }) })).insights.weeklySales;
      expect(await sales("ria")).toMatchObject({ salesMinor: 16_000, grossProfit: { gpPct: 22.86 } });
      expect(await sales("sam")).toMatchObject({ salesMinor: 77_700 });
      expect(await sales()).toMatchObject({ salesMinor: 93_700 });
    }
  });

  it("FY22 by invoices subtracts credit memos, each on its own day, and has no GP%", () => {
    const accumulator = new SalesAccumulator();
    const invoice = (invoicedOn: string, totalMinor: number, more: Partial<ReceivableInput> = {}) => ({
      invoiceId: `I-${invoicedOn}-${totalMinor}`,
      invoicedOn,
      totalMinor,
      ...more,
    });
    const given = [
      [
        invoice(daysAgo(0), 10_000, { paid: [{ on: daysAgo(0), minor: 10_000 }] }),
        invoice(daysAgo(6), 5_000, { dueOn: daysAgo(-60) }),
        invoice(daysAgo(5), 7_777, { currency: "USD" }),
        invoice(daysAgo(13), 9_000),
      ],
      [invoice(daysAgo(1), 3_000, { type: "credit" }), invoice(daysAgo(7), 1_000), invoice(daysAgo(14), 99_999)],
    ];
    for (const [i, receivables] of given.entries())
      accumulator.add(customerSales(aHistory({ asOf: AS_OF, customerId: `c-${i}`, receivables, orders: example })));
    expect(weeklyInvoices(accumulator.figures(), day(AS_OF), tenantWith(true))).toEqual({
      basis: "invoice",
      from: daysAgo(6),
      to: daysAgo(0),
      salesMinor: 12_000,
      previousMinor: 10_000,
      currency: "EUR",
      changePct: 20,
      linesWithoutValue: 1,
    });
  });

  it("FY22 by invoices is the same stored by the nightly run and computed again", async () => {
    const fixture = anInsightTenant();
    await fixture.testTenant.store.imports.saveUsers([aRep("ria")]);
    await fixture.customers({ a: "ria" });
    await fixture.sales("a", example);
    // Invoice dates are 2026-11-20 and 2026-11-12.
    await fixture.invoice("a", "A-1", "2026-12-20");
    await fixture.invoice("a", "A-2", "2026-12-12");
    await fixture.nightly(AS_OF);
    for (const fromSource of [false, true]) {
      const { weeklySales: week } = (await fixture.page(AS_OF, { fromSource, basis: "invoice" })).insights;
      expect(week).toMatchObject({ basis: "invoice", salesMinor: 10_000, previousMinor: 10_000, changePct: 0 });
    }
    expect((await fixture.page(AS_OF)).insights.weeklySales).toMatchObject({ basis: "order", salesMinor: 16_000 });
  });

  it("FY23 is also in GP%, of the lines with a known cost: 22.86 % of 88.9 %", () => {
    const { grossProfit } = weeklySales(figuresOf({ a: example }), day(AS_OF), tenantWith(true));
    expect(grossProfit).toEqual({ gpPct: 22.86, previousGpPct: null, changePoints: null, costCoveragePct: 88.9 });
  });

  it("FY23 compares GP% in percentage points", () => {
    const before = { on: daysAgo(7), lines: [line(10_000, 7_500)] };
    const { grossProfit } = weeklySales(figuresOf({ a: [...example, before] }), day(AS_OF), tenantWith(true));
    expect(grossProfit).toMatchObject({ gpPct: 22.86, previousGpPct: 25, changePoints: -2.14 });
  });

  it("FY24 has GP% only with price editing on: otherwise the field is absent and cannot be requested", async () => {
    const fixture = anInsightTenant();
    await fixture.sales("a", example);
    await fixture.nightly(AS_OF);
    const gpPct = { metric: "gpPct", windowDays: 30 } as const;
    const off = await fixture.page(AS_OF);
    expect(JSON.stringify(off.insights)).not.toMatch(/gpPct|grossProfit/);
    expect(await fixture.refusal(AS_OF, { lowest: gpPct })).toBe("price-editing-off");
    const on = await fixture.page(AS_OF, { tenant: { priceEditing: true }, lowest: gpPct });
    expect(on.insights).toMatchObject({
      weeklySales: { grossProfit: { gpPct: 22.86 } },
      lowestPerformers: { lowest: [{ customerId: "a", gpPct: 22.86 }] },
    });
  });
});

/** docs/reference/insights.md 2.6: A 10 %, B −5 %, C without a cost, D 10 % with the higher sales. */
const four = {
  A: [{ on: daysAgo(1), lines: [line(1_000, 900, 5)] }],
  B: [{ on: daysAgo(29), lines: [line(1_000, 1_050, 4)] }],
  C: [{ on: daysAgo(2), lines: [line(1_000, undefined, 3)] }],
  D: [{ on: daysAgo(3), lines: [line(2_000, 1_800, 5)] }],
};

describe("the lowest performing customers", () => {
  const idsOf = (rows: readonly { readonly customerId: string }[] = []) => rows.map(({ customerId }) => customerId);

  it("FY25 are listed by GP%: B, D, A, and C separately because its costs are unknown", () => {
    const report = lowestReport(figuresOf(four), "gpPct", 30, tenantWith(true));
    expect([idsOf(report.lowest), idsOf(report.notComputable), report.notComputableCount]).toEqual([
      ["B", "D", "A"],
      ["C"],
      1,
    ]);
    expect(report.lowest.map(({ gpPct }) => gpPct)).toEqual([-5, 10, 10]);
  });

  it("FY26 are listed by units less returns; a tie goes to the greater sales, then to the id", () => {
    const returned = { on: daysAgo(0), type: "credit", lines: [line(-100, undefined, -9)] } as const;
    const figures = figuresOf({ ...four, A: [...four.A, returned], E: four.D });
    const report = lowestReport(figures, "units", 30, tenantWith(false));
    expect(report.lowest.map(({ customerId, units }) => [customerId, units])).toEqual([
      ["A", -4],
      ["C", 3],
      ["B", 4],
      ["D", 5],
      ["E", 5],
    ]);
    expect(report.customers).toBe(5);
  });

  it("FY26 are those with an order in the window: one 30 days ago does not count, and neither does a return alone", () => {
    const figures = figuresOf({
      ...four,
      before: [{ on: daysAgo(30) }],
      returns: [{ on: daysAgo(40) }, { on: daysAgo(1), type: "credit" }],
    });
    expect(idsOf(lowestReport(figures, "units", 30, tenantWith(false)).lowest)).toEqual(["C", "B", "D", "A"]);
    expect(idsOf(lowestReport(figures, "units", 7, tenantWith(false)).lowest)).toEqual(["C", "D", "A"]);
    // In 90 days the one order and its return add up to zero.
    expect(idsOf(lowestReport(figures, "units", 90, tenantWith(false)).lowest)).toEqual([
      "returns",
      "before",
      "C",
      "B",
      "D",
      "A",
    ]);
  });

  it("FY26 are at most ten, with the count of all", () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [
        `c-${String(i).padStart(2, "0")}`,
        [{ on: AS_OF, lines: [line(100, 50, 25 - i)] }],
      ]),
    );
    const report = lowestReport(figuresOf(many), "units", 30, tenantWith(false));
    expect(report.customers).toBe(25);
    expect(report.lowest.map(({ units }) => units)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("orders by day", () => {
  /** Two reps with a customer each. */
  async function anAssignmentState(timeZone = "UTC") {
    const fixture = anInsightTenant({ timeZone });
    const { imports } = fixture.testTenant.store;
    await imports.saveUsers([aRep("ria", { phone: "+4512345678" }), aRep("sam")]);
    await fixture.customers({ cafe: "ria", bar: "sam" });
    return fixture;
  }
  const order = (orderId: string, on: string, status = "confirmed") => ({
    orderId,
    on,
    status,
    startedBy: aRep("ria").userId,
  });

  it("FY19 are the current ones, or those of a chosen day, the latest first", async () => {
    const fixture = await anAssignmentState();
    await fixture.sales("cafe", [
      order("A", "2026-11-20"),
      order("B", "2026-11-22"),
      order("C", "2026-11-22", "cancelled"),
    ]);
    await fixture.sales("bar", [order("D", "2026-11-22")]);
    const ids = async (rep: string | undefined, on?: string) => {
      const found = await fixture.ordersOn("2026-11-22T12:00:00Z", {
        ...(rep === undefined ? {} : { rep }),
        ...(on === undefined ? {} : { day: on }),
      });
      return [found.isCurrent, found.placedMinor, ...found.orders.map(({ orderId, status }) => `${orderId} ${status}`)];
    };
    expect(await ids("ria")).toEqual([true, 1_000, "B confirmed", "C cancelled"]);
    expect(await ids("ria", "2026-11-20")).toEqual([false, 1_000, "A confirmed"]);
    expect(await ids("ria", "2026-11-21")).toEqual([false, 0]);
    expect(await ids(undefined, "2026-11-22")).toEqual([true, 2_000, "B confirmed", "C cancelled", "D confirmed"]);
    await expect(fixture.ordersOn("2026-11-22T12:00:00Z", { day: "2026-11-23" })).rejects.toThrow("has not come yet");
  });

  it("FY20 are drafts of any day and orders placed today, until midnight in the tenant's time zone", async () => {
    // 2026-11-22 in New York runs from 05:00 UTC on that day to 05:00 on the next.
    const fixture = await anAssignmentState("America/New_York");
    const { imports } = fixture.testTenant.store;
    const placed = (orderId: string, at: string, on: string) => ({
      ...anOrder({ orderId, on, customerId: "cafe" }),
      orderedAt: toInstant(Date.parse(at)),
    });
    await imports.saveOrders([
      placed("late", "2026-11-23T04:59:00Z", "2026-11-22"),
      placed("early", "2026-11-23T05:01:00Z", "2026-11-23"),
    ]);
    await fixture.sales("cafe", [order("draft", "2026-11-10", "draft")]);
    const ids = async (now: string) =>
      (await fixture.ordersOn(now, { rep: "ria" })).orders.map(({ orderId }) => orderId);
    expect(await ids("2026-11-23T04:59:59Z")).toEqual(["late", "draft"]);
    expect(await ids("2026-11-23T05:02:00Z")).toEqual(["early", "draft"]);
    // Once placed, the draft is an order of its day and no longer a draft.
    await fixture.sales("cafe", [order("draft", "2026-11-10", "confirmed")]);
    expect(await ids("2026-11-23T05:02:00Z")).toEqual(["early"]);
  });

  it("FY21 show their lines, and the phone number of the employee who started them", async () => {
    const fixture = await anAssignmentState();
    const { imports } = fixture.testTenant.store;
    await imports.saveItems([{ itemId: itemIdSchema.parse("rye"), name: "Rye bread" }]);
    await fixture.sales("cafe", [
      {
        ...order("draft", AS_OF, "draft"),
        lines: [
          { itemId: "rye", quantity: 3, netMinor: 900 },
          { itemId: "POST", kind: "charge" },
        ],
      },
    ]);
    const { orders } = await fixture.ordersOn(`${AS_OF}T12:00:00Z`, { rep: "ria" });
    expect(orders).toMatchObject([
      {
        orderId: "draft",
        isDraft: true,
        customerId: idOf("cafe"),
        customerName: "CAFE",
        totalMinor: 1_900,
        startedBy: { userId: "ria", name: "Rep ria", phone: "+4512345678" },
        lines: [
          { itemId: "rye", itemName: "Rye bread", kind: "goods", quantity: 3, netMinor: 900 },
          { itemId: "POST", kind: "charge" },
        ],
      },
    ]);
  });
});
