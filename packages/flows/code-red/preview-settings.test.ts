import { beforeEach, describe, expect, it } from "vitest";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { addDays } from "@regulars/core/platform/period";
import { day, toInstant } from "@regulars/core/platform/values";
import { previewSettings } from "./preview-settings.ts";

const ASOF = "2026-11-15";
let fixture: InsightTenant;

beforeEach(async () => {
  fixture = anInsightTenant();
  // Each customer lost so many percent in the last three months.
  for (const [customer, lost] of [
    ["same", 0],
    ["slow", 15],
    ["half", 50],
  ] as const)
    await fixture.sales(
      customer,
      Array.from({ length: 67 }, (_, week) => {
        const on = addDays(day("2025-08-04"), 7 * week);
        return { on, lines: [{ itemId: "rye", netMinor: on < "2026-08-01" ? 10_000 : 100 * (100 - lost) }] };
      }),
    );
});

const preview = async (change: Readonly<Record<string, unknown>>) => {
  const { tenant, store } = fixture.testTenant;
  return previewSettings({
    tenant,
    store: store.nightly,
    codeRed: store.codeRed,
    scope: { canSee: () => true },
    change,
    asOf: day(ASOF),
    now: toInstant(Date.parse("2026-11-16T05:00:00Z")),
  });
};

describe("a preview of settings", () => {
  it("counts red and confirmed customers, and names those who come and go", async () => {
    const lower = await preview({ percent: 14 });
    expect(lower).toMatchObject({
      ok: true,
      value: {
        asOf: ASOF,
        before: { red: 1, confirmed: 1 },
        after: { red: 2, confirmed: 2 },
        added: { count: 1, first: [{ customerId: "slow" }] },
        gone: { count: 0, first: [] },
      },
    });
    expect(await preview({ percent: 60 })).toMatchObject({
      ok: true,
      value: { after: { red: 0, confirmed: 0 }, gone: { count: 1, first: [{ customerId: "half" }] } },
    });
    expect(await preview({})).toMatchObject({ value: { added: { count: 0 }, gone: { count: 0 } } });
  });

  it("refuses what could not be saved, with the setting and its value", async () => {
    for (const [change, message] of [
      [{ percent: 0 }, "codeRed.percent"],
      [{ percent: 12.5 }, "given 12.5"],
      [{ itemMonths: 2 }, "codeRed.itemMonths"],
      [{ closeDays: 11 }, "codeRed.closeDays"],
    ] as const) {
      const refused = await preview(change);
      expect(refused).toMatchObject({
        ok: false,
        reason: "unusable-setting",
        message: expect.stringContaining(message),
      });
    }
  });

  it("saves nothing", async () => {
    expect(await fixture.testTenant.writesOf(() => preview({ percent: 14 }))).toBe(0);
  });
});
