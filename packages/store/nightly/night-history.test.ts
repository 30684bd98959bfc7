import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

const record = (asOf: string, found: number): NightlyRecord => ({
  asOf: day(asOf),
  customers: 93,
  kinds: { "churn-risk": { eligible: 70, found }, "lost-items": { eligible: 60, found: 2 } },
});

describe("the figures of the nights", () => {
  it("are kept of each day, the latest first, for 90 days after it", async () => {
    const { store, partition, keys } = aTenantStore();
    await store.nightly.saveNightly(record("2026-11-22", 9));
    await store.nightly.saveNightly(record("2026-11-23", 8));
    const setAside = { count: 2, first: [{ customerId: customerIdSchema.parse("acme"), reason: "cut off" }] };
    const untold = [{ reason: "no-user", entries: 3, customers: 1, first: [], users: [] }] as const;
    await store.nightly.saveNightly({ ...record("2026-11-23", 7), setAside, untold });
    expect(await store.nights.last(30)).toEqual([
      { asOf: "2026-11-23", customers: 93, found: 9, setAside: 2, untold: 3 },
      { asOf: "2026-11-22", customers: 93, found: 11, setAside: 0, untold: 0 },
    ]);
    expect(await store.nights.last(1)).toHaveLength(1);
    const rows = await partition(keys.nights());
    expect(rows.map(({ expiresAt }) => new Date(Number(expiresAt) * 1000).toISOString())).toEqual([
      "2027-02-20T00:00:00.000Z",
      "2027-02-21T00:00:00.000Z",
    ]);
    expect(JSON.stringify(rows)).not.toContain("acme");
  });

  it("have a run that failed, until it is done; one that was done stays", async () => {
    const { store } = aTenantStore();
    const failed = { at: toInstant(Date.parse("2026-11-24T01:02:00Z")), reason: "outage", reference: "msg_1" } as const;
    await store.nights.noteFailed(day("2026-11-23"), failed);
    await store.nights.noteFailed(day("2026-11-23"), { ...failed, reason: "fault" });
    expect(await store.nights.last(30)).toEqual([
      { asOf: "2026-11-23", customers: 0, found: 0, setAside: 0, untold: 0, failed: { ...failed, reason: "fault" } },
    ]);
    await store.nightly.saveNightly(record("2026-11-23", 8));
    await store.nights.noteFailed(day("2026-11-23"), failed);
    expect(await store.nights.last(30)).toEqual([
      { asOf: "2026-11-23", customers: 93, found: 10, setAside: 0, untold: 0 },
    ]);
  });
});
