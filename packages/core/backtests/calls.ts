import type { Candidate } from "./kind-backtest.ts";

/** A candidate with the number of its customer. */
export interface Listed extends Candidate {
  readonly customer: number;
}

/** Most calls a rep makes of one list. */
const MOST_CALLS = 10;

const isToActOn = ({ level }: Candidate): boolean => level !== "watch";

type Compare = (a: Listed, b: Listed) => number;

/** The product's own order: to act on first, by expected money. */
const byMoney: Compare = (a, b) =>
  Number(isToActOn(b)) - Number(isToActOn(a)) ||
  b.atStakeMinor - a.atStakeMinor ||
  b.chance - a.chance ||
  a.customer - b.customer;

const byScore =
  (k: number): Compare =>
  (a, b) =>
    (b.scores[k] ?? 0) - (a.scores[k] ?? 0) || a.customer - b.customer;

/**
 * The calls by each of so many orders, ours first: the first of each list who were not called in their silence yet. The
 * others call as many of each list as ours does.
 */
export function callsByOrder(lists: readonly Listed[][], orders: number): readonly (readonly Listed[])[] {
  const ours = callsOf(
    lists.map((list) => list.filter(isToActOn)),
    byMoney,
    () => MOST_CALLS,
  );
  return Array.from({ length: orders }, (_, k) =>
    k === 0 ? ours.calls : callsOf(lists, byScore(k), (list) => ours.perList[list] ?? 0).calls,
  );
}

function callsOf(lists: readonly Listed[][], compare: Compare, most: (list: number) => number) {
  const called = new Set<string>();
  const calls: Listed[] = [];
  const perList = lists.map((list, i) => {
    let number = 0;
    for (const one of list.toSorted(compare)) {
      if (number >= most(i)) break;
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
