import { compileCriteria } from "@regulars/core/monitors/compile";
import type { Subject } from "@regulars/core/monitors/condition";
import { compileBook, statusesOf } from "@regulars/core/monitors/status-book";
import { type OwnerInput, ownerFacts } from "@regulars/core/monitors/owner-facts";
import { type Criterion, type Leaf } from "@regulars/core/monitors/criteria";
import { type EvaluatedOwner, evaluateOwner } from "@regulars/core/monitors/settle";
import { usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import { addMonthsTo } from "@regulars/core/platform/period";
import { day, dayNumber, minor, currencySchema, toDayNumber } from "@regulars/core/platform/values";
import { rulesEngine } from "./rules-engine.ts";
import type { BenchFigure } from "./workspace.ts";

const OWNERS = 10_000;
const MONITORS = 50;
/** Owners that are at hand together: a night and a regeneration read them in pages, and ask each for all statuses. */
const PAGE = 500;
/** A page is asked so often while a clock runs that it can tell. */
const ASKED = 10;
const AS_OF = toDayNumber(day("2026-11-22"));
/** From 2026-09-22 to 2026-11-22. */
const DAYS_OF_TWO_MONTHS = 61;
const EUR = currencySchema.parse("EUR");
const fields = { ownerType: "company", settings: usualCounterSettings, kinds: [] } as const;

/** The seed's example: customers, last sale older than 2 months, more than 20 sales. */
const seed: Criterion = {
  all: [
    { field: "category", op: "is", value: "Customer" },
    { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    { field: "sale.sold.total", op: ">", value: 20 },
  ],
};

/** Status monitors in memory: as many owners and monitors as a large tenant has. */
export async function monitorFigures(): Promise<BenchFigure[]> {
  const inputs = Array.from({ length: OWNERS }, (_, index) => anOwner(index));
  const compiled = compileCriteria(seed, fields);
  const none = { criteria: new Map() };
  const facts = inputs.map(ownerFacts);
  const subjects = facts.map((one) => statusesOf(none, one));
  const isMet = (subject: Subject) => compiled.truth(subject, AS_OF) === true;
  const byTree = fastest(() => subjects.filter(isMet).length);
  const byTreeInPages = inPages(subjects, isMet);
  const matches = subjects.filter(isMet).length;
  const byPeer = await peerTime(inputs, matches);
  const isWalked = (input: OwnerInput) => walk(seed, input) === true;
  if (inputs.filter(isWalked).length !== matches) throw new Error("the walk finds others");
  const byWalk = fastest(() => inputs.filter(isWalked).length);
  const byWalkInPages = inPages(inputs, isWalked);
  const book = compileBook(new Map([["one", seed]]), fields);
  const regeneration = timed(() => {
    for (const input of inputs) evaluateOwner({ book, facts: ownerFacts(input), before: new Map(), asOf: AS_OF });
  });
  const all = compileBook(fiftyMonitors(), fields);
  const saves = inputs.slice(0, 200).map((input) => {
    const before = valuesOf(evaluateOwner({ book: all, facts: ownerFacts(input), before: new Map(), asOf: AS_OF }));
    return timed(() => {
      evaluateOwner({ book: all, facts: ownerFacts(input), before, asOf: AS_OF });
    });
  });
  const selections = Array.from({ length: 20 }, () =>
    timed(() => inputs.filter((input) => compiled.truth(statusesOf(none, ownerFacts(input)), AS_OF) === true)),
  );
  return [
    {
      name: "a compiled tree against a walk of the JSON",
      value: byWalkInPages / byTreeInPages,
      unit: "x",
      atLeast: 10,
    },
    { name: "… 10,000 companies one after the other, waiting for memory", value: byWalk / byTree, unit: "x" },
    ...(byPeer === undefined
      ? []
      : [{ name: "… against json-rules-engine, values counted", value: byPeer / byTree, unit: "x", atLeast: 5 }]),
    {
      name: "full regeneration of a status, 10,000 companies in memory",
      value: regeneration,
      unit: "ms",
      limit: 2_000,
    },
    { name: "re-evaluation of one company after a save, 50 monitors, p95", value: p95(saves), unit: "ms", limit: 5 },
    { name: "selection over 10,000 companies in memory, p95", value: p95(selections), unit: "ms", limit: 300 },
  ];
}

/** Milliseconds of the peer for all owners, of whom as many match; `undefined` while it is not installed. */
async function peerTime(inputs: readonly OwnerInput[], matches: number): Promise<number | undefined> {
  const cutoff = AS_OF - DAYS_OF_TWO_MONTHS;
  const ask = rulesEngine([
    { fact: "category", operator: "equal", value: "Customer" },
    { fact: "lastSale", operator: "lessThan", value: cutoff },
    { fact: "sales", operator: "greaterThan", value: 20 },
  ]);
  if (ask === undefined) return undefined;
  const facts = inputs.map((input) => ({
    category: String(input.card["category"]),
    lastSale: Number(read("sale.sold.last", input) ?? 0),
    sales: Number(read("sale.sold.total", input)),
  }));
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    let found = 0;
    for (const one of facts) if (await ask(one)) found += 1;
    const { user, system } = process.cpuUsage(before);
    if (found !== matches) throw new Error(`json-rules-engine finds ${found} companies, not ${matches}`);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}

const valuesOf = ({ settled }: EvaluatedOwner) =>
  new Map([...settled].map(([statusId, { value }]) => [statusId, value]));

/** A company with some sixty sales and thirty calls of the last two years. */
function anOwner(index: number): OwnerInput {
  const ago = (n: number, step: number) => dayNumber(AS_OF - (index % 97) - n * step);
  return {
    ownerType: "company",
    card: { category: index % 3 === 0 ? "Prospect" : "Customer" },
    records: {
      sales: Array.from({ length: 20 + (index % 60) }, (_, n) => ({
        day: ago(n, 9),
        status: n % 5 === 0 ? "open" : "sold",
        amountMinor: minor(1_000 * n),
        currency: EUR,
      })),
      activities: Array.from({ length: 30 }, (_, n) => ({
        day: ago(n - 2, 20),
        type: "call",
        direction: "out",
        completed: n > 1,
      })),
      requests: index % 4 === 0 ? [{ createdOn: ago(1, 40) }] : [],
    },
  };
}

function fiftyMonitors(): ReadonlyMap<string, Criterion> {
  const kinds: readonly ((n: number) => Leaf)[] = [
    (n) => ({ field: "sale.sold.last", op: "olderThan", value: n + 10, unit: "days" }),
    (n) => ({ field: `sale.sold.totalIn${(n % 3) + 1}`, op: "<", value: n % 7 }),
    (n) => ({ field: "activity.call.last", op: "olderThan", value: (n % 6) + 1, unit: "months" }),
    (n) => ({ field: "activity.openIn2", op: ">", value: n % 3 }),
    (n) => ({ field: "request.firstOpen", op: "olderThan", value: n, unit: "days" }),
  ];
  return new Map(
    Array.from({ length: MONITORS }, (_, n): [string, Criterion] => [
      `status${n}`,
      {
        all: [
          { field: "category", op: "is", value: "Customer" },
          kinds[n % 5]?.(n + 1) ?? seed,
          { any: [kinds[(n + 2) % 5]?.(n) ?? seed, seed] },
        ],
      },
    ]),
  );
}

/** What one would write first: the tree is read anew for every owner, and every field counts its records. */
function walk(criterion: Criterion, input: OwnerInput): boolean | undefined {
  if ("all" in criterion) {
    const truths = criterion.all.map((part) => walk(part, input));
    return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
  }
  if ("any" in criterion) {
    const truths = criterion.any.map((part) => walk(part, input));
    return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
  }
  if ("not" in criterion) {
    const truth = walk(criterion.not, input);
    return truth === undefined ? undefined : !truth;
  }
  const value = read(criterion.field, input);
  if (value === undefined) return undefined;
  if (criterion.op === "is") return String(value).toLowerCase() === String(criterion.value).toLowerCase();
  if (criterion.op === ">") return Number(value) > Number(criterion.value);
  return addMonthsTo(dayNumber(Number(value)), Number(criterion.value)) < AS_OF;
}

function read(field: string, { card, records }: OwnerInput): string | number | boolean | undefined {
  const [kind, status, value] = field.split(".");
  if (kind !== "sale") return card[field];
  const days = records.sales.filter((sale) => sale.status === status && sale.day <= AS_OF).map((sale) => sale.day);
  if (value === "total") return days.length;
  return days.length === 0 ? undefined : Math.max(...days);
}

/** Milliseconds of processor time, so that other work of the machine does not count. */
const timed = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** The fastest of some rounds. */
const fastest = (work: () => unknown): number => Math.min(...Array.from({ length: 12 }, () => timed(work)));

/** Milliseconds to ask all owners once, page by page. */
function inPages<Owner>(owners: readonly Owner[], isMet: (owner: Owner) => boolean): number {
  let sum = 0;
  for (let from = 0; from < owners.length; from += PAGE) {
    const page = owners.slice(from, from + PAGE);
    sum += fastest(() => {
      for (let asked = 0; asked < ASKED; asked += 1) page.filter(isMet);
    });
  }
  return sum / ASKED;
}

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
