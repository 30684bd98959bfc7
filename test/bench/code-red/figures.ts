import { columnsOf } from "@regulars/core/code-red/columns";
import { customerValues, netOf } from "@regulars/core/code-red/customer-values";
import { lightOf } from "@regulars/core/code-red/light";
import { type ComparisonPlan, planComparisons } from "@regulars/core/code-red/plan";
import { usualCodeRedSettings } from "@regulars/core/code-red/settings";
import type { History } from "@regulars/core/snapshots/history";
import type { Period } from "@regulars/core/platform/period";
import { day, dayNumber, toDay } from "@regulars/core/platform/values";
import { LINES, type Lines, historiesOf, madeUpLines } from "./code-red-lines.ts";
import { duckDbApi } from "./order-insights/duckdb.ts";
import type { BenchFigure } from "./workspace.ts";

const CUSTOMERS = 10_000;
const UNTIL = day("2026-11-15");
const RUNS = 7;

/** Of each customer the net values of all columns, current and previous, and their lights. */
type Answer = Float64Array;
const WIDTH = 12;
const LIGHTS = ["red", "amber", "green", "grey"];

/** Code Red of 10,000 customers and a million lines in memory, against DuckDB and plain objects with the same answers. */
export async function codeRedFigures(customers = CUSTOMERS): Promise<BenchFigure[]> {
  const lines = madeUpLines(customers, UNTIL);
  const plan = planComparisons(UNTIL, usualCodeRedSettings);
  const histories = historiesOf(lines, UNTIL);
  const objects = objectsOf(lines);
  const ours = () => fromHistories(histories, plan);
  const plain = () => fromObjects(objects, plan);
  mustAgree("plain objects", ours(), plain());
  const [oursMs, plainMs] = [await fastest(ours), await fastest(plain)];
  const figures: BenchFigure[] = [
    { name: `Code Red of ${customers} customers, 100 lines each`, value: oursMs, unit: "ms" },
    { name: "… against plain objects", value: plainMs / oursMs, unit: "times", goal: { atLeast: 40 } },
  ];
  const duck = await duckDb(lines, plan, customers);
  if (duck === undefined) return figures;
  mustAgree("DuckDB", ours(), await duck.ask());
  const times = (await fastest(duck.ask)) / oursMs;
  figures.push({ name: "… against DuckDB", value: times, unit: "times", goal: { atLeast: 6 } });
  return figures;
}

function fromHistories(histories: readonly History[], plan: ComparisonPlan): Answer {
  const answer = new Float64Array(histories.length * WIDTH);
  for (const [c, history] of histories.entries()) {
    const columns = columnsOf(customerValues(history, plan), plan);
    for (const [i, { current, previous, light }] of columns.entries()) {
      const at = c * WIDTH + i * 3;
      answer[at] = netOf(current);
      answer[at + 1] = netOf(previous);
      answer[at + 2] = LIGHTS.indexOf(light.light);
    }
  }
  return answer;
}

/** Orders as they are stored, with a day as text and a list of lines. */
interface PlainOrder {
  readonly customerId: string;
  readonly orderedOn: string;
  readonly lines: readonly { readonly kind: string; readonly netMinor: number }[];
}

function objectsOf({ count, customer, day: on, netMinor }: Lines): PlainOrder[] {
  const orders: PlainOrder[] = [];
  for (let i = 0; i < count; i += LINES)
    orders.push({
      customerId: String(customer[i] ?? 0),
      orderedOn: toDay(dayNumber(on[i] ?? 0)),
      lines: Array.from(netMinor.subarray(i, i + LINES), (net) => ({ kind: "goods", netMinor: net })),
    });
  return orders;
}

/** As one writes it without thinking of speed: group, filter, add up. */
function fromObjects(orders: readonly PlainOrder[], plan: ComparisonPlan): Answer {
  const byCustomer = Map.groupBy(orders, ({ customerId }) => customerId);
  const answer = new Float64Array(byCustomer.size * WIDTH);
  const periods = plan.columns.map(({ current, previous }) => ({
    current: daysOf(current),
    previous: daysOf(previous),
  }));
  for (const [c, own] of byCustomer) {
    const firstDay = own.map(({ orderedOn }) => orderedOn).toSorted()[0] ?? "";
    for (const [i, { current, previous }] of periods.entries()) {
      const net = ({ from, to }: { readonly from: string; readonly to: string }): number =>
        own
          .filter(({ orderedOn }) => orderedOn >= from && orderedOn <= to)
          .flatMap(({ lines }) => lines)
          .filter(({ kind }) => kind === "goods")
          .reduce((sum, line) => sum + line.netMinor, 0);
      put(answer, Number(c) * WIDTH + i * 3, net(current), net(previous), firstDay > previous.from);
    }
  }
  return answer;
}

const daysOf = ({ from, to }: Period) => ({ from: toDay(from), to: toDay(to) });

function put(answer: Answer, at: number, current: number, previous: number, isNew: boolean): void {
  answer[at] = current;
  answer[at + 1] = previous;
  answer[at + 2] = isNew || previous <= 0 ? LIGHTS.indexOf("grey") : LIGHTS.indexOf(lightOf(current, previous, 20));
}

function mustAgree(name: string, ours: Answer, theirs: Answer): void {
  if (ours.length !== theirs.length || ours.some((value, i) => value !== theirs[i]))
    throw new Error(`Code Red and ${name} give other answers`);
}

/** The fastest of some runs, in milliseconds. */
async function fastest(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < RUNS; i += 1) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** DuckDB in the same process; `undefined` while test/bench/peers is not installed. */
async function duckDb(lines: Lines, plan: ComparisonPlan, customerCount: number) {
  const api = duckDbApi();
  if (api === undefined) return undefined;
  const connection = await (await api.DuckDBInstance.create(":memory:")).connect();
  await connection.run("CREATE TABLE lines (customer INTEGER, day INTEGER, net BIGINT)");
  const appender = await connection.createAppender("lines");
  for (let i = 0; i < lines.count; i += 1) {
    appender.appendInteger(lines.customer[i] ?? 0);
    appender.appendInteger(lines.day[i] ?? 0);
    appender.appendBigInt(BigInt(lines.netMinor[i] ?? 0));
    appender.endRow();
  }
  appender.closeSync();
  const sum = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    `coalesce(sum(net) FILTER (day BETWEEN ${from} AND ${to}), 0)::BIGINT`;
  const values = plan.columns.flatMap(({ current, previous }, i) => [
    `${sum(current)} AS c${i}`,
    `${sum(previous)} AS p${i}`,
  ]);
  const columns = plan.columns.map(
    ({ previous }, i) =>
      `c${i}, p${i}, CASE WHEN first > ${previous.from} OR p${i} <= 0 THEN 3
        WHEN (p${i} - c${i}) * 100 >= 20 * p${i} THEN 0 WHEN (p${i} - c${i}) * 200 >= 20 * p${i} THEN 1 ELSE 2 END`,
  );
  const query = `SELECT customer, ${columns.join(", ")} FROM
    (SELECT customer, min(day) AS first, ${values.join(", ")} FROM lines GROUP BY customer)`;
  const ask = async (): Promise<Answer> => {
    const result = await connection.runAndReadAll(query);
    const answer = new Float64Array(customerCount * WIDTH);
    const given = result.getColumns();
    const [customers = []] = given;
    for (const [row, customer] of customers.entries())
      for (let i = 0; i < WIDTH; i += 1) answer[Number(customer) * WIDTH + i] = Number(given[i + 1]?.[row]);
    return answer;
  };
  return { ask };
}
