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
import { type TenantBench, all, aTenantStore } from "../../../../test/fixtures/tenant.ts";
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
  let bench: TenantBench;
  const save = (...given: Activity[]) => bench.store.intake.saveActivities(given);
  const read = async (at = END, customerId = ACME) =>
    (await bench.another().store.night.blockOf(customerId, at))?.activities();
  beforeEach(async () => {
    bench = aTenantStore();
    await bench.store.intake.saveCustomers([{ customerId: ACME, name: "ACME" }]);
  });

  it("are those that are stored, up to the as-of day, marked or rebuilt", async () => {
    await save(anActivity("1", "2025-11-03", { type: "meeting" }), anActivity("2", "2026-02-01"));
    const expected = [
      { day: 20_395, type: "meeting", direction: "out", completed: true, userId: "u-1", personId: "p-1" },
      { day: 20_485, type: "call", direction: "out", completed: true, userId: "u-1", personId: "p-2" },
    ];
    expect(await read()).toEqual(expected);
    expect(await bench.store.rebuild(SHARD)).toBe(2);
    expect(await read()).toEqual(expected);
    expect(await read({ asOf: day("2026-01-31") })).toEqual(expected.slice(0, 1));
  });

  it("follow one that moves to another day or customer", async () => {
    await bench.store.intake.saveCustomers([{ customerId: BAKER, name: "BAKER" }]);
    await save(anActivity("1", "2025-11-03"));
    for (const shard of bench.store.shards) await bench.store.rebuild(shard);
    await save(anActivity("1", "2026-01-02", { customerId: BAKER }));
    expect([await read(), (await read(END, BAKER))?.length]).toEqual([[], 1]);
  });

  it("are proved by a verification, and mended", async () => {
    await save(anActivity("1", "2026-01-02"));
    await bench.store.rebuild(SHARD);
    const key = bench.keys.blockPart(ACME, { part: "year", letter: "U", year: 2026 });
    await bench.operations.put({ ...key, v: Uint8Array.of(1), r: 1 });
    expect(await bench.store.verify(SHARD)).toEqual({ chunks: 1, mended: 1 });
    expect(await read()).toHaveLength(1);
  });

  it("take no read of their own, whatever the number of persons", async () => {
    const itemsRead = async () => {
      const { store } = bench.another();
      await all(store.night.blocks(SHARD, END, { repair: true }));
      return store.usage.itemsRead;
    };
    await save(anActivity("1", "2026-01-02"));
    await bench.store.rebuild(SHARD);
    const few = await itemsRead();
    await save(...Array.from({ length: 500 }, (_, i) => anActivity(`n-${i}`, "2026-01-03")));
    await bench.store.rebuild(SHARD);
    expect(await itemsRead()).toBe(few);
  });

  it("alone make no customer", async () => {
    await save(anActivity("1", "2026-01-02", { customerId: BAKER }));
    for (const shard of bench.store.shards) await bench.store.rebuild(shard);
    expect(await read(END, BAKER)).toBeUndefined();
    expect(await all(bench.store.night.blocks(shardOf(BAKER), END, { repair: true }))).toEqual([]);
  });
});
