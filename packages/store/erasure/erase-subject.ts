import type { ErasureReport, ErasureSubject } from "@regulars/core/erasure/erasure";
import type { Instant } from "@regulars/core/platform/values";
import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { AddressSecret } from "../contacts/address-secret.ts";
import { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";
import { openTenantStore } from "../tenant-store.ts";
import { Eraser } from "./erase.ts";
import { type Found, type TraceSources, findTraces } from "./find-traces.ts";

interface EraseInput {
  readonly table: Table;
  readonly tenant: Tenant;
  readonly subject: ErasureSubject;
  readonly at: Instant;
  readonly actorId: string;
  readonly requestId: string;
  /** Counts what would be erased, and changes nothing. */
  readonly isDry?: boolean;
  /** Where items that may tell of them are. */
  readonly itemsOf: (sources: TraceSources, found: Found) => AsyncIterable<StoredItem>;
}

/**
 * Erases a customer or a person from everything that a tenant has stored, and makes boards and packed years anew. Twice
 * is once; one that was stopped is run again. What others write of them meanwhile may stay: run it once more.
 */
export async function eraseSubject(input: EraseInput): Promise<ErasureReport> {
  const { table, tenant, subject, at, actorId, requestId, isDry = false } = input;
  const operations = new Operations(table, noUsage());
  const keys = keysOf(tenant.tenantId);
  const store = openTenantStore(table, tenant);
  const sources: TraceSources = {
    operations,
    keys,
    country: phoneCountryOf(tenant),
    hmac: await new AddressSecret(operations, keys).hmacIfAny(),
    plans: await store.sales.salesPlans.plans(),
    userIds: (await store.nightly.users()).map(({ userId }) => userId),
  };
  const found = await findTraces(sources, subject);
  const items = input.itemsOf(sources, found);
  const report = await new Eraser(operations, keys, { subject, found, items, actorId, requestId, at, isDry }).run();
  if (isDry) return report;
  // Blocks and packed years hold what records said. Those that a stopped run left are known by their dirty markers alone.
  for (const { planId } of sources.plans) await store.sales.boards.refresh(planId);
  await Promise.all(store.shards.map((shard) => store.rebuild(shard)));
  return report;
}
