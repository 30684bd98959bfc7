import { duckDbApi } from "../order-insights/duckdb.ts";
import type { BenchFigure } from "../workspace.ts";
import { duckDb } from "./duckdb.ts";
import { madeCustomers } from "./lines.ts";
import { answerOf, historyOf, ourList } from "./ours.ts";
import { plainAnswer, plainOrdersOf } from "./plain.ts";
import { mustAgree } from "./question.ts";

const CUSTOMERS = 10_000;
const RUNS = 7;
/** The slow peer gets fewer runs. */
const PLAIN_RUNS = 3;

/** The call list of 10,000 customers and a million lines in memory, against DuckDB and plain objects with the same answers. */
export async function codeRedFigures(customers = CUSTOMERS): Promise<BenchFigure[]> {
  const made = madeCustomers(customers);
  const histories = made.map(historyOf);
  const ours = () => ourList(histories);
  const expected = answerOf(ours(), customers);
  const orders = made.flatMap(plainOrdersOf);
  const plain = () => plainAnswer(orders, customers);
  mustAgree("plain objects", expected, plain());
  const oursMs = await fastest(ours, RUNS);
  const figures: BenchFigure[] = [
    { name: `Code Red of ${customers} customers, 100 lines each`, value: oursMs, unit: "ms" },
    {
      name: "… against plain objects",
      value: (await fastest(plain, PLAIN_RUNS)) / oursMs,
      unit: "times",
      goal: { atLeast: 40 },
    },
  ];
  const api = duckDbApi();
  if (api === undefined) return figures;
  const ask = await duckDb(api, made);
  mustAgree("DuckDB", expected, await ask());
  const times = (await fastest(ask, RUNS)) / (await fastest(ours, RUNS));
  figures.push({ name: "… against DuckDB", value: times, unit: "times", goal: { atLeast: 6 } });
  return figures;
}

/** The fastest of some runs, in milliseconds. */
async function fastest(work: () => unknown, runs: number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < runs; i += 1) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
