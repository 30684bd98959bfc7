import { randomUUID } from "node:crypto";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import type { Key } from "@regulars/store/engine/key";
import { type Keys, keysOf } from "@regulars/store/keys";
import { Operations, type StoredItem } from "@regulars/store/engine/operations";
import { type Table, noUsage, openTable } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { inject } from "vitest";

/** A client of its own for the run's table. */
export const aTable = (): Table => openTable(inject("tableAddress"));

/** The directory of all suites' tenants, over a client of its own unless told. */
export const aDirectory = (table = aTable()) => openTenantDirectory(table);

/** A tenant that nobody else has, in UTC and EUR unless told. */
export const aTenant = (told: Partial<Record<keyof Tenant, unknown>> = {}): Tenant =>
  tenantSchema.parse({
    tenantId: `t-${randomUUID()}`,
    name: "Acme Foods",
    timeZone: "UTC",
    currency: "EUR",
    plan: "enterprise",
    ...told,
  });

/** A tenant's store, and the table beneath it as a test looks at it. */
export interface TenantBench {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  readonly table: Table;
  readonly keys: Keys;
  /** The tenant's table without the store's checks. */
  readonly operations: Operations;
  /** Another store of the same tenant, with a client of its own: another process. */
  readonly another: () => TenantBench;
  /** What one piece of work wrote, in items. */
  readonly writesOf: (work: () => Promise<unknown>) => Promise<number>;
  readonly item: (key: Key) => Promise<StoredItem | undefined>;
  readonly partition: (pk: string) => Promise<StoredItem[]>;
}

/** A store of a fresh tenant, in the run's table unless told. */
export const aTenantStore = (told: Partial<Record<keyof Tenant, unknown>> = {}, open = aTable): TenantBench =>
  benchOf(aTenant(told), open);

/** A bench of a tenant that is there. */
export function benchOf(tenant: Tenant, open: () => Table = aTable): TenantBench {
  const table = open();
  const store = openTenantStore(table, tenant);
  const operations = new Operations(table, noUsage());
  return {
    tenant,
    store,
    table,
    keys: keysOf(tenant.tenantId),
    operations,
    another: () => benchOf(tenant, open),
    writesOf: async (work) => {
      const before = store.usage.itemsWritten;
      await work();
      return store.usage.itemsWritten - before;
    },
    item: (key) => operations.get(key),
    partition: (pk) => all(operations.partition(pk)),
  };
}

/** Everything a sequence has. */
export async function all<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of sequence) found.push(one);
  return found;
}
