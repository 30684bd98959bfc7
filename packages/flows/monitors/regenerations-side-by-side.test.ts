import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { openNightWatch } from "./night-watch.ts";
import { saveRegeneration } from "./save-regeneration.ts";
import { settleChanged } from "./settle-changed.ts";

const TODAY = day("2026-11-20");
const BAR = monitorIdSchema.parse("bar");
const bars = { field: "category", op: "is", value: "Bar" } as const;
const shops = { ...bars, value: "Shop" } as const;
/** Some in nearly every shard; every third is a bar. */
const customers = Array.from({ length: 48 }, (_, i) => ({
  customerId: customerIdSchema.parse(`c-${i}`),
  category: i % 3 === 0 ? "Bar" : "Shop",
}));
const [EVENING, NIGHT] = ["2026-11-20T20:00:00Z", "2026-11-21T02:00:00Z"];

describe("regenerations side by side", () => {
  let testTenant: TestTenant;

  /** A run in a process of its own. `beforeShard` happens while it is at work. */
  const inputOf = (at: string, beforeShard: (shard: number) => Promise<unknown> = () => Promise.resolve()) => {
    const { tenant, store } = testTenant.another();
    const nightly: typeof store.nightly = {
      ...store.nightly,
      snapshots: async function* (shard, ...rest) {
        await beforeShard(shard);
        yield* store.nightly.snapshots(shard, ...rest);
      },
    };
    const now = toInstant(Date.parse(at));
    return { tenant, catalog: builtInInsights, store: { ...store, nightly }, now, newId: () => "1" };
  };
  const settle = (at = EVENING, beforeShard?: (shard: number) => Promise<unknown>, fromShard?: number) =>
    settleChanged({ ...inputOf(at, beforeShard), isEverybody: true, fromShard });
  const night = async (beforeShard?: (shard: number) => Promise<unknown>) => {
    const input = inputOf(NIGHT, beforeShard);
    const watch = await openNightWatch(input, TODAY);
    for (const shard of input.store.shards)
      for await (const snapshot of input.store.nightly.snapshots(shard, { asOf: TODAY }, { repair: true }))
        await watch?.see(snapshot, []);
    await watch?.end();
  };
  const edit = async () => {
    const monitor = await testTenant.store.monitors.monitor(BAR);
    if (monitor === undefined) throw new Error("there is one");
    const when = { today: TODAY, lastNight: undefined };
    await testTenant.store.monitors.save(changedMonitor(monitor, { criteria: shops }, when));
  };
  const at = (shard: number, change: () => Promise<unknown>) => async (one: number) => {
    if (one === shard) await change();
  };
  const stored = () => testTenant.store.statuses.regeneration(BAR);
  const held = async () => {
    const statuses = await Promise.all(
      customers.map(({ customerId }) => testTenant.store.statuses.statusesOf(customerId)),
    );
    return customers.filter((_, i) => statuses[i]?.values?.held.length === 1).map(({ category }) => category);
  };
  const all = (category: string) => customers.map((one) => one.category).filter((one) => one === category);

  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveCustomers(customers);
    const monitor = newMonitorSchema.parse({ name: "Bar", ownerType: "company", criteria: bars });
    await testTenant.store.monitors.create(newMonitor(BAR, monitor));
  });

  it.each([0, 7, 15])("stores nothing of former criteria over later ones, overtaken at part %i", async (shard) => {
    const overtake = async () => {
      await edit();
      expect((await settle(NIGHT)).leftFrom).toBeUndefined();
    };
    const { leftFrom } = await settle(EVENING, at(shard, overtake));
    expect(leftFrom).toBe(shard);
    const done = { criteriaVersion: 2, customers: 48, matches: 32, finishedAt: toInstant(Date.parse(NIGHT)) };
    expect(await stored()).toMatchObject(done);
    // What is left is everybody from the part on that was settled with the former criteria.
    expect((await settle(NIGHT, undefined, leftFrom)).leftFrom).toBeUndefined();
    expect([await held(), await stored()]).toEqual([all("Shop"), expect.objectContaining(done)]);
  });

  it.each([0, 7, 15])("leaves one finished that another run has finished meanwhile, at part %i", async (shard) => {
    await settle(
      EVENING,
      at(shard, () => settle(NIGHT)),
    );
    const finishedAt = toInstant(Date.parse(NIGHT));
    expect(await stored()).toMatchObject({ criteriaVersion: 1, customers: 48, matches: 16, finishedAt });
    expect((await stored())?.doneShards).toHaveLength(16);
    expect(await held()).toEqual(all("Bar"));
  });

  it("leaves one finished that a night has finished meanwhile, and a night the other's", async () => {
    const finished = { criteriaVersion: 1, customers: 48, matches: 16 };
    await settle(
      EVENING,
      at(9, () => night()),
    );
    expect(await stored()).toMatchObject({ ...finished, finishedAt: toInstant(Date.parse(NIGHT)) });
    await edit();
    await night(at(9, () => settle(EVENING)));
    const next = { criteriaVersion: 2, customers: 48, matches: 32, finishedAt: toInstant(Date.parse(EVENING)) };
    expect(await stored()).toMatchObject(next);
  });

  it("counts each part once when two runs of the same criteria do it together", async () => {
    await Promise.all([settle(), settle(), settle()]);
    const { doneShards, ...counted } = (await stored()) ?? { doneShards: [] };
    expect(doneShards.toSorted((a, b) => a - b)).toEqual(testTenant.store.shards);
    expect(counted).toMatchObject({ customers: 48, matches: 16, finishedAt: toInstant(Date.parse(EVENING)) });
    expect(await held()).toEqual(all("Bar"));
  });

  it("goes on with one that was stored without a revision, and saves it only as it was read", async () => {
    const former = {
      statusId: BAR,
      criteriaVersion: 1,
      doneShards: [0, 1, 2],
      customers: 5,
      matches: 2,
      startedAt: toInstant(Date.parse(EVENING)),
    };
    await testTenant.operations.put({ ...testTenant.keys.regeneration(BAR), ...former });
    const { statuses } = testTenant.store;
    expect(await statuses.regeneration(BAR)).toEqual(former);
    expect(await statuses.saveRegeneration({ ...former, customers: 9 }, undefined)).toBe(false);
    expect(await statuses.saveRegeneration({ ...former, customers: 6 }, former)).toEqual({
      ...former,
      customers: 6,
      revision: 1,
    });
    expect(await statuses.saveRegeneration({ ...former, customers: 9 }, former)).toBe(false);
    expect((await stored())?.customers).toBe(6);
    await settle(NIGHT);
    expect(await stored()).toMatchObject({ startedAt: former.startedAt, finishedAt: toInstant(Date.parse(NIGHT)) });
  });

  it("gives up a save that others are always ahead of, so that its message comes again", async () => {
    const { statuses } = testTenant.store;
    const busy = { ...statuses, saveRegeneration: () => Promise.resolve(false as const) };
    const next = { statusId: BAR, criteriaVersion: 1, doneShards: [], customers: 0, matches: 0 };
    const saving = saveRegeneration(busy, { statusId: BAR, known: undefined }, () => ({
      ...next,
      startedAt: toInstant(Date.parse(NIGHT)),
    }));
    await expect(saving).rejects.toThrow("others keep saving how far the evaluation of bar is: try again");
  });
});
