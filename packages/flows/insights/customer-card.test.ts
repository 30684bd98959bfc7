import { builtInInsights } from "@regulars/core/insights/catalog";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { expect, it } from "vitest";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { customerCard, readCardAhead } from "./customer-card.ts";

const NOW = toInstant(Date.parse("2026-11-23T10:00:00Z"));

it("reads who the customer is in one call with the night's record, and the orders in one; the persons are known", async () => {
  const { table, tenant, store } = aTenantStore();
  const customerId = customerIdSchema.parse("acme");
  await store.imports.saveCustomers([{ customerId, name: "Acme" }]);
  // As a process knows the tenant after some minutes without a change.
  const heads = { nameOf: (group: string) => `${tenant.tenantId} ${group}` };
  const read = async (): Promise<void> => {
    const { nightly, documents } = openTenantStore(table, tenant, { heads });
    await readCardAhead(nightly, tenant, customerId, NOW);
    const customer = (await nightly.profiles([customerId])).get(customerId) ?? { customerId };
    const card = await customerCard({
      tenant,
      catalog: builtInInsights,
      store: nightly,
      documents,
      customer,
      now: NOW,
    });
    expect(card).toMatchObject({ ok: true, value: { customer: { name: "Acme" }, findings: [] } });
  };
  await read();
  const calls = countCalls(table);
  const { count } = await calls.of(read);
  calls.stop();
  expect(count).toBe(2);
});

it("takes an id that no customer can have for one that is not there", async () => {
  const { tenant, store } = aTenantStore();
  await readCardAhead(store.nightly, tenant, "", NOW);
  expect(await store.nightly.lastNightly()).toBeUndefined();
});
