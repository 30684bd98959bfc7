import type { Order } from "@regulars/core/orders/order";
import { customerIdSchema, day, itemIdSchema, minor, orderIdSchema, toInstant } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { SHARDS, shardOf } from "@regulars/store/engine/key";
import type { BenchFigure } from "./workspace.ts";

const LATE = 20;

/** The cost of a late order from its write to the rebuilt chunk, and the number of rebuilds of a customer-year for many. */
export async function lateOrder(
  system: LocalSystem,
  place: {
    readonly tenantId: string;
    readonly customerId: string;
    readonly on: string;
    readonly items: readonly string[];
  },
): Promise<BenchFigure[]> {
  const { tenant } = await system.openTenant(customerTenant(place.tenantId));
  const shard = shardOf(customerIdSchema.parse(place.customerId));
  const otherShard = (shard + 1) % SHARDS;
  const quiet = await usageOf(system, tenant.tenantId, otherShard, (store) => store.rebuild(shard));
  const save = await usageOf(system, tenant.tenantId, otherShard, (store) =>
    store.imports.saveOrders([anOrder(place, tenant.currency, 0)]),
  );
  const repair = await usageOf(system, tenant.tenantId, otherShard, (store) => store.rebuild(shard));
  for (let i = 1; i <= LATE; i += 1)
    await usageOf(system, tenant.tenantId, otherShard, (store) =>
      store.imports.saveOrders([anOrder(place, tenant.currency, i)]),
    );
  const many = await usageOf(system, tenant.tenantId, otherShard, (store) => store.rebuild(shard));
  return [
    { name: "one late order, read", value: save.read + repair.read - quiet.read, unit: "RRU", limit: 4 },
    { name: "one late order, written", value: save.written + repair.written, unit: "WRU", limit: 8 },
    { name: `customer-years rebuilt after ${LATE} late orders`, value: many.result.customerYears, unit: "", limit: 1 },
  ];
}

const customerTenant = (id: string) => id as Parameters<LocalSystem["openTenant"]>[0];

async function usageOf<T>(
  system: LocalSystem,
  tenantId: Parameters<LocalSystem["openTenant"]>[0],
  otherShard: number,
  work: (store: Awaited<ReturnType<LocalSystem["openTenant"]>>["store"]) => Promise<T>,
): Promise<{ read: number; written: number; result: T }> {
  const { store } = await system.openTenant(tenantId);
  // The item numbers are read once per process, so they are not part of one order's cost.
  await store.rebuild(otherShard);
  const before = { ...store.usage };
  const result = await work(store);
  return {
    read: store.usage.readRequestUnits - before.readRequestUnits,
    written: store.usage.writeRequestUnits - before.writeRequestUnits,
    result,
  };
}

function anOrder(
  { customerId, on, items }: { readonly customerId: string; readonly on: string; readonly items: readonly string[] },
  currency: Order["currency"],
  nth: number,
): Order {
  return {
    orderId: orderIdSchema.parse(`LATE-${nth}`),
    customerId: customerIdSchema.parse(customerId),
    orderedAt: toInstant(Date.parse(`${on}T10:00:00Z`)),
    orderedOn: day(on),
    type: "sale",
    status: "confirmed",
    currency,
    lines: items.map((item, i) => ({
      itemId: itemIdSchema.parse(item),
      kind: "goods",
      quantity: 1 + (i % 6),
      netMinor: minor(195 * (1 + (i % 6))),
    })),
  };
}
