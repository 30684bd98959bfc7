import { beforeEach, describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { type InsightNights, insightNights, RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { measuresFor, remeasure } from "./measures.ts";
import { listFindings } from "./list-findings.ts";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { anOrder } from "@regulars/core/testing";
import { day, toInstant } from "@regulars/core/platform/values";

let fixture: InsightNights;
beforeEach(() => {
  fixture = insightNights(aTenantStore());
});

const NOW = toInstant(Date.parse("2027-01-05T06:00:00Z"));
const meanGapsOf = async (asOf: string): Promise<readonly unknown[]> => {
  const { tenant, store } = fixture.testTenant;
  const list = await listFindings({
    tenant,
    store: store.nightly,
    catalog: builtInInsights,
    filter: { kind: "churn-risk" },
    asOf: day(asOf),
    now: NOW,
  });
  if (!list.ok) throw new Error(list.message);
  return list.value.findings.map(({ evidence }) => [evidence["G"], evidence["meanGapOfMonth"]]);
};

describe("a tenant's measures", () => {
  it("AC01 are of all customers' gaps up to the month before, whatever came in the month", async () => {
    const { store } = fixture.testTenant;
    await fixture.orders("silent", RHYTHM);
    await fixture.orders("other", ["2026-07-01", "2026-07-31", "2026-08-30", "2026-09-10"]);
    // 70 days in 5 gaps, and 60 days in 2.
    expect(await measuresFor(store.nightly, day("2026-09-24"))).toMatchObject({
      month: "2026-09",
      gapCount: 7,
      gapDays: 130,
    });
    expect(await meanGapsOf("2026-09-24")).toEqual([[130 / 7, "2026-09"]]);
    expect(await meanGapsOf("2026-10-01")).toEqual([[141 / 8, "2026-10"]]);
    expect(await store.nightly.measuresOf("2026-09")).toBeUndefined();
  });

  it("AC01 are kept by the month's first nightly run, so that a past day asked again gives what its night gave", async () => {
    const { store, writesOf } = fixture.testTenant;
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-20");
    await fixture.nightly("2026-09-21");
    expect(await store.nightly.measuresOf("2026-09")).toMatchObject({ gapCount: 5, gapDays: 70 });
    await fixture.orders("late", ["2026-01-01", "2026-03-01"]);
    expect(await meanGapsOf("2026-09-21")).toEqual([[14, "2026-09"]]);
    expect(await writesOf(() => meanGapsOf("2026-10-21"))).toBe(0);
    expect(await meanGapsOf("2026-10-21")).toEqual([[129 / 6, "2026-10"]]);
  });

  it("change with late orders only when they are measured anew", async () => {
    const { nightly, measures } = fixture.testTenant.store;
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-20");
    expect(await remeasure(nightly, measures)).toEqual({ months: 1, mended: 0 });
    await fixture.orders("late", ["2026-01-01", "2026-03-01"]);
    expect(await remeasure(nightly, measures)).toEqual({ months: 1, mended: 1 });
    expect(await meanGapsOf("2026-09-21")).toEqual([[129 / 6, "2026-09"]]);
  });

  it("are made for the next month by the night of a month's last day", async () => {
    const { nightly } = fixture.testTenant.store;
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-30");
    await fixture.orders("silent", ["2026-10-01"]);
    expect(await nightly.measuresOf("2026-10")).toMatchObject({ gapCount: 5, gapDays: 70 });
    expect(await nightly.measuresOf("2026-11")).toBeUndefined();
  });

  it("are not kept while there is nothing to measure, because orders may still be imported", async () => {
    const { nightly, imports } = fixture.testTenant.store;
    await imports.saveOrders([anOrder({ on: "2026-08-01", customerId: "one", orderId: "1" })]);
    await fixture.nightly("2026-09-24");
    expect(await nightly.measuresOf("2026-09")).toBeUndefined();
  });

  it("AC01 say how much of what is overdue is not paid in 30 days, by age", async () => {
    const { nightly } = fixture.testTenant.store;
    await fixture.invoice("slow", "S-1", "2026-06-01");
    await fixture.payment("S-1", "2026-07-16");
    await fixture.invoice("never", "N-1", "2026-07-22");
    // S-1 is overdue on days 1 to 45: on 15 of the first 30 it stays open for 30 days more. N-1 is known for 11 days.
    expect((await measuresFor(nightly, day("2026-09-24"))).unpaid).toEqual({
      days1to30: { known: 41, unpaid: 26 },
      days31to60: { known: 15, unpaid: 0 },
    });
  });
});
