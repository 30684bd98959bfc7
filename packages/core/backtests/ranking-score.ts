import { type Estimate, type Resampling, drawn, estimateOf, once, round, share } from "./estimate.ts";
import type { Candidate, CustomerTrial, KindBacktest } from "./kind-backtest.ts";

/** One order of the lists of every seventh day. */
export interface RankingScore {
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

const MOST_CALLS = 10;
/** An interval of a ranking needs fewer draws than a table of rules, and each takes longer. */
const MOST_RESAMPLES = 200;

interface Listed extends Candidate {
  readonly customer: number;
}

/**
 * Compares orders of the same lists: the average precision, and what ten calls a rep and list reach. The others make as
 * many calls as ours does, each customer once in a silence.
 */
export function* rankingReport(
  { rankings = [] }: KindBacktest,
  trials: readonly CustomerTrial[],
  { seed, resamples }: Resampling,
): Generator<undefined, RankingReport | null> {
  const listed = trials.flatMap(({ candidates = [] }, customer) =>
    candidates.map((one): Listed => ({ ...one, customer })),
  );
  if (listed.length === 0) return null;
  const byList = [...Map.groupBy(listed, ({ on, repId }) => `${on} ${repId}`).values()];
  const ordered = rankings.map((_, k) =>
    listed.toSorted((a, b) => (b.scores[k] ?? 0) - (a.scores[k] ?? 0) || a.on - b.on || a.customer - b.customer),
  );
  const lists = byList.toSorted((a, b) => (a[0]?.on ?? 0) - (b[0]?.on ?? 0));
  const ours = callsOf(
    lists,
    byMoney,
    () => MOST_CALLS,
    ({ isToActOn }) => isToActOn,
  );
  const numbers = new Map(lists.map((list, i) => [list, ours.perList[i] ?? 0]));
  const calls = rankings.map((_, k) =>
    k === 0 ? ours.calls : callsOf(lists, byScore(k), (list) => numbers.get(list) ?? 0).calls,
  );
  const weights = once(trials.length);
  const samples = rankings.map((): { ap: (number | undefined)[]; first: (number | undefined)[]; lost: number[] } => ({
    ap: [],
    first: [],
    lost: [],
  }));
  const draws = { seed, resamples: Math.min(resamples, MOST_RESAMPLES) };
  for (const weighted of drawn(trials.length, trials.length, draws)) {
    rankings.forEach((_, k) => {
      samples[k]?.ap.push(averagePrecision(ordered[k] ?? [], weighted));
      samples[k]?.first.push(rightOf(calls[k] ?? [], weighted));
      samples[k]?.lost.push(lostOf(calls[k] ?? [], weighted));
    });
    yield;
  }
  return {
    lists: lists.length,
    candidates: listed.length,
    rankings: rankings.map(({ id, title }, k) => ({
      ranking: id,
      title,
      averagePrecision: estimateOf(averagePrecision(ordered[k] ?? [], weights), samples[k]?.ap ?? []),
      firstTen: estimateOf(rightOf(calls[k] ?? [], weights), samples[k]?.first ?? []),
      calls: calls[k]?.length ?? 0,
      lostMinor: wholeOf(estimateOf(lostOf(calls[k] ?? [], weights), samples[k]?.lost ?? [])),
    })),
  };
}

type Compare = (a: Listed, b: Listed) => number;

/** The product's own order: to act on first, by expected money. */
const byMoney: Compare = (a, b) =>
  Number(b.isToActOn) - Number(a.isToActOn) ||
  b.atStakeMinor - a.atStakeMinor ||
  b.chance - a.chance ||
  a.customer - b.customer;

const byScore =
  (k: number): Compare =>
  (a, b) =>
    (b.scores[k] ?? 0) - (a.scores[k] ?? 0) || a.customer - b.customer;

/** Calls the first of each list who were not called in their silence yet. */
function callsOf(
  lists: readonly Listed[][],
  compare: Compare,
  most: (list: Listed[]) => number,
  isCalled = (_one: Listed): boolean => true,
) {
  const called = new Set<string>();
  const calls: Listed[] = [];
  const perList = lists.map((list) => {
    let number = 0;
    for (const one of list.filter(isCalled).toSorted(compare)) {
      if (number >= most(list)) break;
      const key = `${one.customer} ${one.episode}`;
      if (called.has(key)) continue;
      called.add(key);
      calls.push(one);
      number += 1;
    }
    return number;
  });
  return { calls, perList };
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
