import { Buffer } from "node:buffer";
import { anOrder } from "@regulars/core/testing";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { encodeHistory } from "./history/history-chunk.ts";
import { shardOf } from "../engine/key.ts";

const ACME = customerIdSchema.parse("acme");
const SHARD = shardOf(ACME);
const END = { asOf: day("2026-12-31") };

describe("a chunk that differs from the orders", () => {
  let testTenant: TestTenant;
  const keyOf = (year: number) => testTenant.keys.snapshotPart(ACME, { part: "year", letter: "H", year });
  const put = (year: number, bytes: Uint8Array) => testTenant.operations.put({ ...keyOf(year), v: bytes, r: 9 });
  const bytesOf = async (year: number) => {
    const value = (await testTenant.item(keyOf(year)))?.["v"];
    if (!(value instanceof Uint8Array)) throw new Error("there is no chunk");
    return Buffer.from(value);
  };
  const verify = () => testTenant.another().store.verify(SHARD);
  beforeEach(async () => {
    testTenant = aTenantStore();
    await testTenant.store.imports.saveOrders([
      anOrder({ on: "2025-06-01", orderId: "A" }),
      anOrder({ on: "2026-06-01", orderId: "B" }),
    ]);
    await testTenant.store.rebuild(SHARD);
  });

  it("cannot be read when it is corrupt: the error names customer, year and what to do", async () => {
    const bytes = await bytesOf(2026);
    await put(
      2026,
      bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
    );
    const says =
      'history of customer acme in 2026: the chunk\'s checksum does not match. "regulars doctor --rebuild" makes it anew from the orders';
    await expect(testTenant.store.nightly.snapshotOf(ACME, END)).rejects.toThrow(says);
    await expect(all(testTenant.store.nightly.snapshots(SHARD, END, { repair: true }))).rejects.toThrow(says);
  });

  it("cannot be read when it names an item number that no item has", async () => {
    await put(
      2026,
      encodeHistory(
        [{ id: "B", day: 20_605, isCredit: false, lines: [{ itemNumber: 7, quantity: 1, netMinor: 5 }] }],
        () => undefined,
      ),
    );
    await expect(testTenant.store.nightly.snapshotOf(ACME, END)).rejects.toThrow(
      "history of customer acme in 2026: the chunk names item number 7, which no item has",
    );
  });

  it("is counted; none is replaced while all are right", async () => {
    expect(await verify()).toEqual({ chunks: 2, mended: 0 });
  });

  it("is found by its bytes and replaced, corrupt or well-formed", async () => {
    const former = await bytesOf(2026);
    await put(2025, Uint8Array.of(1, 2, 3));
    await put(
      2026,
      encodeHistory([], () => undefined),
    );
    expect(await verify()).toEqual({ chunks: 2, mended: 2 });
    expect(await bytesOf(2026)).toEqual(former);
    expect((await testTenant.store.nightly.snapshotOf(ACME, END))?.history.documents.ids).toEqual(["A", "B"]);
    expect(await verify()).toEqual({ chunks: 2, mended: 0 });
  });

  it("is rebuilt when it is missing", async () => {
    await testTenant.operations.delete(keyOf(2026));
    expect(await verify()).toEqual({ chunks: 2, mended: 1 });
    expect((await testTenant.store.nightly.snapshotOf(ACME, END))?.history.documents.ids).toEqual(["A", "B"]);
  });

  it("is found in a year that no longer has orders", async () => {
    await put(
      2024,
      encodeHistory([{ id: "X", day: 19_900, isCredit: false, lines: [] }], () => undefined),
    );
    expect(await verify()).toEqual({ chunks: 3, mended: 1 });
    expect((await testTenant.store.nightly.snapshotOf(ACME, END))?.history.documents.ids).toEqual(["A", "B"]);
  });

  it("is rebuilt without a report when it is only dirty, and its marker is deleted", async () => {
    await testTenant.store.imports.saveOrders([anOrder({ on: "2026-06-02", orderId: "C" })]);
    expect(await verify()).toEqual({ chunks: 2, mended: 0 });
    expect((await testTenant.partition(testTenant.keys.shard(SHARD))).map((item) => item["sk"])).toEqual([
      "C#acme#H#2025",
      "C#acme#H#2026",
      "C#acme#P",
    ]);
  });

  it("has the same bytes whichever store builds it", async () => {
    const former = [await bytesOf(2025), await bytesOf(2026)];
    for (const year of [2025, 2026]) await put(year, Uint8Array.of(0));
    await testTenant.another().store.verify(SHARD);
    expect([await bytesOf(2025), await bytesOf(2026)]).toEqual(former);
  });
});
