import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { anOrder } from "@regulars/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeAll } from "../../../test/fixtures/copied-tenant.ts";
import { RHYTHM, insightNights } from "../../../test/fixtures/insight-nights.ts";
import { itemsByKey } from "../../../test/fixtures/items-by-key.ts";
import { seeded } from "../../../test/fixtures/random-records.ts";
import { aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { watchWrites } from "../../../test/fixtures/table-writes.ts";
import { aTable, all, aDirectory } from "../../../test/fixtures/tenant.ts";
import { closeTable } from "../engine/table.ts";
import { removeTenant } from "../tenants/remove-tenant.ts";
import { restoreTenant } from "./restore-tenant.ts";
import { exportLines } from "./tenant-file.ts";

const AT = "2026-11-24T03:00:00.000Z";
const fixture = aSalesPlan();
const { tenant, table, store } = fixture.testTenant;
const directory = aDirectory(table);
let lines: readonly string[];
let before: ReturnType<typeof stored>;

async function* linesOf(texts: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve();
  yield* texts;
}

const fileOf = (texts: readonly string[]) => ({ table, open: () => linesOf(texts) });

const stored = () => itemsByKey(tenant.tenantId);

/** What may differ after a restore: markers, heads, and how often a chunk was packed. Bytes are as text, to be compared whole. */
const comparable = (items: ReturnType<typeof stored>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(items)
      .filter(([key]) => !key.includes("#CHANGED#") && !key.endsWith("#HEADS HEADS"))
      .map(([key, { r: _revision, writeId: _writeId, v, ...item }]) => [
        key,
        v instanceof Uint8Array ? { ...item, v: Buffer.from(v).toString("hex") } : { ...item, v },
      ]),
  );

beforeAll(async () => {
  await directory.ensure(tenant, "2026-11-25T02:00:00.000Z" as never);
  const nights = insightNights(fixture.testTenant);
  await nights.customers({ c1: "ida", c2: "ida" });
  await nights.orders("c1", RHYTHM);
  await nights.orders("c2", ["2024-05-01", "2025-05-01"]);
  await nights.invoice("c1", "I-1", "2026-09-01");
  await nights.payment("I-1", "2026-09-20", "40");
  // A customer of whom there are orders only, and more lines than a restore notes at once.
  await store.imports.saveOrders(
    Array.from({ length: 1_100 }, (_, i) => anOrder({ on: "2026-03-02", customerId: "shop", orderId: `S-${i}` })),
  );
  const plan = await fixture.plan("even", ["ida", "bo"]);
  await fixture.add(plan, { person: { externalId: "sub-ann", email: "ann@example.com" } });
  await nights.nightly("2026-09-30");
  await store.imports.saveOrders([anOrder({ on: "2026-09-30", customerId: "c1", orderId: "late" })]);
  lines = await all(exportLines(table, tenant, AT));
  for (const shard of store.shards) await store.verify(shard);
  before = stored();
});

describe("a tenant's file", () => {
  it("OP03: gives the tenant back with equal items and equal packed years, also one that was dirty", async () => {
    await removeTenant(table, tenant.tenantId);
    expect(Object.keys(stored()).length).toBe(0);
    const restored = await restoreTenant(fileOf(lines));
    expect(restored).toMatchObject({ ok: true, value: { tenantId: tenant.tenantId, exportedAt: AT, storedBefore: 0 } });
    expect(comparable(stored())).toEqual(comparable(before));
    expect(await directory.find(tenant.tenantId)).toEqual(tenant);
    for (const shard of store.shards)
      expect(await fixture.testTenant.another().store.verify(shard)).toMatchObject({ mended: 0 });
  });

  it("OP03: is refused while the tenant exists, and nothing is changed", async () => {
    const now = stored();
    expect(await restoreTenant(fileOf(lines))).toMatchObject({ ok: false, reason: "tenant-exists" });
    expect(stored()).toEqual(now);
  });

  it("OP03: goes on where a restore of it was stopped; until it is done the tenant is not there", async () => {
    await removeAll(tenant, table);
    const stopping = {
      ...fileOf(lines),
      onStored: () => {
        throw new Error("stopped");
      },
    };
    await expect(restoreTenant(stopping)).rejects.toThrow("stopped");
    expect(await directory.find(tenant.tenantId)).toBeUndefined();
    expect(await restoreTenant(fileOf(lines))).toMatchObject({ ok: true, value: { storedBefore: 1_000 } });
    expect(comparable(stored())).toEqual(comparable(before));
  });

  describe("of which a restore is killed before a write", () => {
    const killed = aTable();
    // By what they write: one that met a conflict is sent again.
    const writes = new Set<string>();
    let killedBefore = Infinity;
    watchWrites(killed, ({ keys }) => {
      writes.add(JSON.stringify(keys));
      if (writes.size >= killedBefore) throw new Error("killed");
      return "send";
    });
    const restore = async (nth: number) => {
      writes.clear();
      killedBefore = nth;
      return restoreTenant({ ...fileOf(lines), table: killed });
    };
    /** Of a restore that is not killed. */
    let count: number;
    const below = seeded(5);

    beforeAll(async () => {
      await removeAll(tenant, table);
      await restore(Infinity);
      count = writes.size;
    });

    afterAll(() => closeTable(killed));

    it.each([
      ["the first", () => 1],
      ["the second", () => 2],
      ["one of them", () => 1 + below(count)],
      ["another", () => 1 + below(count)],
      ["the last", () => count],
    ])("OP03: is whole when it is run again: %s", async (_, nth) => {
      await removeAll(tenant, table);
      await expect(restore(nth())).rejects.toThrow("killed");
      expect(await directory.find(tenant.tenantId)).toBeUndefined();
      expect(await restore(Infinity)).toMatchObject({ ok: true });
      expect(comparable(stored())).toEqual(comparable(before));
    });
  });

  it("OP03: does not mix with what a stopped restore of another file left", async () => {
    await removeAll(tenant, table);
    const { Item } = JSON.parse(lines[1] ?? "") as { Item: object };
    const stray = JSON.stringify({ Item: { ...Item, sk: { S: "stray" } } });
    const other = [lines[0] ?? "", ...Array.from({ length: 1_000 }, () => stray)];
    const configLine = lines.find((line) => line.includes('"S":"TENANT"')) ?? "";
    const body = [...other, configLine];
    const sha256 = createHash("sha256")
      .update(body.map((line) => `${line}\n`).join(""))
      .digest("hex");
    const end = JSON.stringify({ end: { items: body.length - 1, years: 0, sha256 } });
    const stopping = {
      ...fileOf([...body, end]),
      onStored: () => {
        throw new Error("stopped");
      },
    };
    await expect(restoreTenant(stopping)).rejects.toThrow("stopped");
    expect(await restoreTenant(fileOf(lines))).toMatchObject({ ok: true, value: { storedBefore: 0 } });
    expect(comparable(stored())).toEqual(comparable(before));
  });

  it.each([
    ["empty", () => [], "the file is empty"],
    ["something else", () => ["orderId,customerId"], "this is no export of a tenant"],
    [
      "of another kind",
      () => ['{"format":"regulars-tenant","version":2}'],
      "this is no export of a tenant, or one of a later",
    ],
    ["cut off", (whole: readonly string[]) => whole.slice(0, -1), "the file is cut off after line"],
    [
      "cut off within a line",
      (whole: readonly string[]) => [...whole.slice(0, 4), (whole[4] ?? "").slice(0, 20)],
      "line 5 is not whole",
    ],
    [
      "changed",
      (whole: readonly string[]) => whole.map((line) => line.replace("ann@example.com", "eve@example.com")),
      "was changed after it was written",
    ],
    ["without a line", (whole: readonly string[]) => whole.toSpliced(3, 1), "was changed after it was written"],
    [
      "of another tenant",
      (whole: readonly string[]) => whole.toSpliced(3, 0, '{"Item":{"pk":{"S":"T#other#X"},"sk":{"S":"1"}}}'),
      "line 4 is not of the tenant",
    ],
    ["longer than its end", (whole: readonly string[]) => [...whole, "{}"], "comes after the end"],
  ])("OP03: is refused when it is %s, and nothing of it is stored", async (_what, spoiled, says) => {
    await removeTenant(table, tenant.tenantId);
    const refused = await restoreTenant(fileOf(spoiled(lines)));
    expect(refused).toMatchObject({ ok: false, reason: "unusable-file", message: expect.stringContaining(says) });
    expect(Object.keys(stored()).length).toBe(0);
  });
});
