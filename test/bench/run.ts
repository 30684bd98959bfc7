import { toInstant } from "@regulars/core/platform/values";
import { join } from "node:path";
import { parseArgs } from "node:util";
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
      name: "snapshots read, per million lines",
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
  const [first] = [...wholesaleOrders(1, 7)].flat();
  if (first === undefined) throw new Error("the made-up data has no order");
  const items = first.lines.slice(0, USUAL_ITEMS.length).map(({ itemId }) => itemId);
  const place = { tenantId: "reference", customerId: first.customerId, on: first.orderedOn, items };
  return [
    { name: "reference shape: bytes per order line", value: weight.chunkBytes / lines, unit: "B", limit: 5 },
    {
      name: "reference shape: snapshots read, per million lines",
      value: (weight.readRequestUnits * MILLION) / lines,
      unit: "RRU",
      limit: 650,
    },
    // Of a year that takes two kilobytes: a unit more to read and to write than one of fewer lines.
    ...(await lateOrder(system, place)).map(({ name, limit = 0, ...figure }) => ({
      name: `reference shape: ${name}`,
      ...figure,
      goal: { atMost: limit },
    })),
  ];
}

/** What is measured, by the name that `--only` takes; a night comes first, so that nothing else is in its memory. */
const PARTS = {
  night: (system, lines) => nightFigures(system, lines / LINES_PER_CUSTOMER),
  insights: (system, lines) => insightFigures(system, lines / LINES_PER_CUSTOMER, PEER_RUNS),
  imports: (system) => importFigures(system, IMPORTED_CUSTOMERS),
  "real-data": (system) => (real === undefined ? Promise.resolve([]) : onRealData(system, real)),
  "reference-shape": onReferenceShape,
  "large-customer": (system) => largeCustomer(system, LARGE_CUSTOMER_LINES),
  leads: leadFigures,
  "leads-over-http": () => leadsOverHttp(),
  "bulk-add": bulkFigures,
  boards: boardFigures,
  reading: readingFigures,
  browser: browserFigures,
  "code-red-list": codeRedListFigures,
  "who-knows": whoKnowsFigures,
  health: (system) => healthFigures(system),
  "slack-calls": slackCallFigures,
  "code-red": () => codeRedFigures(),
  "linked-pairs": () => linkedPairFigures(),
  monitors: () => monitorFigures(),
  "monitor-nights": (system) => monitorNightFigures(system),
  routing: async () => routingFigures(),
  digests: digestFigures,
  "api-adapter": () => apiAdapter(),
  bundles: () => bundleFigures(),
  commands: () => commandFigures(),
  start: () => startFigures(),
} satisfies Record<string, Part>;

type Part = (system: LocalSystem, lines: number) => Promise<BenchFigure[]>;

/** Few lines: whether everything runs and all engines give the same answers, not how fast. */
const QUICK_PARTS = {
  night: (system) => nightFigures(system, QUICK_CUSTOMERS),
  insights: (system) => insightFigures(system, QUICK_CUSTOMERS, 1),
  imports: (system) => importFigures(system, QUICK_CUSTOMERS),
  "leads-over-http": () => leadsOverHttp(QUICK_SECONDS),
  "code-red": () => codeRedFigures(QUICK_CUSTOMERS),
  "api-adapter": () => apiAdapter(),
  start: () => startFigures(1),
} satisfies Record<string, Part>;

const insightFigures = (system: LocalSystem, customers: number, runs: number): Promise<BenchFigure[]> =>
  orderInsightFigures({ folder: join(system.folder, "peers"), customers, runs });

/** The figures of each part, and what stopped the parts that gave none. */
async function measured(parts: readonly [string, Part][], lines: number) {
  const figures: BenchFigure[] = [];
  const failed: string[] = [];
  await inWorkspace(async (system) => {
    for (const [name, part] of parts) {
      const started = performance.now();
      try {
        figures.push(...(await part(system, lines)));
      } catch (error) {
        failed.push(name);
        console.error(`${name}:`, error);
      }
      console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  });
  return { figures, failed };
}

/** What was asked for: `--only=leads,start` these parts alone, `--lines=5m` that many lines of the order insights and of the night. */
function asked() {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      charts: { type: "boolean", default: false },
      lines: { type: "string", default: "1m" },
      only: { type: "string" },
    },
  });
  const parts: Record<string, Part> = values.quick ? QUICK_PARTS : PARTS;
  const names = values.only?.split(",") ?? Object.keys(parts);
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`--only names "${unknown}", which is none of ${Object.keys(parts).join(", ")}`);
  const millions = /^([1-9]\d?)m$/.exec(values.lines)?.[1];
  if (millions === undefined) throw new Error(`--lines is "${values.lines}", not like 1m, 5m or 50m`);
  return {
    ...values,
    parts: Object.entries(parts).filter(([name]) => names.includes(name)),
    lines: Number(millions) * MILLION,
  };
}

/** What was asked for, or the end of the program with what is wrong with it. */
function askedOrEnd() {
  try {
    return asked();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const real = realOrders();
const { parts, lines, quick, json, charts } = askedOrEnd();
const { figures, failed } = await measured(parts, lines);
if (charts) for (const path of await writeCharts(figures)) console.error(`wrote ${path}`);
if (json) console.log(JSON.stringify({ realData: real !== undefined, figures }, undefined, 2));
else {
  if (real === undefined) console.log("The real data set is not next to the repository: its figures are left out.");
  notify(figures);
}
// Of so few lines no figure means anything; answers that differ have stopped their part.
if (failed.length > 0) console.error(`Not measured: ${failed.join(", ")}.`);
process.exitCode = failed.length > 0 || (!quick && figures.some(isMissed)) ? 1 : 0;
