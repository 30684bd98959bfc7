import { createHash } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { type CustomerId, customerIdSchema, day, userIdSchema } from "@regulars/core/platform/values";
import { anOrder } from "@regulars/core/testing";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { findDatabase } from "@regulars/local/engine/find-database";
import { createTable } from "@regulars/store/engine/create-table";
import { Operations } from "@regulars/store/engine/operations";
import type { StoredItem } from "@regulars/store/engine/own-write";
import { type Table, closeTable, noUsage, openTable } from "@regulars/store/engine/table";
import { allItems } from "@regulars/store/erasure/all-items";
import { keysOf } from "@regulars/store/keys";
import { openTenantStore } from "@regulars/store/tenant-store";
import { table as spec } from "../../infra/table.ts";
import { nightInParts, undividedNight } from "../fixtures/night-queue.ts";
import { peakBytes } from "../fixtures/peak-memory.mjs";
import { type Below, seeded } from "../fixtures/random-records.ts";
import { all } from "../fixtures/tenant.ts";

/**
 * `npm run check:large [CUSTOMERS]`: the rebuild and the night of a tenant of 200,000 customers in parts, which are cut
 * and killed at random, leave what the undivided ones leave, item by item; prints time and memory of both.
 */

const AS_OF = day("2026-09-29");
/** Customers that are imported; the others are like one of them. */
const TEMPLATES = 200;
/** One customer of so many is to be rebuilt. */
const DIRTY_ONE_OF = 100;
const BATCH = 25;

const customers = Number(process.argv[2] ?? 200_000);
const tenant: Tenant = tenantSchema.parse({
  tenantId: "large",
  name: "Large",
  timeZone: "UTC",
  currency: "EUR",
  edition: "enterprise",
});
const keys = keysOf(tenant.tenantId);

const idOf = (text: string): CustomerId => customerIdSchema.parse(text);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const peakMb = (): string => (peakBytes() / 1_048_576).toFixed(0);

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  say(`${what}: ${seconds} s, ${((user + system) / 1e6).toFixed(0)} s of processor, peak ${peakMb()} MB`);
  return done;
}

/** Works with the table of a data folder. */
async function inFolder<T>(folder: string, work: (open: () => Table) => Promise<T>): Promise<T> {
  const engine = await findDatabase(folder, undefined);
  const tables: Table[] = [];
  const open = (): Table => {
    const table = openTable({ tableName: spec.name, endpoint: engine.endpoint });
    tables.push(table);
    return table;
  };
  try {
    return await work(open);
  } finally {
    for (const table of tables) closeTable(table);
    await engine.release();
  }
}

/** Orders of every twenty days; one customer of twenty has fallen silent. */
const ordersOf = (customerId: string, i: number, below: Below) =>
  Array.from({ length: 6 }, (_, n) =>
    anOrder({
      customerId,
      on: addDays(AS_OF, -(i % 20 === 0 ? 60 : 3) - 20 * n - below(3)),
      orderId: `${customerId}-${n}`,
      lines: [`i-${below(40)}`, `i-${below(40)}`],
    }),
  );

/** Imports the templates, and copies their items, packed years among them, for all customers. */
async function fill(table: Table): Promise<void> {
  await createTable(table, spec);
  const store = openTenantStore(table, tenant);
  const below = seeded(20);
  const users = Array.from({ length: 100 }, (_, i) => userIdSchema.parse(`rep-${i}`));
  await store.imports.saveUsers(
    users.map((userId) => ({ userId, name: userId, email: `${userId}@example.com`, role: "rep" as const })),
  );
  const templates = Array.from({ length: TEMPLATES }, (_, i) => `template-${String(i).padStart(4, "0")}`);
  await store.imports.saveCustomers(
    templates.map((id, i) => ({
      customerId: idOf(id),
      name: id,
      category: i % 40 === 1 ? "Bar" : "Shop",
      repId: users[i % 100],
    })),
  );
  await store.imports.saveOrders(templates.flatMap((id, i) => ordersOf(id, i, below)));
  const dirty = await all(allItems(table, tenant.tenantId));
  await Promise.all(store.shards.map((shard) => store.rebuild(shard)));
  const criteria = { field: "category", op: "is", value: "Bar" };
  await store.monitors.create(
    newMonitor(monitorIdSchema.parse("bar"), newMonitorSchema.parse({ name: "Bar", ownerType: "company", criteria })),
  );
  const own = itemsOfTemplates(dirty, templates, /#(?:S|O|V|CHANGED|X)(?:#|$)/);
  const packed = itemsOfTemplates(await all(allItems(table, tenant.tenantId)), templates, /#S#/);
  const operations = new Operations(table, noUsage());
  const batch: (StoredItem & { readonly pk: string; readonly sk: string })[][] = [[]];
  for (let i = TEMPLATES; i < customers; i += 1) {
    const template = templates[i % TEMPLATES] ?? "";
    const items = (i % DIRTY_ONE_OF === 0 ? own : packed).get(template) ?? [];
    for (const item of items) {
      const made = copied(item, template, `customer-${String(i).padStart(6, "0")}`);
      if ((batch.at(-1)?.length ?? 0) === BATCH) batch.push([]);
      batch.at(-1)?.push(made);
    }
    if (batch.length > 400) await write(operations, batch.splice(0, batch.length - 1));
  }
  await write(operations, batch);
}

const write = (operations: Operations, batches: readonly Parameters<Operations["batchPut"]>[0][]): Promise<unknown> =>
  mapConcurrent(batches, (items) => operations.batchPut(items), 8);

function itemsOfTemplates(items: readonly StoredItem[], templates: readonly string[], families: RegExp) {
  const found = new Map<string, StoredItem[]>(templates.map((id) => [id, []]));
  for (const item of items) {
    const text = `${String(item["pk"])} ${String(item["sk"])}`;
    const id = /template-\d{4}/.exec(text)?.[0] ?? /template-\d{4}/.exec(String(item["customerId"]))?.[0];
    if (id !== undefined && families.test(String(item["pk"]))) found.get(id)?.push(item);
  }
  return found;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A template's item as another customer's, in that customer's shard. */
function copied(item: StoredItem, template: string, customerId: string) {
  const shardOf = (id: string): string => keys.snapshot(idOf(id)).pk.slice(-2);
  const [from, to] = [shardOf(template), shardOf(customerId)];
  const named = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(template, customerId);
    if (Array.isArray(value)) return value.map(named);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one)]));
  };
  const made = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, named(value)]));
  const pk = String(made["pk"]).replace(new RegExp(`(#(?:S|CHANGED)#)${from}$`), `$1${to}`);
  return { ...made, pk, sk: String(made["sk"]) };
}

