import { toInstant } from "@regulars/core/platform/values";
import { join } from "node:path";
import { formatOf } from "@regulars/core/imports/formats/formats";
import { openCsvFile } from "@regulars/cli/files/csv-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { apiAdapter } from "./api-adapter.ts";
import { boardFigures } from "./boards.ts";
import { browserFigures } from "./browser.ts";
import { bulkFigures } from "./bulk-add.ts";
import { bundleFigures } from "./bundles.ts";
import { digestFigures } from "./digests.ts";
import { commandFigures } from "./commands.ts";
import { writeCharts } from "./charts.ts";
import { codeRedFigures } from "./code-red/figures.ts";
import { codeRedListFigures } from "./code-red-list.ts";
import { healthFigures } from "./health.ts";
import { importFigures } from "./imports.ts";
import { lateOrder } from "./late-order.ts";
import { largeCustomer } from "./large-customer.ts";
import { leadFigures } from "./leads.ts";
import { leadsOverHttp } from "./leads-over-http.ts";
import { linkedPairFigures } from "./linked-pairs.ts";
import { measuresCost } from "./measures-cost.ts";
import { monitorFigures } from "./monitors.ts";
import { monitorNightFigures } from "./monitor-nights.ts";
import { nightFigures } from "./night.ts";
import { nightly } from "./nightly-runs.ts";
import { orderInsightFigures } from "./order-insights/figures.ts";
import { readingFigures } from "./reading.ts";
import { routingFigures } from "./routing.ts";
import { slackCallFigures } from "./slack-calls.ts";
import { startFigures } from "./start.ts";
import { weigh } from "./storage.ts";
import { wholesaleOrders } from "./wholesale.ts";
import { whoKnowsFigures } from "./who-knows.ts";
import { LINES_PER_CUSTOMER } from "./order-insights/lines.ts";
import { isMissed, notify } from "./print.ts";
import { type BenchFigure, testTenantRecord, inWorkspace, realOrders } from "./workspace.ts";

const MILLION = 1_000_000;
const REFERENCE_CUSTOMERS = 250;
const LARGE_CUSTOMER_LINES = 300_000;
const IMPORTED_CUSTOMERS = 400;
const QUICK_CUSTOMERS = 40;
const QUICK_SECONDS = 3;
const PEER_RUNS = 5;

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

const flag = (name: string): boolean => process.argv.includes(`--${name}`);

/** `--lines=5m`: the lines of the order insights and of the night; 1m without it. */
function linesAsked(): number {
  const given = process.argv.find((one) => one.startsWith("--lines="))?.slice("--lines=".length);
  if (given === undefined) return MILLION;
  const millions = /^(\d{1,2})m$/.exec(given)?.[1];
  if (millions === undefined || Number(millions) < 1) throw new Error(`--lines is "${given}", not like 1m, 5m or 50m`);
  return Number(millions) * MILLION;
}

/** All figures; a night comes first, so that nothing else is in its memory. */
const allFigures = async (system: LocalSystem, customers: number): Promise<BenchFigure[]> => [
  ...(await nightFigures(system, customers)),
  ...(await orderInsightFigures({ folder: join(system.folder, "peers"), customers, runs: PEER_RUNS })),
  ...(await importFigures(system, IMPORTED_CUSTOMERS)),
  ...(real === undefined ? [] : await onRealData(system, real)),
  ...(await onReferenceShape(system)),
  ...(await largeCustomer(system, LARGE_CUSTOMER_LINES)),
  ...(await leadFigures(system)),
  ...(await leadsOverHttp()),
  ...(await bulkFigures(system)),
  ...(await boardFigures(system)),
  ...(await readingFigures(system)),
  ...(await browserFigures(system)),
  ...(await codeRedListFigures(system)),
  ...(await whoKnowsFigures(system)),
  ...(await healthFigures(system)),
  ...(await slackCallFigures(system)),
  ...(await codeRedFigures()),
  ...(await linkedPairFigures()),
  ...(await monitorFigures()),
  ...(await monitorNightFigures(system)),
  ...routingFigures(),
  ...(await digestFigures(system)),
  ...(await apiAdapter()),
  ...(await bundleFigures()),
  ...(await commandFigures()),
  ...(await startFigures()),
];

/** Few lines: whether everything runs and all engines give the same answers, not how fast. */
const quickFigures = async (system: LocalSystem): Promise<BenchFigure[]> => [
  ...(await nightFigures(system, QUICK_CUSTOMERS)),
  ...(await orderInsightFigures({ folder: join(system.folder, "peers"), customers: QUICK_CUSTOMERS, runs: 1 })),
  ...(await importFigures(system, QUICK_CUSTOMERS)),
  ...(await leadsOverHttp(QUICK_SECONDS)),
  ...(await codeRedFigures(QUICK_CUSTOMERS)),
  ...(await apiAdapter()),
  ...(await startFigures(1)),
];

/** Rows 1, 2, 4, 5 and 11 of the order insights and the night only, of as many lines as asked for. */
const nightAndInsights = async (system: LocalSystem, customers: number): Promise<BenchFigure[]> => [
  ...(await nightFigures(system, customers)),
  ...(await orderInsightFigures({ folder: join(system.folder, "peers"), customers, runs: PEER_RUNS })),
  ...(await linkedPairFigures()),
];

/** What people wait for only: lists, cards, boards and their pages. */
const pageFigures = async (system: LocalSystem): Promise<BenchFigure[]> => [
  ...(await readingFigures(system)),
  ...(await browserFigures(system)),
];

const real = realOrders();
const isQuick = flag("quick");
const customers = linesAsked() / LINES_PER_CUSTOMER;
const figures = await inWorkspace((system) =>
  isQuick
    ? quickFigures(system)
    : flag("pages")
      ? pageFigures(system)
      : flag("insights")
        ? nightAndInsights(system, customers)
        : allFigures(system, customers),
);
if (flag("charts")) for (const path of await writeCharts(figures)) console.error(`wrote ${path}`);
if (flag("json")) console.log(JSON.stringify({ realData: real !== undefined, figures }, undefined, 2));
else {
  if (real === undefined) console.log("The real data set is not next to the repository: its figures are left out.");
  notify(figures);
}
// Of so few lines no figure means anything: answers that differ have ended the run with an error.
process.exitCode = !isQuick && figures.some(isMissed) ? 1 : 0;
