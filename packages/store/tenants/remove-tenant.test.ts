import { anOrder } from "@regulars/core/testing";
import { toInstant } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { aTable, aTenant, testTenantOf } from "../../../test/fixtures/tenant.ts";
import { removeTenant } from "./remove-tenant.ts";
import { openTenantDirectory } from "./tenants.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const table = aTable();
const directory = openTenantDirectory(table);

async function aTenantWithOrders(tenantId: string, orders: number) {
  const tenant = aTenant({ tenantId });
  await directory.ensure(tenant, toInstant(0));
  const { store } = testTenantOf(tenant, () => table);
  await store.imports.saveOrders(
    Array.from({ length: orders }, (_, i) => anOrder({ on: "2026-01-05", orderId: `O${i}` })),
  );
  return { tenant, store };
}

it("E6: a removal that is stopped leaves the tenant listed, and the next one removes the rest and nothing else", async () => {
  const { tenant } = await aTenantWithOrders("acme", 60);
  const other = await aTenantWithOrders("acme-2", 1);
  const stopped = removeTenant(table, tenant.tenantId, () => {
    throw new Error("stopped");
  });
  await expect(stopped).rejects.toThrow("stopped");
  expect(await directory.find(tenant.tenantId)).toEqual(tenant);
  await indexesCaughtUp();
  expect(await directory.list()).toContain("acme");

  expect(await removeTenant(table, tenant.tenantId)).toBeGreaterThanOrEqual(2);
  expect(await directory.find(tenant.tenantId)).toBeUndefined();
  await indexesCaughtUp();
  expect(await directory.list()).toEqual(["acme-2"]);
  expect(await removeTenant(table, tenant.tenantId)).toBe(2);
  expect(await other.store.imports.saveOrders([anOrder({ on: "2026-01-05", orderId: "O0" })])).toMatchObject({
    unchanged: 1,
  });
});

it("E6: the whole removal tells as many items as there were", async () => {
  const { tenant } = await aTenantWithOrders("acme-3", 40);
  const told: number[] = [];
  const removed = await removeTenant(table, tenant.tenantId, (items) => told.push(items));
  expect(removed).toBeGreaterThanOrEqual(82);
  expect(told.at(-1)).toBe(removed - 2);
});
