import { toInstant } from "@regulars/core/platform/values";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { nightly } from "./nightly-runs.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const LINES_PER_ORDER = 100;
const ITEMS = 2_000;

/** One customer with very many order lines in one year, from the import to the findings. */
export async function largeCustomer(system: LocalSystem, lines: number): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("large", "EUR"));
  const path = await writeOrders(join(system.folder, "files"), lines);
  const format = ownFormat("orders");
  const file = await openCsvFile(path, format);
  const grouper = await spillFile(join(system.folder, "tmp"), file.sizeBytes * 8);
  const started = performance.now();
  const { store } = await system.openTenant(tenant.tenantId);
  await importRecords({
    tenant,
    now: toInstant(system.runtime.clock()),
    format,
    records: file.records,
    grouper,
    imports: store.imports,
    onReject: (reject) => {
      throw new Error(JSON.stringify(reject));
    },
  });
  await grouper.dispose();
  const imported = performance.now();
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  const rebuilt = performance.now();
  const first = await nightly(system, "large", "2025-12-31");
  const second = await nightly(system, "large", "2025-12-31");
  return [
    { name: `${lines} lines of one customer-year: import`, value: (imported - started) / 1000, unit: "s" },
    { name: `${lines} lines of one customer-year: rebuild`, value: (rebuilt - imported) / 1000, unit: "s" },
    { name: `${lines} lines of one customer-year: night`, value: first.ms, unit: "ms" },
    { name: `${lines} lines of one customer-year: night, read`, value: first.readRequestUnits, unit: "RRU" },
    {
      name: `${lines} lines of one customer-year: second nightly run, written`,
      value: second.itemsWritten,
      unit: "items",
      limit: 0,
    },
  ];
}

/** Orders of a hundred lines each, spread over the days of 2025. */
async function writeOrders(folder: string, lines: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "large.csv");
  const out = createWriteStream(path);
  out.write("orderId,customerId,orderedAt,itemId,quantity,unitPrice\n");
  const orders = lines / LINES_PER_ORDER;
  for (let order = 0; order < orders; order += 1) {
    const on = new Date(Date.UTC(2025, 0, 1 + Math.floor((order * 364) / orders))).toISOString().slice(0, 10);
    const rows = Array.from({ length: LINES_PER_ORDER }, (_, line) => {
      const item = (order * 31 + line * 17) % ITEMS;
      return `SO-${order},acme,${on},item-${item},${1 + ((order + line) % 12)},${(item % 90) + 5}.${10 + (order % 40)}\n`;
    });
    if (!out.write(rows.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return path;
}
