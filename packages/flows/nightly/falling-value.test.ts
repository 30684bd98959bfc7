import { beforeEach, describe, expect, it } from "vitest";
import { type InsightTenant, aRep, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { builtInInsights } from "@regulars/core/insights/catalog";
import type { OrderInput } from "@regulars/core/testing";
import { addDays } from "@regulars/core/platform/period";
import { day } from "@regulars/core/platform/values";

let fixture: InsightTenant;
beforeEach(async () => {
  fixture = anInsightTenant();
  await fixture.testTenant.store.imports.saveUsers([aRep("anna")]);
  await fixture.sales("fallen", [
    ...weekly("2025-08-04", "2026-07-31", 10_000),
    ...weekly("2026-08-03", "2026-11-05", 4000),
  ]);
  for (const id of ["a", "b", "c", "d"]) await fixture.sales(id, weekly("2025-08-04", "2026-11-05", 10_000));
});

function weekly(from: string, to: string, netMinor: number): OrderInput[] {
  const orders: OrderInput[] = [];
  for (let on = day(from); on <= day(to); on = addDays(on, 7)) orders.push({ on, lines: [{ netMinor }] });
  return orders;
}

const night = (asOf: string) => fixture.nightly(asOf, { catalog: builtInInsights });
const levels = async () => Object.entries(await fixture.findings()).filter(([id]) => id.startsWith("falling-value "));

describe("a falling value", () => {
  it("is assessed by the market in the night of a month's last day, and by the kept book in the nights after it", async () => {
    await night("2026-10-31");
    const found = await levels();
    expect(found).toEqual([["falling-value fallen", expect.stringMatching(/^high/)]]);
    const { nightly } = fixture.testTenant.store;
    const book = (await nightly.measuresOf("2026-11"))?.books?.["order standard 2026-10"]?.[1];
    // Thirteen weeks of five customers before; of the last thirteen, one customer's are of 40.00.
    expect(book).toMatchObject({ customers: 5, previous: { salesMinor: 650_000 }, current: { salesMinor: 572_000 } });
    for (const asOf of ["2026-11-01", "2026-11-02"]) {
      await night(asOf);
      expect(await levels()).toEqual(found);
    }
  });

  it("has its book from the first night's own pass, and where an earlier release kept measures without one", async () => {
    const { nightly } = fixture.testTenant.store;
    await night("2026-11-02");
    const found = await levels();
    expect(found).toEqual([["falling-value fallen", expect.stringMatching(/^high/)]]);
    const kept = await nightly.measuresOf("2026-11");
    if (kept === undefined) throw new Error("no measures are kept");
    const { books, ...earlier } = kept;
    await nightly.replaceMeasures(earlier);
    await night("2026-11-03");
    expect(await levels()).toEqual(found);
    expect(await nightly.measuresOf("2026-11")).toEqual({ ...earlier, books });
  });
});
