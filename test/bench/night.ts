import { isDeepStrictEqual } from "node:util";
import {
  currencySchema,
  customerIdSchema,
  day,
  itemIdSchema,
  minor,
  orderIdSchema,
  toInstant,
} from "@regulars/core/platform/values";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { allItems } from "@regulars/store/erasure/all-items";
import { nightly } from "./nightly-runs.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const LINES_PER_CUSTOMER = 500;
const ROUNDS = 4;
const AS_OF = "2026-11-22";
const TENANT = "night";
const CHANGED_SHARE = 0.05;
/** A tenant of 10,000 customers, which the cost is stated for. */
const COST_CUSTOMERS = 10_000;
/** US dollars, us-east-1, arm64, on demand, as listed in November 2024: a read request unit, and a GB-second of the function. */
const READ_UNIT_DOLLARS = 0.125e-6;
const GB_SECOND_DOLLARS = 0.000_013_333_4;
/** Of the function that runs nights (infra/jobs.ts). */
const FUNCTION_GB = 1_769 / 1_024;
const SAMPLE_MS = 20;

/**
 * A night, usually over a million order lines: how fast, what it costs, the memory of the process, and what it writes when 5 % of
 * the customers have changed. It has the process first, so that nothing else is in its memory.
 */
export async function nightFigures(system: LocalSystem, customers = 2_000): Promise<BenchFigure[]> {
  const lines = customers * LINES_PER_CUSTOMER;
  await system.makeTenant(testTenantRecord(TENANT, "EUR"));
  const opened = await system.openTenant(testTenantRecord(TENANT, "EUR").tenantId);
  for (const orders of wholesaleOrders(customers, 7)) await opened.store.imports.saveOrders(orders);
  await rebuilt(system);
  // The first night writes findings and measures.
  const nights = [await aNight(system)].slice(1);
  for (let round = 0; round < ROUNDS; round += 1) nights.push(await aNight(system));
  const least = (of: (one: Night) => number): number => Math.min(...nights.map(of));
  const seconds = least(({ cpuMs }) => cpuMs) / 1_000;
  const units = least(({ readRequestUnits }) => readRequestUnits);
  const dollars = units * READ_UNIT_DOLLARS + seconds * FUNCTION_GB * GB_SECOND_DOLLARS;
  return [
    {
      name: `night of ${lines.toLocaleString("en")} lines: lines a second of its processor time`,
      value: lines / seconds,
      unit: "lines",
      goal: { atLeast: 20_000_000 },
    },
    {
      name: "… reads and computes for, a tenant of 10,000 customers",
      value: (dollars * COST_CUSTOMERS) / customers,
      unit: "USD",
      goal: { atMost: 0.000_5 },
    },
    { name: "… written when nothing has changed", value: least((one) => one.itemsWritten), unit: "items", limit: 0 },
    {
      name: "… written a changed row, 5 % of the customers changed",
      value: await writtenPerChange(system, opened, customers),
      unit: "items",
      goal: { atMost: 1.1 },
    },
    {
      name: "… peak memory of the process",
      value: Math.max(...nights.map(({ peakMb }) => peakMb)),
      unit: "MB",
      goal: { atMost: 160 },
    },
  ];
}

interface Night {
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly readRequestUnits: number;
  readonly itemsWritten: number;
}

async function aNight(system: LocalSystem): Promise<Night> {
  let peak = 0;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
  const before = process.cpuUsage();
  const { readRequestUnits, itemsWritten } = await nightly(system, TENANT, AS_OF);
  const { user, system: kernel } = process.cpuUsage(before);
  clearInterval(sampler);
  return { cpuMs: (user + kernel) / 1_000, peakMb: peak / 1e6, readRequestUnits, itemsWritten };
}

const rebuilt = async (system: LocalSystem): Promise<void> => {
  await system.queues.send("rebuilds", { tenantId: TENANT });
  await system.queues.idle();
};

/** Late orders for some customers, packed before the night; then every row of the tenant that differs after it. */
async function writtenPerChange(
  system: LocalSystem,
  { store, tenant: { tenantId } }: OpenedTenant,
  customers: number,
): Promise<number> {
  const step = Math.round(1 / CHANGED_SHARE);
  const orders = Array.from({ length: customers / step }, (_, i) => lateOrder(i * step));
  await store.imports.saveOrders(orders);
  await rebuilt(system);
  const rows = async () => {
    const found = new Map<string, object>();
    for await (const item of allItems(system.runtime.table, tenantId)) {
      const { writeId: _write, ...row } = item;
      found.set(`${String(item["pk"])} ${String(item["sk"])}`, row);
    }
    return found;
  };
  const before = await rows();
  const { itemsWritten } = await aNight(system);
  const after = await rows();
  const keys = new Set([...before.keys(), ...after.keys()]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(before.get(key), after.get(key))).length;
  return itemsWritten / Math.max(1, changed);
}

const lateOrder = (customer: number) => ({
  orderId: orderIdSchema.parse(`LATE-${customer}`),
  customerId: customerIdSchema.parse(`C${10_000 + customer}`),
  orderedAt: toInstant(Date.parse("2026-11-20T10:00:00Z")),
  orderedOn: day("2026-11-20"),
  type: "sale" as const,
  status: "confirmed" as const,
  currency: currencySchema.parse("EUR"),
  lines: [{ itemId: itemIdSchema.parse("I20000"), kind: "goods" as const, quantity: 2, netMinor: minor(5_000) }],
});
