import { type Listed, callsByOrder } from "./calls.ts";
import { type Estimate, type Resampling, drawn, estimateOf, once, round, share } from "./estimate.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { type Figure, type Simpler, percent, simplerOf } from "./simpler.ts";

/** One order of the lists of every seventh day. */
interface RankingScore {
  readonly ranking: string;
  readonly title: string;
  readonly averagePrecision: Estimate | null;
  /** Of the first of each rep's list who were not called yet: how many were right, and the lost money among them. */
  readonly firstTen: Estimate | null;
  readonly calls: number;
  readonly lostMinor: Estimate | null;
}

export interface RankingReport {
  readonly lists: number;
  readonly candidates: number;
  readonly rankings: readonly RankingScore[];
}

/** An interval of a ranking needs fewer draws than a table of rules, and each takes longer. */
const MOST_RESAMPLES = 200;

/** One order: all candidates from the top down, and who is called. */
interface Order {
  readonly candidates: readonly Listed[];
  readonly calls: readonly Listed[];
}

/** Each figure with its name and text in the report. */
const figures = {
  averagePrecision: {
    what: "average precision",
    of: ({ candidates }: Order, weights: Uint16Array) => averagePrecision(candidates, weights),
    textOf: (value: number): string => value.toFixed(2),
  },
  firstTen: {
    what: "right calls of as many",
    of: ({ calls }: Order, weights: Uint16Array) => rightOf(calls, weights),
    textOf: percent,
  },
  lostMinor: {
    what: "lost money called",
    of: ({ calls }: Order, weights: Uint16Array) => lostOf(calls, weights),
    textOf: (minor: number): string => String(Math.round(minor / 100)),
  },
} as const;
type Name = keyof typeof figures;
const names = ["averagePrecision", "firstTen", "lostMinor"] as const satisfies readonly Name[];

/**
 * Compares orders of the same lists: the average precision, and what ten calls a rep and list reach. The others make as
 * many calls as ours does, each customer once in a silence.
 */
export function* rankingReport(
  { rankings = [] }: KindBacktest,
  trials: readonly CustomerTrial[],
  { seed, resamples }: Resampling,
): Generator<undefined, { readonly ranking: RankingReport | null; readonly simpler: readonly Simpler[] }> {
  const listed = trials.flatMap(({ candidates = [] }, customer) =>
    candidates.map((one): Listed => ({ ...one, customer })),
  );
  if (listed.length === 0) return { ranking: null, simpler: [] };
  const lists = [...Map.groupBy(listed, ({ on, repId }) => `${on} ${repId}`).values()].toSorted(
    (a, b) => (a[0]?.on ?? 0) - (b[0]?.on ?? 0),
  );
  const orders = callsByOrder(lists, rankings.length).map((calls, k): Order => ({
    calls,
    candidates: listed.toSorted(
      (a, b) => (b.scores[k] ?? 0) - (a.scores[k] ?? 0) || a.on - b.on || a.customer - b.customer,
    ),
  }));
  const valuesOf = (weights: Uint16Array) =>
    orders.map((order) => names.map((name): number | undefined => figures[name].of(order, weights)));
  const values = valuesOf(once(trials.length));
  const samples: (typeof values)[] = [];
  for (const weights of drawn(trials.length, trials.length, { seed, resamples: Math.min(resamples, MOST_RESAMPLES) })) {
    samples.push(valuesOf(weights));
    yield;
  }
  const figureOf = (k: number, name: Name): Figure => {
    const at = names.indexOf(name);
    return { value: values[k]?.[at], samples: samples.map((sample) => sample[k]?.[at]) };
  };
  const estimate = (k: number, name: Name): Estimate | null => {
    const { value, samples: drawnValues } = figureOf(k, name);
    return estimateOf(value, drawnValues);
  };
  const ranking: RankingReport = {
    lists: lists.length,
    candidates: listed.length,
    rankings: rankings.map(({ id, title }, k) => ({
      ranking: id,
      title,
      averagePrecision: estimate(k, "averagePrecision"),
      firstTen: estimate(k, "firstTen"),
      calls: orders[k]?.calls.length ?? 0,
      lostMinor: wholeOf(estimate(k, "lostMinor")),
    })),
  };
  const simpler = rankings.flatMap(({ title }, k) =>
    names.flatMap((name) => simplerOf({ title, ...figures[name], ours: figureOf(0, name), other: figureOf(k, name) })),
  );
  return { ranking, simpler };
}

/** The mean of the precision at each true one, from the top down. */
function averagePrecision(ordered: readonly Listed[], weights: Uint16Array): number | undefined {
  let [seen, right, total] = [0, 0, 0];
  for (const { customer, cameTrue } of ordered) {
    const weight = weights[customer] ?? 0;
    seen += weight;
    if (!cameTrue || weight === 0) continue;
    right += weight;
    total += (weight * right) / seen;
  }
  return share(total, right);
}

function rightOf(calls: readonly Listed[], weights: Uint16Array): number | undefined {
  let [right, all] = [0, 0];
  for (const { customer, cameTrue } of calls) {
    all += weights[customer] ?? 0;
    if (cameTrue) right += weights[customer] ?? 0;
  }
  return share(right, all);
}

const lostOf = (calls: readonly Listed[], weights: Uint16Array): number =>
  calls.reduce(
    (total, { customer, isLost, valueMinor }) => total + (isLost === true ? valueMinor * (weights[customer] ?? 0) : 0),
    0,
  );

const wholeOf = (estimate: Estimate | null): Estimate | null =>
  estimate && { value: round(estimate.value, 0), low: round(estimate.low, 0), high: round(estimate.high, 0) };
