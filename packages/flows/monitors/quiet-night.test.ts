import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { activityIdSchema, customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { runNightly } from "../nightly/run-nightly.ts";
import { openNightWatch } from "./night-watch.ts";

const ACME = customerIdSchema.parse("acme");
const CALLED = monitorIdSchema.parse("called");

describe("a night with status monitors", () => {
  let testTenant: TestTenant;

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    const { imports, monitors } = testTenant.store;
    await imports.saveCustomers([{ customerId: ACME }]);
    await imports.saveActivities([
      {
        activityId: activityIdSchema.parse("call"),
        customerId: ACME,
        type: "call",
        direction: "out",
        occurredAt: toInstant(Date.parse("2026-11-10T09:00:00Z")),
        occurredOn: day("2026-11-10"),
        completed: true,
      },
    ]);
    const criteria = { field: "activity.total", op: ">", value: 0 } as const;
    await monitors.create(
      newMonitor(CALLED, newMonitorSchema.parse({ name: "Called", ownerType: "company", criteria })),
    );
  });

  /** How often it reads how far regenerations are, and the companies and statuses that it reads one by one. */
  const night = async (on: string, isCutOff = false) => {
    const asOf = day(on);
    const { tenant, store } = testTenant.another();
    const reads: string[] = [];
    const noting =
      <Given extends readonly unknown[], T>(name: string, read: (...given: Given) => T) =>
      (...given: Given): T => {
        reads.push(name);
        return read(...given);
      };
    const nightly = {
      ...store.nightly,
      snapshotOf: noting("company", store.nightly.snapshotOf),
      findingsAboutStatuses: noting("findings", store.nightly.findingsAboutStatuses),
      ...(isCutOff ? { saveNightly: () => Promise.reject(new Error("the process ended")) } : {}),
    };
    const statuses = {
      ...store.statuses,
      regenerations: noting("regenerations", store.statuses.regenerations),
      statusesOf: noting("statuses", store.statuses.statusesOf),
    };
    const now = toInstant(Date.parse(`${addDays(asOf, 1)}T03:00:00Z`));
    const watched = { tenant, catalog: builtInInsights, store: { ...store, nightly, statuses }, now, newId: () => "1" };
    const run = runNightly({
      tenant,
      catalog: builtInInsights,
      store: nightly,
      asOf,
      now,
      links: { finding: () => "http://l/f", rep: () => "http://l/r", introductions: () => "http://l/i" },
      isScheduled: false,
      isOnHold: false,
      openWatch: (known) => openNightWatch(watched, asOf, { known }),
    });
    if (isCutOff) await expect(run).rejects.toThrow("the process ended");
    else await run;
    return reads;
  };
  const finished = async () => (await testTenant.store.statuses.regenerations()).get(CALLED);

  it("asks how far regenerations are only once, while the monitors stay as they are", async () => {
    expect(await night("2026-11-20")).toEqual(["regenerations"]);
    expect(await finished()).toMatchObject({ criteriaVersion: 1, matches: 1 });
    expect(await night("2026-11-21")).toEqual([]);
    expect(await night("2026-11-21")).toEqual([]);

    const [monitor] = await testTenant.store.monitors.monitors();
    if (monitor === undefined) throw new Error("there is one");
    const when = { today: day("2026-11-22"), lastNight: day("2026-11-21") };
    const criteria = { field: "activity.total", op: ">", value: 1 } as const;
    await testTenant.store.monitors.save(changedMonitor(monitor, { criteria }, when));
    expect(await night("2026-11-22")).toEqual(["regenerations"]);
    expect(await finished()).toMatchObject({ criteriaVersion: 2, matches: 0 });
    expect(await night("2026-11-23")).toEqual([]);
  });

  it("asks again after one that was cut off before its end", async () => {
    expect(await night("2026-11-20", true)).toEqual(["regenerations"]);
    expect(await night("2026-11-20")).toEqual(["regenerations"]);
    expect(await night("2026-11-21")).toEqual([]);
  });
});
