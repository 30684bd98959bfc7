import { join } from "node:path";
import { formatOf } from "@regulars/core/imports/formats/formats";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { fileStage } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { apiAdapter } from "./api-adapter.ts";
import { boardFigures } from "./boards.ts";
import { bulkFigures } from "./bulk-add.ts";
import { apiBundle } from "./bundles.ts";
import { lateOrder } from "./late-order.ts";
import { largeCustomer } from "./large-customer.ts";
import { leadFigures } from "./leads.ts";
import { night } from "./nights.ts";
import { weigh } from "./storage.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { type Figure, benchTenant, inWorkspace, realOrders } from "./workspace.ts";

const MILLION = 1_000_000;
const REFERENCE_CUSTOMERS = 250;
const LARGE_CUSTOMER_LINES = 300_000;

/** Figures on the real wholesale data: import, storage, nights, a late order. */
async function onRealData(system: LocalSystem, path: string): Promise<Figure[]> {
  const format = formatOf("online-retail", "orders");
  if (format === undefined) throw new Error("the format online-retail is gone");
  const tenant = await system.makeTenant(benchTenant("uci", "GBP"));
  const file = await openCsvFile(path, format);
  const stage = await fileStage(join(system.folder, "tmp"), file.sizeBytes * 8);
  const started = performance.now();
  const opened = await system.openTenant(tenant.tenantId);
  const { intake } = opened.store;
  const report = await importRecords({
    tenant,
    format,
    records: file.records,
    stage,
    intake,
    onReject: () => undefined,
  });
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  const seconds = (performance.now() - started) / 1000;
  await stage.dispose();
  const lines = report.rows - Object.values(report.skipped).reduce((total, count) => total + count, 0);
  const weight = await weigh(system, opened);
  const first = await night(system, "uci", "2011-12-09");
  const second = await night(system, "uci", "2011-12-09");
  const place = { tenantId: "uci", customerId: "15291", on: "2011-06-01", items: USUAL_ITEMS };
  return [
    { name: "import, file to true chunks", value: report.rows / seconds, unit: "rows/s" },
    { name: "bytes per order line in chunks", value: weight.chunkBytes / lines, unit: "B", limit: 5 },
    {
      name: "blocks read, per million lines",
      value: (weight.readRequestUnits * MILLION) / lines,
      unit: "RRU",
      limit: 650,
    },
    { name: "first night", value: first.ms, unit: "ms" },
    { name: "first night, read in all", value: first.readRequestUnits, unit: "RRU" },
    { name: "second night, written", value: second.itemsWritten, unit: "items", limit: 0 },
    ...(await lateOrder(system, place)),
  ];
}

/** Goods of the data set, so that a late order needs no new item numbers. */
const USUAL_ITEMS = [
  "22086",
  "22114",
  "21733",
  "22961",
  "85123A",
  "22423",
  "84879",
  "20725",
  "22720",
  "23203",
  "22197",
  "20727",
  "22383",
  "22382",
  "20728",
];

/** Figures on the reference shape: 500 lines a customer. */
async function onReferenceShape(system: LocalSystem): Promise<Figure[]> {
  const tenant = await system.makeTenant(benchTenant("reference", "EUR"));
  const opened = await system.openTenant(tenant.tenantId);
  let lines = 0;
  for (const orders of wholesaleOrders(REFERENCE_CUSTOMERS, 7)) {
    await opened.store.intake.saveOrders(orders);
    lines += orders.reduce((total, order) => total + order.lines.length, 0);
  }
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  const weight = await weigh(system, opened);
  return [
    { name: "reference shape: bytes per order line", value: weight.chunkBytes / lines, unit: "B", limit: 5 },
    {
      name: "reference shape: blocks read, per million lines",
      value: (weight.readRequestUnits * MILLION) / lines,
      unit: "RRU",
      limit: 650,
    },
  ];
}

function tell(figures: readonly Figure[]): void {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit } = figure;
    console.log(`${name.padEnd(width)}  ${number.format(value).padStart(10)} ${unit.padEnd(6)}${verdictOf(figure)}`);
  }
}

const isMissed = ({ value, limit = Infinity, atLeast = -Infinity }: Figure): boolean =>
  value > limit || value < atLeast;

function verdictOf(figure: Figure): string {
  const { limit, atLeast } = figure;
  if (limit === undefined && atLeast === undefined) return "";
  const bound = limit === undefined ? `at least ${atLeast}` : `at most ${limit}`;
  return `  (${bound}: ${isMissed(figure) ? "MISSED" : "kept"})`;
}

const real = realOrders();
const figures = await inWorkspace(async (system) => [
  ...(real === undefined ? [] : await onRealData(system, real)),
  ...(await onReferenceShape(system)),
  ...(await largeCustomer(system, LARGE_CUSTOMER_LINES)),
  ...(await leadFigures(system)),
  ...(await bulkFigures(system)),
  ...(await boardFigures(system)),
  ...(await apiAdapter()),
  ...(await apiBundle()),
]);
if (process.argv.includes("--json"))
  console.log(JSON.stringify({ realData: real !== undefined, figures }, undefined, 2));
else {
  if (real === undefined) console.log("The real data set is not beside the repository: its figures are left out.");
  tell(figures);
}
process.exitCode = figures.some(isMissed) ? 1 : 0;
