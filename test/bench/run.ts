import { toInstant } from "@regulars/core/platform/values";
import { join } from "node:path";
import { formatOf } from "@regulars/core/imports/formats/formats";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { apiAdapter } from "./api-adapter.ts";
import { boardFigures } from "./boards.ts";
import { bulkFigures } from "./bulk-add.ts";
import { bundleFigures } from "./bundles.ts";
import { digestFigures } from "./digests.ts";
import { commandFigures } from "./commands.ts";
import { codeRedFigures } from "./code-red.ts";
import { codeRedListFigures } from "./code-red-list.ts";
import { healthFigures } from "./health.ts";
import { lateOrder } from "./late-order.ts";
import { largeCustomer } from "./large-customer.ts";
import { leadFigures } from "./leads.ts";
import { measuresCost } from "./measures-cost.ts";
import { monitorFigures } from "./monitors.ts";
import { monitorNightFigures } from "./monitor-nights.ts";
import { nightFigures } from "./night.ts";
import { nightly } from "./nightly-runs.ts";
import { routingFigures } from "./routing.ts";
import { slackCallFigures } from "./slack-calls.ts";
import { weigh } from "./storage.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { whoKnowsFigures } from "./who-knows.ts";
import { type BenchFigure, testTenantRecord, inWorkspace, realOrders } from "./workspace.ts";

const MILLION = 1_000_000;
const REFERENCE_CUSTOMERS = 250;
const LARGE_CUSTOMER_LINES = 300_000;

/** Figures on the real wholesale data: import, storage, nightly runs, a late order. */
async function onRealData(system: LocalSystem, path: string): Promise<BenchFigure[]> {
  const format = formatOf("online-retail", "orders");
  if (format === undefined) throw new Error("the format online-retail is gone");
  const tenant = await system.makeTenant(testTenantRecord("uci", "GBP"));
  const file = await openCsvFile(path, format);
  const grouper = await spillFile(join(system.folder, "tmp"), file.sizeBytes * 8);
  const started = performance.now();
  const opened = await system.openTenant(tenant.tenantId);
  const { imports } = opened.store;
  const report = await importRecords({
    tenant,
    now: toInstant(system.runtime.clock()),
    format,
    records: file.records,
    grouper,
    imports,
    onReject: () => undefined,
  });
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  const seconds = (performance.now() - started) / 1000;
  await grouper.dispose();
  const lines = report.rows - Object.values(report.skipped).reduce((total, count) => total + count, 0);
  const weight = await weigh(system, opened);
  const first = await nightly(system, "uci", "2011-12-09");
  const second = await nightly(system, "uci", "2011-12-09");
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
    { name: "first nightly run", value: first.ms, unit: "ms" },
    { name: "first nightly run, read in all", value: first.readRequestUnits, unit: "RRU" },
    { name: "second nightly run, written", value: second.itemsWritten, unit: "items", limit: 0 },
    ...(await measuresCost(system, opened, "2011-12-09")),
    ...(await lateOrder(system, place)),
  ];
}

/** Items of the data set, so that a late order needs no new item numbers. */
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

/** Figures for the reference data: 500 lines per customer. */
async function onReferenceShape(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("reference", "EUR"));
  const opened = await system.openTenant(tenant.tenantId);
  let lines = 0;
  for (const orders of wholesaleOrders(REFERENCE_CUSTOMERS, 7)) {
    await opened.store.imports.saveOrders(orders);
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

function notify(figures: readonly BenchFigure[]): void {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
  const text = (value: number): string => (value > 0 && value < 0.01 ? small : number).format(value);
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit } = figure;
    console.log(`${name.padEnd(width)}  ${text(value).padStart(10)} ${unit.padEnd(6)}${verdictOf(figure)}`);
  }
}

const isMissed = ({ value, limit = Infinity, atLeast = -Infinity }: BenchFigure): boolean =>
  value > limit || value < atLeast;

function verdictOf(figure: BenchFigure): string {
  const { value, limit, atLeast, goal } = figure;
  if (goal !== undefined) {
    const { atMost = Infinity, atLeast: least = -Infinity } = goal;
    const wanted = goal.atMost === undefined ? `at least ${least.toLocaleString("en")}` : `at most ${atMost}`;
    return `  (goal ${wanted}: ${value > atMost || value < least ? "not reached" : "reached"})`;
  }
  if (limit === undefined && atLeast === undefined) return "";
  const bound = limit === undefined ? `at least ${atLeast}` : `at most ${limit}`;
  return `  (${bound}: ${isMissed(figure) ? "MISSED" : "kept"})`;
}

const real = realOrders();
const figures = await inWorkspace(async (system) => [
  ...(await nightFigures(system)),
  ...(real === undefined ? [] : await onRealData(system, real)),
  ...(await onReferenceShape(system)),
  ...(await largeCustomer(system, LARGE_CUSTOMER_LINES)),
  ...(await leadFigures(system)),
  ...(await bulkFigures(system)),
  ...(await boardFigures(system)),
  ...(await codeRedListFigures(system)),
  ...(await whoKnowsFigures(system)),
  ...(await healthFigures(system)),
  ...(await slackCallFigures(system)),
  ...(await codeRedFigures()),
  ...(await monitorFigures()),
  ...(await monitorNightFigures(system)),
  ...routingFigures(),
  ...(await digestFigures(system)),
  ...(await apiAdapter()),
  ...(await bundleFigures()),
  ...(await commandFigures()),
]);
if (process.argv.includes("--json"))
  console.log(JSON.stringify({ realData: real !== undefined, figures }, undefined, 2));
else {
  if (real === undefined) console.log("The real data set is not next to the repository: its figures are left out.");
  notify(figures);
}
process.exitCode = figures.some(isMissed) ? 1 : 0;
