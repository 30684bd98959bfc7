import { median } from "../statistics.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { seeded } from "./seeded.ts";

/** A figure with its 95 % interval; absent when there is nothing to take it of. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How one rule did over all customers. Shares are of 1. */
export interface RuleScore {
  readonly rule: string;
  readonly title: string;
  readonly isOurs: boolean;
  readonly alerts: number;
  readonly hits: number;
  readonly precision: Estimate | null;
  readonly recall: Estimate | null;
  readonly f1: Estimate | null;
  /** Alerts per 100 eligible customers over the whole time. */
  readonly alertsPer100: number | null;
  /** Days by which half of the hits came earlier than a silence as long as the horizon would have told. */
  readonly medianLeadDays: number | null;
}

/** One kind's rules, side by side. */
export interface KindScore {
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  readonly eligibleCustomers: number;
  readonly truths: number;
  readonly rules: readonly RuleScore[];
}

/** How intervals are found. */
export interface Resampling {
  readonly seed: number;
  readonly resamples: number;
}

interface Totals {
  alerts: number;
  hits: number;
  truths: number;
}

const precisionOf = ({ alerts, hits }: Totals): number | undefined => (alerts === 0 ? undefined : hits / alerts);
const recallOf = ({ hits, truths }: Totals): number | undefined => (truths === 0 ? undefined : hits / truths);
const f1Of = ({ alerts, hits, truths }: Totals): number | undefined =>
  alerts + truths === 0 ? undefined : (2 * hits) / (alerts + truths);
const figures = { precision: precisionOf, recall: recallOf, f1: f1Of } as const;
type Figure = keyof typeof figures;

/** Adds up the customers' trials; intervals come from drawing customers anew, because one customer's alerts belong together. */
export function scoreKind(backtest: KindBacktest, trials: readonly CustomerTrial[], resampling: Resampling): KindScore {
  const eligibleCustomers = trials.filter(({ isEligible }) => isEligible).length;
  const telling = trials.filter(({ truths, rules }) => truths > 0 || rules.some(({ alerts }) => alerts > 0));
  const draws = drawsOf(telling.length, trials.length, resampling);
  return {
    kind: backtest.kind,
    title: backtest.title,
    says: backtest.says,
    eligibleCustomers,
    truths: telling.reduce((total, { truths }) => total + truths, 0),
    rules: backtest.rules.map(({ id, title, isOurs }, r) => {
      const totals = totalsOf(telling, r, () => 1);
      const estimates = estimatesOf(telling, r, totals, draws);
      const leads = telling.flatMap(({ rules }) => rules[r]?.leadDays ?? []);
      return {
        rule: id,
        title,
        isOurs,
        alerts: totals.alerts,
        hits: totals.hits,
        ...estimates,
        alertsPer100: eligibleCustomers === 0 ? null : round((100 * totals.alerts) / eligibleCustomers, 1),
        medianLeadDays: median(leads) ?? null,
      };
    }),
  };
}

function totalsOf(trials: readonly CustomerTrial[], rule: number, weightOf: (i: number) => number): Totals {
  const totals = { alerts: 0, hits: 0, truths: 0 };
  trials.forEach(({ truths, rules }, i) => {
    const weight = weightOf(i);
    totals.alerts += weight * (rules[rule]?.alerts ?? 0);
    totals.hits += weight * (rules[rule]?.hits ?? 0);
    totals.truths += weight * truths;
  });
  return totals;
}

/** How often each telling customer is in each resample of all of them; the others say nothing either way. */
function drawsOf(telling: number, all: number, { seed, resamples }: Resampling): Uint16Array[] {
  const random = seeded(seed);
  return Array.from({ length: resamples }, () => {
    const weights = new Uint16Array(telling);
    for (let n = 0; n < all; n += 1) {
      const drawn = Math.floor(random() * all);
      if (drawn < telling) weights[drawn] = (weights[drawn] ?? 0) + 1;
    }
    return weights;
  });
}

function estimatesOf(
  trials: readonly CustomerTrial[],
  rule: number,
  totals: Totals,
  draws: readonly Uint16Array[],
): Record<Figure, Estimate | null> {
  const drawn = draws.map((weights) => totalsOf(trials, rule, (i) => weights[i] ?? 0));
  const estimate = (figure: Figure): Estimate | null => {
    const value = figures[figure](totals);
    if (value === undefined) return null;
    const values = drawn.map(figures[figure]).filter((one) => one !== undefined);
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? value;
    return { value: round(value, 4), low: round(at(0.025), 4), high: round(at(0.975), 4) };
  };
  return { precision: estimate("precision"), recall: estimate("recall"), f1: estimate("f1") };
}

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
