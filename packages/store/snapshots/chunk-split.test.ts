import { anOrder } from "@regulars/core/testing";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { openTenantStore } from "../tenant-store.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, all, aTable, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { shardOf } from "../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const SHARD = shardOf(ACME);
const END = { asOf: day("2026-12-31") };
/** Small enough that a few orders need several items. */
const LIMIT = 40;

describe("a chunk that is too large for one item", () => {
  let testTenant: TestTenant;
  const open = () => openTenantStore(aTable(), testTenant.tenant, { chunkLimitBytes: LIMIT });
  const save = (from: number, to: number) =>
    testTenant.store.imports.saveOrders(
      Array.from({ length: to - from }, (_, i) => anOrder({ on: "2026-06-01", orderId: `SO-${1000 + from + i}` })),
    );
  const items = async () =>
    (await testTenant.partition(testTenant.keys.shard(SHARD))).filter(({ sk }) => String(sk).startsWith("C#acme#H"));
  const known = async () => (await open().nightly.snapshotOf(ACME, END))?.history.documents.ids.length;
  beforeEach(async () => {
    testTenant = aTenantStore();
    await save(0, 20);
    await open().rebuild(SHARD);
  });

  it("is stored in several items within the limit, and read as one", async () => {
    const sizes = (await items()).map(({ v }) => (v instanceof Uint8Array ? v.length : 0));
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBe(LIMIT);
    expect(await known()).toBe(20);
    const snapshots = await all(open().nightly.snapshots(SHARD, END, { repair: true }));
    expect(snapshots[0]?.history.documents.count).toBe(20);
    expect(await open().verify(SHARD)).toEqual({ chunks: 1, mended: 0 });
  });

  it("leaves no old piece behind when it is rebuilt", async () => {
    await save(20, 30);
    await open().rebuild(SHARD);
    const stamps = new Set(
      (await items()).map(({ sk }) => String(sk).split("#")[4]).filter((one) => one !== undefined),
    );
    expect(stamps.size).toBe(1);
    expect(await known()).toBe(30);
    await openTenantStore(aTable(), testTenant.tenant).imports.saveOrders([
      anOrder({ on: "2026-06-02", orderId: "Z" }),
    ]);
    await openTenantStore(aTable(), testTenant.tenant).rebuild(SHARD);
    expect((await items()).map(({ sk }) => sk)).toEqual(["C#acme#H#2026"]);
    expect(await known()).toBe(31);
  });

  it("stays complete when a rebuild stops before its first item; the next rebuild deletes what it left", async () => {
    await save(20, 30);
    const table = aTable();
    beforeCommand(table, "PutItem", () => Promise.reject(new Error("cut off")));
    await expect(openTenantStore(table, testTenant.tenant, { chunkLimitBytes: LIMIT }).rebuild(SHARD)).rejects.toThrow(
      "cut off",
    );
    const former = (await items()).length;
    expect(await known()).toBe(30);
    await open().rebuild(SHARD);
    expect((await items()).length).toBeLessThan(former);
    expect(await known()).toBe(30);
  });

  it("is what the last of two concurrent rebuilds stored", async () => {
    await save(20, 30);
    const table = aTable();
    beforeCommand(table, "PutItem", async () => {
      await save(30, 40);
      await open().rebuild(SHARD);
    });
    await openTenantStore(table, testTenant.tenant, { chunkLimitBytes: LIMIT }).rebuild(SHARD);
    expect(await known()).toBe(40);
    expect(await open().verify(SHARD)).toEqual({ chunks: 1, mended: 0 });
  });

  it("is reported when a piece is lost, and repaired", async () => {
    const lost = (await items()).at(-1);
    await testTenant.operations.delete({ pk: String(lost?.["pk"]), sk: String(lost?.["sk"]) });
    await expect(known()).rejects.toThrow(
      'history of customer acme in 2026: a piece of the chunk is missing. "regulars doctor --rebuild"',
    );
    expect(await open().verify(SHARD)).toEqual({ chunks: 1, mended: 1 });
    expect(await known()).toBe(20);
  });
});
