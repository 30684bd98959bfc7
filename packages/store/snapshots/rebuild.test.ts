import { type OrderInput, anOrder } from "@regulars/core/testing";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { shardOf } from "../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const END = { asOf: day("2026-12-31") };
const given = (orderId: string, on = "2026-01-05", fixture: Partial<OrderInput> = {}) =>
  anOrder({ on, orderId, ...fixture });

describe("a dirty customer-year", () => {
  let testTenant: TestTenant;
  const saveBy = (which: TestTenant, ...orders: ReturnType<typeof anOrder>[]) => which.store.imports.saveOrders(orders);
  const rebuild = async (which = testTenant) =>
    (await Promise.all(which.store.shards.map((shard) => which.store.rebuild(shard)))).reduce(
      (sum, { customerYears }) => sum + customerYears,
      0,
    );
  /** The customer's dirty markers and chunks, without the profile. */
  const parts = async () =>
    [
      ...(await testTenant.partition(testTenant.keys.changesOf(ACME))).filter(({ n, c }) => n !== c),
      ...(await testTenant.partition(testTenant.keys.shard(shardOf(ACME)))),
    ]
      .map((item) => item["sk"])
      .filter((sk) => sk !== "C#acme#P");
  const known = async (which = testTenant.another()) =>
    (await which.store.nightly.snapshotOf(ACME, END))?.history.documents.ids.slice();
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("is rebuilt once for any number of orders, and its dirty marker is clean then", async () => {
    for (let i = 0; i < 5; i += 1) await saveBy(testTenant, given(`SO-${i}`));
    expect(await parts()).toEqual(["C#acme#D#2026"]);
    expect(await testTenant.writesOf(() => rebuild())).toBe(2);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await rebuild()).toBe(0);
  });

  it("is counted by projection and year", async () => {
    await saveBy(
      testTenant,
      given("SO-1", "2025-06-01"),
      given("SO-2", "2026-06-01"),
      given("SO-3", "2026-06-01", { customerId: "baker" }),
    );
    expect(await rebuild()).toBe(3);
  });

  it("is rebuilt by the nightly run that reads it, and not again by the next", async () => {
    await saveBy(testTenant, given("SO-1"));
    const read = () => all(testTenant.store.nightly.snapshots(shardOf(ACME), END, { repair: true }));
    expect((await read())[0]?.history.documents.ids).toEqual(["SO-1"]);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await testTenant.writesOf(read)).toBe(0);
  });

  it("is read up to date by a reader that writes nothing", async () => {
    await saveBy(testTenant, given("SO-1"));
    await rebuild();
    await saveBy(testTenant, given("SO-2"));
    const before = await testTenant.partition(testTenant.keys.shard(shardOf(ACME)));
    const other = testTenant.another();
    const [snapshot] = await all(other.store.nightly.snapshots(shardOf(ACME), END, { repair: false }));
    expect(snapshot?.history.documents.ids).toEqual(["SO-1", "SO-2"]);
    expect(await known(other)).toEqual(["SO-1", "SO-2"]);
    expect(other.store.usage.itemsWritten).toBe(0);
    expect(await testTenant.partition(testTenant.keys.shard(shardOf(ACME)))).toEqual(before);
  });

  it("stays dirty when an order is saved between the rebuild's read and its write of the marker", async () => {
    await saveBy(testTenant, given("SO-1"));
    const other = testTenant.another();
    beforeCommand(testTenant.table, "UpdateItem", () => saveBy(other, given("SO-2")));
    await rebuild();
    expect(await parts()).toEqual(["C#acme#D#2026", "C#acme#H#2026"]);
    expect(await known()).toEqual(["SO-1", "SO-2"]);
  });

  it("stays dirty when another rebuild and an order come between two steps of ours", async () => {
    await saveBy(testTenant, given("SO-1"));
    const other = testTenant.another();
    beforeCommand(testTenant.table, "UpdateItem", async () => {
      await rebuild(other);
      await saveBy(other, given("SO-2"));
    });
    await rebuild();
    expect(await known()).toEqual(["SO-1", "SO-2"]);
    expect(await rebuild()).toBe(1);
  });

  it("is read again when another process has rebuilt it first", async () => {
    await saveBy(testTenant, given("SO-1"));
    const other = testTenant.another();
    beforeCommand(testTenant.table, "PutItem", async () => {
      await saveBy(other, given("SO-2"));
      await rebuild(other);
    });
    const [snapshot] = await all(testTenant.store.nightly.snapshots(shardOf(ACME), END, { repair: true }));
    expect(snapshot?.history.documents.ids).toEqual(["SO-1", "SO-2"]);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
  });

  it("is rebuilt again after a crash halfway", async () => {
    await saveBy(testTenant, given("SO-1"));
    beforeCommand(testTenant.table, "UpdateItem", () => Promise.reject(new Error("the process ended")));
    await expect(rebuild()).rejects.toThrow("the process ended");
    expect(await parts()).toEqual(["C#acme#D#2026", "C#acme#H#2026"]);
    expect(await rebuild(testTenant.another())).toBe(1);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await known()).toEqual(["SO-1"]);
  });

  it("is empty when all its orders are gone", async () => {
    await saveBy(testTenant, given("SO-1", "2025-06-01"));
    await rebuild();
    await saveBy(testTenant, given("SO-1", "2026-06-01"));
    expect(await rebuild()).toBe(2);
    const snapshot = await testTenant.store.nightly.snapshotOf(ACME, { asOf: day("2026-12-31") });
    expect([...(snapshot?.history.documents.day.slice(0, snapshot.history.documents.count) ?? [])]).toEqual([20_605]);
  });

  it("is stored once when two nightly runs read it at once", async () => {
    for (let i = 0; i < 20; i += 1) await saveBy(testTenant, given(`SO-${i}`, "2026-03-01", { customerId: `c-${i}` }));
    const readers = [testTenant, testTenant.another(), testTenant.another()];
    await Promise.all(readers.map((reader) => rebuild(reader)));
    expect(await rebuild()).toBe(0);
    const verified = await Promise.all(testTenant.store.shards.map((shard) => testTenant.store.verify(shard)));
    expect(
      verified.reduce((sum, { chunks, mended }) => [(sum[0] ?? 0) + chunks, (sum[1] ?? 0) + mended], [0, 0]),
    ).toEqual([20, 0]);
  });
});
