import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { Order } from "@regulars/core/orders/order";
import { toInstant } from "@regulars/core/platform/values";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { lineText } from "@regulars/store/orders/order-line";
import { parse } from "csv-parse";
import * as z from "zod";
import { aWorkspace } from "../fixtures/workspace.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const LINES_PER_CUSTOMER = 500;
const WRITTEN_TOGETHER = 25;
const PEAK_MEMORY = new URL("../fixtures/peak-memory.mjs", import.meta.url).href;
const HEADER = "orderId,customerId,orderedAt,itemId,quantity,unitPrice\n";

/**
 * An import of order lines beside what is the least for it: csv-parse alone on the same file, and the same orders and
 * their id rows written to the same database without a check. Processor time, this process and the database's together.
 */
export async function importFigures(system: LocalSystem, customers: number): Promise<BenchFigure[]> {
  const orders = [...wholesaleOrders(customers, 11)];
  const path = join(system.folder, "files", "imports.csv");
  await mkdir(join(system.folder, "files"), { recursive: true });
  await pipeline(Readable.from(rowsOf(orders)), createWriteStream(path));
  const lines = customers * LINES_PER_CUSTOMER;
  const parsed = await secondsOf(system, () => parsedRows(path));
  const raw = await secondsOf(system, () => writeRaw(system, orders.flat()));
  const first = await secondsOf(system, () => importInto(system, path));
  const second = await secondsOf(system, () => importInto(system, path));
  if (parsed.value !== lines || first.value.created !== orders.flat().length)
    throw new Error(`csv-parse read ${parsed.value} rows, the import ${first.value.created} orders`);
  if (second.value.unchanged !== first.value.created) throw new Error("the second import found another file");
  const { store } = await system.openTenant(testTenantRecord("imports", "EUR").tenantId);
  for (const shard of store.shards)
    if ((await store.verify(shard)).mended > 0) throw new Error("a history differs from the imported orders");
  return [
    {
      name: `import of ${lines.toLocaleString("en")} order lines to true chunks, processor time with the database's`,
      value: first.total,
      unit: "s",
    },
    { name: "… of this process", value: first.own, unit: "s" },
    {
      name: "… against csv-parse alone and plain writes of the same",
      value: first.total / (parsed.total + raw.total),
      unit: "x",
      goal: { atMost: 1 },
    },
    { name: "… csv-parse alone", value: parsed.total, unit: "s" },
    { name: "… plain batch writes of the same orders and id rows", value: raw.total, unit: "s" },
    { name: "… written an order", value: first.value.itemsWritten / first.value.created, unit: "items", limit: 2.5 },
    { name: "… the same file again, processor time with the database's", value: second.total, unit: "s" },
    { name: "… the same file again, written", value: second.value.itemsWritten, unit: "items", limit: 0 },
    { name: "… peak memory of the command", value: await peakMb(path, lines), unit: "MB", limit: 250 },
  ];
}

/** The orders' lines as a file, those of a customer far apart. */
function* rowsOf(customers: readonly (readonly Order[])[]): Generator<string> {
  yield HEADER;
  for (let place = 0; place < (customers[0]?.length ?? 0); place += 1)
    for (const own of customers)
      for (const order of own.slice(place, place + 1)) {
        const line = `${order.orderId},${order.customerId},${order.orderedAt}`;
        yield order.lines
          .map(
            ({ itemId, quantity, netMinor = 0 }) =>
              `${line},${itemId},${quantity},${(netMinor / quantity / 100).toFixed(4)}\n`,
          )
          .join("");
      }
}

async function parsedRows(path: string): Promise<number> {
  let rows = 0;
  for await (const row of createReadStream(path).pipe(parse({ columns: true }))) rows += row === undefined ? 0 : 1;
  return rows;
}

/** Orders and id rows as they would be stored, as many in one request as DynamoDB takes. */
async function writeRaw({ runtime: { table } }: LocalSystem, orders: readonly Order[]): Promise<void> {
  const requests = orders.flatMap((order) => [
    {
      pk: `RAW#${order.customerId}`,
      sk: `${order.orderedOn}#${order.orderId}`,
      ...order,
      lines: order.lines.map(lineText),
    },
    {
      pk: `RAW#ID#${order.orderId}`,
      sk: "ID",
      id: order.orderId,
      customerId: order.customerId,
      on: order.orderedOn,
      hash: "0123456789abcdef",
    },
  ]);
  for (let i = 0; i < requests.length; i += WRITTEN_TOGETHER) {
    const some = requests.slice(i, i + WRITTEN_TOGETHER).map((Item) => ({ PutRequest: { Item } }));
    await table.documents.send(new BatchWriteCommand({ RequestItems: { [table.name]: some } }));
  }
}

async function importInto(system: LocalSystem, path: string) {
  const tenant = testTenantRecord("imports", "EUR");
  await system.makeTenant(tenant);
  const { store } = await system.openTenant(tenant.tenantId);
  const format = ownFormat("orders");
  const file = await openCsvFile(path, format);
  const grouper = await spillFile(join(system.folder, "tmp"), file.sizeBytes);
  const { records } = file;
  const onReject = (reject: object): never => {
    throw new Error(JSON.stringify(reject));
  };
  const now = toInstant(system.runtime.clock());
  const counts = await importRecords({ tenant, now, format, records, grouper, imports: store.imports, onReject });
  await grouper.dispose();
  const { itemsWritten } = store.usage;
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  return { ...counts, itemsWritten };
}

/** The most memory of the command, which imports the same file into a database of its own. */
async function peakMb(path: string, lines: number): Promise<number> {
  const place = await aWorkspace();
  try {
    const peak = place.path("peak");
    const env = { NODE_OPTIONS: `--import ${PEAK_MEMORY}`, PEAK_MEMORY_FILE: peak };
    const { stdout, stderr } = await place.start(["import", "orders", path, "--tenant", "peak", "--json"], { env })
      .ended;
    if (!stdout.includes(`"rows": ${lines}`)) throw new Error(`the command did not import ${lines} rows: ${stderr}`);
    return Number(await readFile(peak, "utf8")) / 1e6;
  } finally {
    await place.close();
  }
}

/** What a piece of work takes of the processor, in this process and in all with the database, seconds. */
async function secondsOf<T>(system: LocalSystem, work: () => Promise<T>) {
  const before = await processorSeconds(system);
  const value = await work();
  const after = await processorSeconds(system);
  return { value, own: after.own - before.own, total: after.own + after.database - before.own - before.database };
}

const engineSchema = z.object({ pid: z.int() });

async function processorSeconds(system: LocalSystem) {
  const { user, system: kernel } = process.cpuUsage();
  const { pid } = engineSchema.parse(JSON.parse(await readFile(join(system.folder, "engine.json"), "utf8")));
  // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(" ");
  return { own: (user + kernel) / 1_000_000, database: (Number(fields[13]) + Number(fields[14])) / 100 };
}