/** A hash of each item but what lasts for one night, hints and the names of single writes. */
async function hashesOf(table: Table): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const left = /#(?:NIGHTRUN|DUEROW|HEADS|LISTS|AGENDA)[# ]/;
  for await (const page of paginateScan({ client: table.documents }, { TableName: table.name }))
    for (const { writeId: _writeId, lists: _lists, ...item } of page.Items ?? []) {
      const { pk, sk } = item;
      if (left.test(`${String(pk)} ${String(sk)}`)) continue;
      const text = JSON.stringify(item, (name, value: unknown) => {
        // How often something was done, and what is known by it.
        if (name === "r" || name === "basis") return undefined;
        if (value instanceof Set) return [...value].toSorted();
        if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
        return isPlain(value)
          ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : value;
      });
      hashes.set(`${String(pk)} ${String(sk)}`, createHash("sha256").update(text).digest("base64url").slice(0, 16));
    }
  return hashes;
}

/** Rebuilds shard by shard, stopping at random; returns how often it stopped. */
async function rebuildInParts(open: () => Table, below: Below): Promise<number> {
  const store = openTenantStore(open(), tenant);
  let stops = 0;
  await mapConcurrent(store.shards, async (shard) => {
    for (;;) {
      let left = below(100);
      // Each part is a process of its own.
      const { isDone } = await openTenantStore(open(), tenant).rebuild(shard, () => (left -= 1) < 0);
      if (isDone) return;
      stops += 1;
    }
  });
  return stops;
}

const folder = await mkdtemp(join(tmpdir(), "regulars-large-"));
try {
  const [parted, undivided] = [join(folder, "parted"), join(folder, "undivided")];
  await timed(`${customers} customers written`, () => inFolder(parted, (open) => fill(open())));
  await cp(parted, undivided, { recursive: true });
  const below = seeded(21);
  const inParts = await inFolder(parted, async (open) => {
    const stops = await timed("rebuild in parts", () => rebuildInParts(open, below));
    const mishaps = { below, most: Math.ceil(customers / 20), killedOneOf: 12, twiceOneOf: 12 };
    const told = await timed("night in parts", () => nightInParts({ tenant, open, asOf: AS_OF }, mishaps));
    say(`${stops} stops of the rebuild; ${told.parts} parts of the night, ${told.cuts} cut, ${told.kills} killed`);
    return { told, hashes: await hashesOf(open()) };
  });
  const whole = await inFolder(undivided, async (open) => {
    const store = openTenantStore(open(), tenant);
    await timed("rebuild, undivided", () => Promise.all(store.shards.map((shard) => store.rebuild(shard))));
    const summary = await timed("night, undivided", () => undividedNight({ tenant, open, asOf: AS_OF }));
    return { summary, hashes: await hashesOf(open()) };
  });
  const ids = new Set([...inParts.hashes.keys(), ...whole.hashes.keys()]);
  const differing = [...ids].filter((id) => inParts.hashes.get(id) !== whole.hashes.get(id));
  say(`${whole.hashes.size} items, ${differing.length} differ; told ${inParts.told.summaries.length} times`);
  for (const id of differing.slice(0, 20)) say(`differs: ${id}`);
  for (const one of [whole.summary, ...inParts.told.summaries]) say(JSON.stringify(one));
  const isSame = JSON.stringify(inParts.told.summaries.at(-1)) === JSON.stringify(whole.summary);
  process.exitCode = differing.length === 0 && isSame ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
