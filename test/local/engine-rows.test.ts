import { paginateQuery, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { StoredItem } from "@regulars/store/engine/own-write";
import { expect, it } from "vitest";
import { removeAll, copyOf, pasteTo } from "../fixtures/copied-tenant.ts";
import { itemsOf } from "../fixtures/engine-rows.ts";
import { aTable, aTenant, all, testTenantOf } from "../fixtures/tenant.ts";

/** Rows that tests read and write in the engine's file are what its API reads and writes. */

const table = aTable();
const PARTITIONS = 40;

const byKey = (items: readonly StoredItem[]): readonly StoredItem[] =>
  items.toSorted((a, b) =>
    `${String(a["pk"])} ${String(a["sk"])}` < `${String(b["pk"])} ${String(b["sk"])}` ? -1 : 1,
  );

async function allOf(pages: AsyncIterable<{ readonly Items?: Record<string, unknown>[] | undefined }>) {
  return byKey((await all(pages)).flatMap(({ Items = [] }) => Items));
}

/** All items of a tenant, by pages of three. */
const scanned = (tenantId: string) =>
  allOf(
    paginateScan(
      { client: table.documents, pageSize: 3 },
      {
        TableName: table.name,
        FilterExpression: "begins_with(pk, :own)",
        ExpressionAttributeValues: { ":own": `T#${tenantId}#` },
      },
    ),
  );

const indexed = (tenantId: string, index: string) =>
  allOf(
    paginateQuery(
      { client: table.documents, pageSize: 3 },
      {
        TableName: table.name,
        IndexName: index,
        KeyConditionExpression: `${index.replace("gsi", "g")}p = :own`,
        ExpressionAttributeValues: { ":own": `T#${tenantId}#INDEX` },
      },
    ),
  );

async function aFullTenant() {
  const { tenant, operations } = testTenantOf(aTenant(), () => table);
  const own = `T#${tenant.tenantId}#`;
  await operations.batchPut(
    Array.from({ length: PARTITIONS }, (_, i) => ({
      pk: `${own}${i}`,
      sk: "x",
      text: `“${own}”`,
      number: 1.5,
      none: null,
      bytes: Uint8Array.of(0, 255, i),
      names: new Set(["a", "b"]),
      list: [{ isSo: true }, ["", 0]],
      ...(i % 2 === 0 ? { g1p: `${own}INDEX`, g1s: `${i}` } : { g2p: `${own}INDEX`, g2s: `${i}` }),
    })),
  );
  return tenant;
}

it("reads all types of values as the API does", async () => {
  const { tenantId } = await aFullTenant();
  const items = itemsOf(tenantId);
  expect(items).toHaveLength(PARTITIONS);
  expect(byKey(items)).toEqual(await scanned(tenantId));
});

it("puts a copy that keys, indexes and scans of small pages find, and takes it away whole", async () => {
  const [from, to] = [await aFullTenant(), aTenant()];
  const [wanted, first, second] = [
    await scanned(from.tenantId),
    await indexed(from.tenantId, "gsi1"),
    await indexed(from.tenantId, "gsi2"),
  ];
  expect([wanted.length, first.length, second.length]).toEqual([PARTITIONS, PARTITIONS / 2, PARTITIONS / 2]);
  pasteTo(to, copyOf(from));
  const renamed = (items: readonly StoredItem[]) =>
    items.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([name, value]) => [
          name,
          typeof value === "string" ? value.replaceAll(from.tenantId, to.tenantId) : value,
        ]),
      ),
    );
  expect(await scanned(to.tenantId)).toEqual(renamed(wanted));
  expect(await indexed(to.tenantId, "gsi1")).toEqual(renamed(first));
  expect(await indexed(to.tenantId, "gsi2")).toEqual(renamed(second));
  const { item } = testTenantOf(to, () => table);
  expect(await item({ pk: `T#${to.tenantId}#7`, sk: "x" })).toEqual(
    renamed(wanted).find(({ pk }) => pk === `T#${to.tenantId}#7`),
  );
  await removeAll(to, table);
  expect([...(await scanned(to.tenantId)), ...(await indexed(to.tenantId, "gsi1"))]).toEqual([]);
  expect(await scanned(from.tenantId)).toEqual(wanted);
});
