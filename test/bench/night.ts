import { readFile } from "node:fs/promises";
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
import type { Order } from "@regulars/core/orders/order";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { allItems } from "@regulars/store/erasure/all-items";
import { aWorkspace } from "../fixtures/workspace.ts";
import { copyCustomers } from "./copied-customers.ts";
import { nightly } from "./nightly-runs.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const LINES_PER_CUSTOMER = 500;
/** Further customers are copies of these. */
const MOST_IMPORTED = 2_000;
/** Orders in one save, as an import of a file makes it. */
const IMPORTED_TOGETHER = 500;
const ROUNDS = 4;
const AS_OF = "2026-11-22";
const TENANT = "night";
const CHANGED_SHARE = 0.05;
/** Up to as many lines a night has the smaller bound of memory. */
const LARGE_LINES = 5_000_000;
/** A tenant of 10,000 customers, which the cost is stated for. */
const COST_CUSTOMERS = 10_000;
/** US dollars, us-east-1, arm64, on demand, as listed in November 2024: a read request unit, and a GB-second of the function. */
const READ_UNIT_DOLLARS = 0.125e-6;
const GB_SECOND_DOLLARS = 0.000_013_333_4;
/** Of the function that runs nights (infra/jobs.ts). */
const FUNCTION_GB = 1_769 / 1_024;
const PEAK_MEMORY = new URL("../fixtures/peak-memory.mjs", import.meta.url).href;

/**
 * A night, usually over a million order lines: how fast, what it costs, what it writes when 5 % of the customers have
 * changed, and the most memory that the command `night` takes for it.
 */
export async function nightFigures(system: LocalSystem, customers = 2_000): Promise<BenchFigure[]> {
  const lines = customers * LINES_PER_CUSTOMER;
  await system.makeTenant(testTenantRecord(TENANT, "EUR"));
  const opened = await system.openTenant(testTenantRecord(TENANT, "EUR").tenantId);
  const imported = Math.min(customers, MOST_IMPORTED);
  await importOrders(opened, imported);
  const customerIds = Array.from({ length: customers }, (_, i) => customerIdOf(i));
  await copyCustomers(system, opened.tenant.tenantId, {
    imported: customerIds.slice(0, imported),
    copies: customerIds.slice(imported),
  });
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
      name: "… written a changed row, 5 % of imported customers changed",
      value: await writtenPerChange(system, opened, imported),
      unit: "items",
      goal: { atMost: 1.1 },
    },
    {
      name: "… peak memory of the command `night`",
      value: await peakMb(system),
      unit: "MB",
      goal: { atMost: lines > LARGE_LINES ? 256 : 160 },
    },
  ];
}

interface Night {
  readonly cpuMs: number;
  readonly readRequestUnits: number;
  readonly itemsWritten: number;
}

async function aNight(system: LocalSystem): Promise<Night> {
  const before = process.cpuUsage();
  const { readRequestUnits, itemsWritten } = await nightly(system, TENANT, AS_OF);
  const { user, system: kernel } = process.cpuUsage(before);
  return { cpuMs: (user + kernel) / 1_000, readRequestUnits, itemsWritten };
}

/** Of a night once more, run as users do: from the bundle, with the options of its heap. */
async function peakMb({ folder }: LocalSystem): Promise<number> {
  const place = await aWorkspace();
  try {
    const peak = place.path("peak");
    const night = ["night", "--tenant", TENANT, "--as-of", AS_OF, "--no-send", "--data", folder];
    const env = { NODE_OPTIONS: `--import ${PEAK_MEMORY}`, PEAK_MEMORY_FILE: peak };
    const { code, stderr } = await place.start(night, { env }).ended;
    if (code !== 0) throw new Error(`the command night ended with ${code}: ${stderr}`);
    return Number(await readFile(peak, "utf8")) / 1e6;
  } finally {
    await place.close();
  }
}

/** Orders of new customers are stored with their packed years, so that nothing is left to rebuild. */
async function importOrders({ store: { imports } }: OpenedTenant, customers: number): Promise<void> {
  let waiting: Order[] = [];
  for (const orders of wholesaleOrders(customers, 7)) {
    waiting.push(...orders);
    if (waiting.length < IMPORTED_TOGETHER) continue;
    await imports.saveOrdersOfCustomers(waiting);
    waiting = [];
  }
  await imports.saveOrdersOfCustomers(waiting);
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

const customerIdOf = (customer: number) => customerIdSchema.parse(`C${10_000 + customer}`);

const lateOrder = (customer: number) => ({
  orderId: orderIdSchema.parse(`LATE-${customer}`),
  customerId: customerIdOf(customer),
  orderedAt: toInstant(Date.parse("2026-11-20T10:00:00Z")),
  orderedOn: day("2026-11-20"),
  type: "sale" as const,
  status: "confirmed" as const,
  currency: currencySchema.parse("EUR"),
  lines: [{ itemId: itemIdSchema.parse("I20000"), kind: "goods" as const, quantity: 2, netMinor: minor(5_000) }],
});
