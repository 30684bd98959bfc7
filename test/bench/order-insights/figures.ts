import { mkdir } from "node:fs/promises";
import type { BenchFigure } from "../workspace.ts";
import { duckDb, duckDbApi } from "./duckdb.ts";
import { LINES_PER_CUSTOMER, madeCustomers } from "./lines.ts";
import { historyOf, oursInMemory } from "./ours.ts";
import { linePages, packedPages } from "./pages.ts";
import { plainAnswers, plainOrdersOf } from "./plain.ts";
import { postgresPrograms } from "../postgres-server.ts";
import { postgres } from "./postgres.ts";
import { type Answers, mustAgree } from "./question.ts";

/** The DocumentClient reads so many customers: its time grows by the line. */
const LINE_PAGE_CUSTOMERS = 200;

interface Engines {
  readonly folder: string;
  readonly customers: number;
  readonly runs: number;
}

/** The same questions to all engines about the same lines, answers checked equal first. */
export async function orderInsightFigures(asked: Engines): Promise<BenchFigure[]> {
  await mkdir(asked.folder, { recursive: true });
  return [...(await inMemoryFigures(asked)), ...(await wirePageFigures(asked))];
}

async function inMemoryFigures({ folder, customers, runs }: Engines): Promise<BenchFigure[]> {
  const histories = Array.from(madeCustomers(customers), historyOf);
  const ours = () => oursInMemory(histories);
  const expected = ours();
  const figures: BenchFigure[] = [];
  const own: number[] = [];
  const against = async (name: string, atLeast: number, ask: () => Answers | Promise<Answers>): Promise<void> => {
    mustAgree(name, expected, await ask());
    const measured = await inTurn(ours, ask, runs);
    own.push(...measured.ours);
    figures.push(ratio(`… against ${name}`, measured.times, atLeast));
  };
  const objects = Array.from(madeCustomers(customers), plainOrdersOf).flat();
  await against("plain objects and maps", 40, () => plainAnswers(objects, customers));
  const api = duckDbApi();
  if (api === undefined) figures.push(absent("… against DuckDB", NO_PEERS));
  else {
    const duck = await duckDb(api, madeCustomers(customers), customers, folder);
    await against(`DuckDB ${duck.version}`, 6, duck.inMemory);
  }
  const programs = postgresPrograms();
  if (programs === undefined) figures.push(absent("… against PostgreSQL 15", "its programs are not installed"));
  else {
    const server = await postgres(programs, madeCustomers(customers), customers);
    try {
      await against(`PostgreSQL ${server.version}`, 40, server.ask);
    } finally {
      await server.close();
    }
  }
  const name = `order insights and pairs of ${linesOf(customers)} lines, in memory`;
  return [{ name, value: median(own), unit: "ms" }, ...figures];
}

async function wirePageFigures({ folder, customers, runs }: Engines): Promise<BenchFigure[]> {
  const expected = oursInMemory(Array.from(madeCustomers(customers), historyOf));
  const ours = packedPages(madeCustomers(customers), customers);
  mustAgree("our reader of wire pages", expected, await ours());
  const figures: BenchFigure[] = [];
  const own: number[] = [];
  const api = duckDbApi();
  if (api === undefined) figures.push(absent("… against DuckDB from Parquet", NO_PEERS));
  else {
    const duck = await duckDb(api, madeCustomers(customers), customers, folder);
    const times: number[] = [];
    for (const ask of [duck.fromParquet, duck.loadedFromParquet]) {
      mustAgree("DuckDB from Parquet", expected, await ask());
      const measured = await inTurn(ours, ask, runs);
      own.push(...measured.ours);
      times.push(measured.times);
    }
    figures.push(ratio("… against DuckDB from Parquet, its better way", Math.min(...times), 10));
  }
  const few = Math.min(customers, LINE_PAGE_CUSTOMERS);
  const items = linePages(madeCustomers(few), few);
  mustAgree("the DocumentClient", oursInMemory(Array.from(madeCustomers(few), historyOf)), await items());
  const slow = await inTurn(ours, items, Math.min(runs, 2));
  own.push(...slow.ours);
  const name = `… against the SDK's DocumentClient, an item per line (${linesOf(few)} of them)`;
  figures.push(ratio(name, (slow.times * customers) / few, 100));
  const linesASecond = (customers * LINES_PER_CUSTOMER * 1_000) / median(own);
  const goal = { atLeast: 20_000_000 };
  return [
    { name: `wire pages to answers, ${linesOf(customers)} lines`, value: linesASecond, unit: "lines/s", goal },
    ...figures,
  ];
}

const linesOf = (customers: number): string => (customers * LINES_PER_CUSTOMER).toLocaleString("en");

const NO_PEERS = "npm install --prefix test/bench/peers";

const ratio = (name: string, value: number, atLeast: number): BenchFigure => ({
  name,
  value,
  unit: "times",
  goal: { atLeast },
});

const absent = (name: string, why: string): BenchFigure => ({ name, value: Number.NaN, unit: `(absent: ${why})` });

/** Both in turn, so that whatever else the machine does falls on both: our times, and how many times as long a peer takes. */
async function inTurn(ours: () => unknown, peer: () => unknown, runs: number) {
  const [own, ratios]: [number[], number[]] = [[], []];
  for (let i = 0; i < runs; i += 1) {
    const [ownMs, peerMs] = [await timeOf(ours), await timeOf(peer)];
    own.push(ownMs);
    ratios.push(peerMs / ownMs);
  }
  return { ours: own, times: median(ratios) };
}

async function timeOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
