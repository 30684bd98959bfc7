import { builtInInsights } from "@regulars/core/insights/catalog";
import type { Activity } from "@regulars/core/customers/activity";
import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { type CustomerId, activityIdSchema, customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { monitorContextOf } from "../../../test/fixtures/monitor-context.ts";
import { changeMonitor } from "./save-monitor.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { runNightly } from "../nightly/run-nightly.ts";
import { openNightWatch } from "./night-watch.ts";
import { settleChanged } from "./settle-changed.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const CALLED = monitorIdSchema.parse("called");
const unusable = () => {
  throw new Error("1.5 is no whole number");
};

describe("a night with status monitors", () => {
  let testTenant: TestTenant;
  /** Of the last night. */
  let setAside: readonly SetAsideCustomer[];
  /** How often the last night called the database. */
  let calls: number;

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    const { imports, monitors } = testTenant.store;
    await imports.saveCustomers([{ customerId: ACME }]);
    await imports.saveActivities([callOf(ACME, "2026-11-10")]);
    const criteria = { field: "activity.total", op: ">", value: 0 } as const;
    await monitors.create(
      newMonitor(CALLED, newMonitorSchema.parse({ name: "Called", ownerType: "company", criteria })),
    );
  });

  const callOf = (customerId: CustomerId, on: string): Activity => ({
    activityId: activityIdSchema.parse(`call of ${customerId} ${on}`.replaceAll(" ", "-")),
    customerId,
    type: "call",
    direction: "out",
    occurredAt: toInstant(Date.parse(`${on}T09:00:00Z`)),
    occurredOn: day(on),
    completed: true,
  });

  interface Asked {
    /** Its process ends before its record is saved. */
    readonly isCutOff?: boolean;
    /** The records of this company cannot be evaluated. */
    readonly faulty?: CustomerId;
    readonly edition?: Tenant["edition"];
  }

  /** How often it reads how far regenerations are, and the companies and statuses that it reads one by one. */
  const night = async (on: string, { isCutOff = false, faulty, edition = "pro" }: Asked = {}) => {
    const asOf = day(on);
    const { store, ...opened } = testTenant.another();
    calls = 0;
    opened.table.raw.middlewareStack.add(
      (next) => (args) => {
        calls += 1;
        return next(args);
      },
      { step: "initialize", name: "countCalls" },
    );
    const tenant = { ...opened.tenant, edition };
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
      openWatch: async (known) => {
        const watch = await openNightWatch(watched, asOf, { known });
        return (
          watch && {
            ...watch,
            see: (snapshot, findings) =>
              watch.see(
                snapshot.customer.customerId === faulty ? { ...snapshot, records: unusable } : snapshot,
                findings,
              ),
          }
        );
      },
    });
    if (isCutOff) await expect(run).rejects.toThrow("the process ended");
    else setAside = (await run).setAside?.first ?? [];
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

  it("calls the database with fifty of them as often as without, while nothing changes", async () => {
    const { store, operations, keys } = testTenant;
    const others = Array.from({ length: 49 }, (_, index) => monitorIdSchema.parse(`called-${index}`));
    for (const [index, statusId] of others.entries()) {
      const criteria = { field: "activity.total", op: ">", value: index } as const;
      const given = newMonitorSchema.parse({ name: `Called ${index}`, ownerType: "company", criteria });
      await store.monitors.create(newMonitor(statusId, given));
    }
    await night("2026-11-20");
    await night("2026-11-20");
    const callsWith = calls;
    for (const statusId of [CALLED, ...others]) await operations.delete(keys.monitor(statusId));
    await night("2026-11-20");
    await night("2026-11-20");
    expect(calls).toBe(callsWith);
    expect(callsWith).toBeGreaterThan(30);
  });

  it("asks again after one that was cut off before its end", async () => {
    expect(await night("2026-11-20", { isCutOff: true })).toEqual(["regenerations"]);
    expect(await night("2026-11-20")).toEqual(["regenerations"]);
    expect(await night("2026-11-21")).toEqual([]);
  });

  const heldBy = async (customerId: CustomerId) =>
    (await testTenant.store.statuses.statusesOf(customerId)).values?.held.map(
      ({ statusId, since }) => `${statusId} ${since}`,
    );

  it("scenario 5: sets a company aside whose data fails, keeps its statuses, and evaluates all others", async () => {
    await testTenant.store.imports.saveCustomers([{ customerId: BAKER }]);
    await testTenant.store.imports.saveActivities([callOf(BAKER, "2026-11-12")]);
    await night("2026-11-20");
    expect([await heldBy(ACME), await heldBy(BAKER), setAside]).toEqual([
      ["called 2026-11-10"],
      ["called 2026-11-12"],
      [],
    ]);
    const [monitor] = await testTenant.store.monitors.monitors();
    if (monitor === undefined) throw new Error("there is one");
    const when = { today: day("2026-11-21"), lastNight: day("2026-11-20") };
    const criteria = { field: "activity.total", op: ">", value: 1 } as const;
    await testTenant.store.monitors.save(changedMonitor(monitor, { criteria }, when));
    await night("2026-11-21", { faulty: ACME });
    expect([await heldBy(ACME), await heldBy(BAKER), setAside]).toEqual([
      ["called 2026-11-10"],
      [],
      [{ customerId: ACME, reason: "statuses: Error: 1.5 is no whole number" }],
    ]);
    await night("2026-11-22");
    expect([await heldBy(ACME), setAside]).toEqual([[], []]);
  });

  it("evaluates anew where it cannot be read how far that is", async () => {
    await night("2026-11-20");
    const { operations, keys } = testTenant;
    const key = keys.regeneration(CALLED);
    await operations.put({ ...(await operations.get(key)), ...key, doneShards: "all", criteriaVersion: 1 });
    const [monitor] = await testTenant.store.monitors.monitors();
    if (monitor === undefined) throw new Error("there is one");
    const when = { today: day("2026-11-21"), lastNight: day("2026-11-20") };
    await testTenant.store.monitors.save(changedMonitor(monitor, { rank: 5 }, when));
    await night("2026-11-21");
    expect(await finished()).toMatchObject({ criteriaVersion: 1, matches: 1, doneShards: { length: 16 } });
  });

  it("looks at everybody of a shard whose agenda cannot be read", async () => {
    await testTenant.store.imports.saveCustomers([{ customerId: BAKER }]);
    await night("2026-11-20");
    const { store, operations, keys } = testTenant;
    for (const torn of [{ v: "?" }, { settled: Uint8Array.of(1, 2) }])
      for (const customerId of [ACME, BAKER]) {
        const key = keys.agenda(store.statuses.shardOf(customerId));
        await operations.put({ ...(await operations.get(key)), ...key, ...torn });
        await night("2026-11-21");
        expect([await heldBy(ACME), await heldBy(BAKER), setAside]).toEqual([["called 2026-11-10"], undefined, []]);
      }
    await store.imports.saveActivities([callOf(BAKER, "2026-11-22")]);
    await night("2026-11-22");
    expect(await heldBy(BAKER)).toEqual(["called 2026-11-22"]);
  });

  it("a monitor that cannot be read stops no other, and keeps its values until it is saved anew", async () => {
    const { store, operations, keys } = testTenant;
    await store.imports.saveCustomers([{ customerId: BAKER }]);
    await night("2026-11-20");
    const key = keys.monitor(CALLED);
    await operations.put({ ...(await operations.get(key)), ...key, criteria: { field: 7 } });
    const criteria = { field: "activity.total", op: "=", value: 0 } as const;
    const given = newMonitorSchema.parse({ name: "Silent", ownerType: "company", criteria });
    await store.monitors.create(newMonitor(monitorIdSchema.parse("silent"), given));
    await night("2026-11-21");
    expect([await heldBy(ACME), await heldBy(BAKER), setAside]).toEqual([
      ["called 2026-11-10"],
      ["silent 2026-11-21"],
      [],
    ]);
    await store.imports.saveActivities([callOf(BAKER, "2026-11-22")]);
    expect((await finished())?.failure).toBeUndefined();
    const context = monitorContextOf(testTenant, toInstant(Date.parse("2026-11-22T09:00:00Z")));
    const saved = await changeMonitor(context, CALLED, { criteria: { field: "activity.total", op: ">", value: 0 } });
    expect(saved).toMatchObject({ ok: true, value: { monitor: { name: "Called", version: 2, criteriaVersion: 2 } } });
    await night("2026-11-22");
    expect([await heldBy(ACME), await heldBy(BAKER)]).toEqual([["called 2026-11-10"], ["called 2026-11-22"]]);
  });

  it("SA21: makes up for the nights of an edition without statuses: each turn has its own day", async () => {
    const criteria = { field: "activity.last", op: "olderThan", value: 20, unit: "days" } as const;
    const quiet = newMonitorSchema.parse({ name: "Quiet", ownerType: "company", criteria });
    await testTenant.store.monitors.create(newMonitor(monitorIdSchema.parse("quiet"), quiet));
    await night("2026-11-20");
    for (const on of ["2026-11-21", "2026-12-05", "2026-12-09"]) await night(on, { edition: "basic" });
    const { tenant, store } = testTenant.another();
    const now = toInstant(Date.parse("2026-12-10T09:00:00Z"));
    const { catalog, newId } = { catalog: builtInInsights, newId: () => "1" };
    await settleChanged({ tenant, catalog, store, now, newId, isEverybody: true });
    expect(await heldBy(ACME)).toEqual(["called 2026-11-10", "quiet 2026-12-01"]);
    expect(
      (await all(store.statuses.statusLog(ACME))).map(({ statusId, type, on }) => `${statusId} ${type} ${on}`),
    ).toEqual(["called entered 2026-11-10", "quiet entered 2026-12-01"]);
  });
});
