import { type OrderStory, anOrder } from "@regulars/core/testing";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TenantBench, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { shardOf } from "../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const END = { asOf: day("2026-12-31") };
const told = (orderId: string, on = "2026-01-05", story: Partial<OrderStory> = {}) =>
  anOrder({ on, orderId, ...story });

describe("a marked customer-year", () => {
  let bench: TenantBench;
  const saveBy = (which: TenantBench, ...orders: ReturnType<typeof anOrder>[]) => which.store.intake.saveOrders(orders);
  const rebuild = async (which = bench) =>
    (await Promise.all(which.store.shards.map((shard) => which.store.rebuild(shard)))).reduce((a, b) => a + b, 0);
  /** The customer's marks and chunks; the profile aside. */
  const parts = async () =>
    (await bench.partition(bench.keys.shard(shardOf(ACME))))
      .map((item) => item["sk"])
      .filter((sk) => sk !== "C#acme#P");
  const known = async (which = bench.another()) =>
    (await which.store.night.blockOf(ACME, END))?.history.documents.ids.slice();
  beforeEach(() => {
    bench = aTenantStore();
  });

  it("is rebuilt once however many orders came, and its mark goes", async () => {
    for (let i = 0; i < 5; i += 1) await saveBy(bench, told(`SO-${i}`));
    expect(await parts()).toEqual(["C#acme#D#2026"]);
    expect(await bench.writesOf(() => rebuild())).toBe(2);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await rebuild()).toBe(0);
  });

  it("is counted by projection and year", async () => {
    await saveBy(
      bench,
      told("SO-1", "2025-06-01"),
      told("SO-2", "2026-06-01"),
      told("SO-3", "2026-06-01", { customerId: "baker" }),
    );
    expect(await rebuild()).toBe(3);
  });

  it("is rebuilt by the night that reads it, which the next does not have to", async () => {
    await saveBy(bench, told("SO-1"));
    const read = () => all(bench.store.night.blocks(shardOf(ACME), END, { repair: true }));
    expect((await read())[0]?.history.documents.ids).toEqual(["SO-1"]);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await bench.writesOf(read)).toBe(0);
  });

  it("is true for a reader that only looks, and nothing is written", async () => {
    await saveBy(bench, told("SO-1"));
    await rebuild();
    await saveBy(bench, told("SO-2"));
    const before = await bench.partition(bench.keys.shard(shardOf(ACME)));
    const other = bench.another();
    const [block] = await all(other.store.night.blocks(shardOf(ACME), END, { repair: false }));
    expect(block?.history.documents.ids).toEqual(["SO-1", "SO-2"]);
    expect(await known(other)).toEqual(["SO-1", "SO-2"]);
    expect(other.store.usage.itemsWritten).toBe(0);
    expect(await bench.partition(bench.keys.shard(shardOf(ACME)))).toEqual(before);
  });

  it("stays marked when an order came between the rebuild's look and the end of its mark", async () => {
    await saveBy(bench, told("SO-1"));
    const other = bench.another();
    beforeCommand(bench.table, "DeleteItem", () => saveBy(other, told("SO-2")));
    await rebuild();
    expect(await parts()).toEqual(["C#acme#D#2026", "C#acme#H#2026"]);
    expect(await known()).toEqual(["SO-1", "SO-2"]);
  });

  it("stays marked when another has rebuilt it and an order came, all between two steps of ours", async () => {
    await saveBy(bench, told("SO-1"));
    const other = bench.another();
    beforeCommand(bench.table, "DeleteItem", async () => {
      await rebuild(other);
      await saveBy(other, told("SO-2"));
    });
    await rebuild();
    expect(await known()).toEqual(["SO-1", "SO-2"]);
    expect(await rebuild()).toBe(1);
  });

  it("is read again when another has rebuilt it first", async () => {
    await saveBy(bench, told("SO-1"));
    const other = bench.another();
    beforeCommand(bench.table, "PutItem", async () => {
      await saveBy(other, told("SO-2"));
      await rebuild(other);
    });
    const [block] = await all(bench.store.night.blocks(shardOf(ACME), END, { repair: true }));
    expect(block?.history.documents.ids).toEqual(["SO-1", "SO-2"]);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
  });

  it("left half done by a crash is done again", async () => {
    await saveBy(bench, told("SO-1"));
    beforeCommand(bench.table, "DeleteItem", () => Promise.reject(new Error("the process ended")));
    await expect(rebuild()).rejects.toThrow("the process ended");
    expect(await parts()).toEqual(["C#acme#D#2026", "C#acme#H#2026"]);
    expect(await rebuild(bench.another())).toBe(1);
    expect(await parts()).toEqual(["C#acme#H#2026"]);
    expect(await known()).toEqual(["SO-1"]);
  });

  it("whose orders have all gone is an empty one", async () => {
    await saveBy(bench, told("SO-1", "2025-06-01"));
    await rebuild();
    await saveBy(bench, told("SO-1", "2026-06-01"));
    expect(await rebuild()).toBe(2);
    const block = await bench.store.night.blockOf(ACME, { asOf: day("2026-12-31") });
    expect([...(block?.history.documents.day.slice(0, block.history.documents.count) ?? [])]).toEqual([20_605]);
  });

  it("read by two nights at once is stored once, as it is", async () => {
    for (let i = 0; i < 20; i += 1) await saveBy(bench, told(`SO-${i}`, "2026-03-01", { customerId: `c-${i}` }));
    const readers = [bench, bench.another(), bench.another()];
    await Promise.all(readers.map((reader) => rebuild(reader)));
    expect(await rebuild()).toBe(0);
    const verified = await Promise.all(bench.store.shards.map((shard) => bench.store.verify(shard)));
    expect(
      verified.reduce((sum, { chunks, mended }) => [(sum[0] ?? 0) + chunks, (sum[1] ?? 0) + mended], [0, 0]),
    ).toEqual([20, 0]);
  });
});
