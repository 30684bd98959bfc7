import type { Activity } from "@regulars/core/customers/activity";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../../test/fixtures/tenant.ts";
import { shardOf } from "../../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const SHARD = shardOf(ACME);
const END = { asOf: day("2026-12-31") };

const anActivity = (id: string, on: string, parts: Partial<Activity> = {}): Activity => ({
  activityId: activityIdSchema.parse(id),
  customerId: ACME,
  type: "call",
  direction: "out",
  userId: userIdSchema.parse("u-1"),
  personId: personIdSchema.parse(`p-${id}`),
  occurredAt: toInstant(Date.parse(`${on}T09:00:00Z`)),
  occurredOn: day(on),
  completed: true,
  ...parts,
});

describe("activities in a customer snapshot", () => {
  let testTenant: TestTenant;
  const save = (...given: Activity[]) => testTenant.store.imports.saveActivities(given);
  const read = async (at = END, customerId = ACME) =>
    (await testTenant.another().store.nightly.snapshotOf(customerId, at))?.activities();
  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, name: "ACME" }]);
  });

  it("are those that are stored, up to the as-of day, dirty or rebuilt", async () => {
    await save(anActivity("1", "2025-11-03", { type: "meeting" }), anActivity("2", "2026-02-01"));
    const expected = [
      { day: 20_395, type: "meeting", direction: "out", completed: true, userId: "u-1", personId: "p-1" },
      { day: 20_485, type: "call", direction: "out", completed: true, userId: "u-1", personId: "p-2" },
    ];
    expect(await read()).toEqual(expected);
    expect(await testTenant.store.rebuild(SHARD)).toEqual({ customerYears: 2, isDone: true });
    expect(await read()).toEqual(expected);
    expect(await read({ asOf: day("2026-01-31") })).toEqual(expected.slice(0, 1));
  });

  it("follow an activity that moves to another day or customer", async () => {
    await testTenant.store.imports.saveCustomers([{ customerId: BAKER, name: "BAKER" }]);
    await save(anActivity("1", "2025-11-03"));
    for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
    await save(anActivity("1", "2026-01-02", { customerId: BAKER }));
    expect([await read(), (await read(END, BAKER))?.length]).toEqual([[], 1]);
  });

  it("are checked and repaired by a verification", async () => {
    await save(anActivity("1", "2026-01-02"));
    await testTenant.store.rebuild(SHARD);
    const key = testTenant.keys.snapshotPart(ACME, { part: "year", letter: "U", year: 2026 });
    await testTenant.operations.put({ ...key, v: Uint8Array.of(1), r: 1 });
    expect(await testTenant.store.verify(SHARD)).toEqual({ chunks: 1, mended: 1 });
    expect(await read()).toHaveLength(1);
  });

  it("cost no extra read, whatever the number of persons", async () => {
    const itemsRead = async () => {
      const { store } = testTenant.another();
      await all(store.nightly.snapshots(SHARD, END, { repair: true }));
      return store.usage.itemsRead;
    };
    await save(anActivity("1", "2026-01-02"));
    await testTenant.store.rebuild(SHARD);
    const few = await itemsRead();
    await save(...Array.from({ length: 500 }, (_, i) => anActivity(`n-${i}`, "2026-01-03")));
    await testTenant.store.rebuild(SHARD);
    expect(await itemsRead()).toBe(few);
  });

  it("alone make no customer", async () => {
    await save(anActivity("1", "2026-01-02", { customerId: BAKER }));
    for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
    expect(await read(END, BAKER)).toBeUndefined();
    expect(await all(testTenant.store.nightly.snapshots(shardOf(BAKER), END, { repair: true }))).toEqual([]);
  });
});
