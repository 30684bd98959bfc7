import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { builtInInsights as catalog } from "@regulars/core/insights/catalog";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { beforeEach, describe, expect, it } from "vitest";
import { type NightOf, helpedNight, nightInParts, undividedNight } from "../../../test/fixtures/night-queue.ts";
import { seeded } from "../../../test/fixtures/random-records.ts";
import { aTable, aTenant } from "../../../test/fixtures/tenant.ts";
import { settleChanged } from "./settle-changed.ts";
import { isOvertaken } from "./status-context.ts";

const TODAY = day("2026-11-20");
const NOW = toInstant(Date.parse("2026-11-21T03:00:00Z"));
const newId = () => "none is made";
const BAR = monitorIdSchema.parse("bar");
const bars = { field: "category", op: "is", value: "Bar" } as const;
const shops = { ...bars, value: "Shop" } as const;
const customers = Array.from({ length: 24 }, (_, i) => ({
  customerId: customerIdSchema.parse(`c-${i}`),
  category: i % 2 === 0 ? "Bar" : "Shop",
}));

describe("a night in which somebody changes a monitor", () => {
  const table = aTable();
  let night: NightOf;
  let store: TenantStore;

  const create = (criteria: typeof bars | typeof shops) =>
    store.monitors.create(newMonitor(BAR, newMonitorSchema.parse({ name: "Bar", ownerType: "company", criteria })));
  const edit = async () => {
    const monitor = await store.monitors.monitor(BAR);
    if (monitor === undefined) throw new Error("there is one");
    await store.monitors.save(changedMonitor(monitor, { criteria: shops }, { today: TODAY, lastNight: undefined }));
  };
  const inParts = (phase: string, nth: number, change: () => Promise<unknown>) =>
    nightInParts(night, {
      below: seeded(1),
      // The part that publishes comes once, whatever was cut.
      most: phase === "publish" ? 9 : 1,
      before: async (part, n) => {
        if (part.phase === phase && n === nth) await change();
      },
    });
  /** The version of the criteria that is regenerated, and whether the next night need not ask. */
  const left = async () => [
    (await store.statuses.regenerations()).get(BAR)?.criteriaVersion,
    (await store.nightly.lastNightly())?.watchedWith !== undefined,
  ];
  const held = async () => {
    const statuses = await Promise.all(customers.map(({ customerId }) => store.statuses.statusesOf(customerId)));
    return customers.filter((_, i) => statuses[i]?.values?.held.length === 1).map(({ category }) => category);
  };
  const nextNight = () => undividedNight({ ...night, asOf: addDays(TODAY, 1) });
  const allShops = customers.map(({ category }) => category).filter((category) => category === "Shop");

  beforeEach(async () => {
    night = { tenant: aTenant({ edition: "pro" }), open: () => table, asOf: TODAY };
    store = openTenantStore(table, night.tenant);
    await store.imports.saveCustomers(customers);
  });

  it.each([
    ["in the middle of the parts", () => inParts("evaluate", 14, edit), undefined],
    ["before the part that publishes", () => inParts("publish", 1, edit), 1],
    [
      "in the middle of one run",
      () => undividedNight({ ...night, beforeShard: (shard) => (shard === 12 ? edit() : Promise.resolve()) }),
      1,
    ],
    ["before a helper begins", () => helpedNight({ ...night, beforeHelp: edit }, 1), undefined],
  ])("marks as regenerated what all were evaluated with: edited %s", async (_when, run, version) => {
    await create(bars);
    await run();
    expect(await left()).toEqual([version, version !== undefined]);
    await nextNight();
    expect([await left(), await held()]).toEqual([[2, true], allShops]);
  });

  it.each([
    ["in the middle of the parts", (change: () => Promise<unknown>) => inParts("evaluate", 14, change)],
    [
      "in the middle of one run",
      (change: () => Promise<unknown>) =>
        undividedNight({ ...night, beforeShard: async (shard) => void (shard === 5 && (await change())) }),
    ],
    ["before a helper begins", (change: () => Promise<unknown>) => helpedNight({ ...night, beforeHelp: change }, 1)],
  ])("is overtaken by what is edited and evaluated %s, and everybody is settled again", async (_when, run) => {
    await create(bars);
    const settle = () =>
      settleChanged({
        ...night,
        catalog,
        store: openTenantStore(table, night.tenant),
        now: NOW,
        newId,
        isEverybody: true,
      });
    const isLate = () => isOvertaken({ ...night, catalog, store: openTenantStore(table, night.tenant) });
    await undividedNight({ ...night, asOf: addDays(TODAY, -1) });
    expect(await isLate()).toBe(false);
    await run(async () => {
      await edit();
      await settle();
    });
    expect(await isLate()).toBe(true);
    await settle();
    expect(await held()).toEqual(allShops);
    await nextNight();
    expect(await isLate()).toBe(false);
  });

  it("is not overtaken where there is no monitor, or none may be", async () => {
    const isLate = (tenant = night.tenant) => isOvertaken({ tenant, catalog, store: openTenantStore(table, tenant) });
    await undividedNight(night);
    expect(await isLate()).toBe(false);
    await create(bars);
    expect([await isLate(), await isLate({ ...night.tenant, edition: "basic" })]).toEqual([true, false]);
  });

  it.each([
    ["in the middle of the parts", () => inParts("evaluate", 14, () => create(shops))],
    ["before the part that publishes", () => inParts("publish", 1, () => create(shops))],
    ["before a helper begins", () => helpedNight({ ...night, beforeHelp: () => create(shops) }, 1)],
  ])("leaves a monitor to be regenerated that was made %s", async (_when, run) => {
    await run();
    expect(await left()).toEqual([undefined, false]);
    await nextNight();
    expect([await left(), await held()]).toEqual([[1, true], allShops]);
  });
});
