import { median } from "../platform/statistics.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { seeded } from "../platform/random.ts";

/** A value with its 95 % interval; absent without data. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The results of one rule over all customers. Shares are between 0 and 1. */
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
  /** Median of the days by which hits came before a silence of the horizon's length would have shown. */
  readonly medianLeadDays: number | null;
}

/** The results of one kind's rules. */
export interface KindScore {
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  readonly eligibleCustomers: number;
  readonly truths: number;
  readonly rules: readonly RuleScore[];
}

/** Options of the bootstrap that computes the intervals. */
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

/**
 * Adds up the customers' trials. Intervals come from resampling whole customers, because one customer's alerts are not
 * independent. Yields after each draw, so that the caller can stop or do other work.
 */
export function* scoreSteps(
  backtest: KindBacktest,
  trials: readonly CustomerTrial[],
  { seed, resamples }: Resampling,
): Generator<undefined, KindScore> {
  const eligibleCustomers = trials.filter(({ isEligible }) => isEligible).length;
  const telling = trials.filter(({ truths, rules }) => truths > 0 || rules.some(({ alerts }) => alerts > 0));
  const columns = columnsOf(telling, backtest.rules.length);
  const once = new Uint16Array(telling.length).fill(1);
  const totals = columns.rules.map((rule) => totalsOf(columns.truths, rule, once));
  const drawn: Totals[][] = totals.map(() => []);
  const random = seeded(seed);
  for (let n = 0; n < resamples; n += 1) {
    const weights = draw(telling.length, trials.length, random);
    columns.rules.forEach((rule, r) => drawn[r]?.push(totalsOf(columns.truths, rule, weights)));
    yield;
  }
  return {
    kind: backtest.kind,
    title: backtest.title,
    says: backtest.says,
    eligibleCustomers,
    truths: telling.reduce((total, { truths }) => total + truths, 0),
    rules: backtest.rules.map(({ id, title, isOurs }, r) => {
      const { alerts, hits, truths } = totals[r] ?? { alerts: 0, hits: 0, truths: 0 };
      const leads = telling.flatMap(({ rules }) => rules[r]?.leadDays ?? []);
      return {
        rule: id,
        title,
        isOurs,
        alerts,
        hits,
        ...estimatesOf({ alerts, hits, truths }, drawn[r] ?? []),
        alertsPer100: eligibleCustomers === 0 ? null : round((100 * alerts) / eligibleCustomers, 1),
        medianLeadDays: median(leads) ?? null,
      };
    }),
  };
}

interface RuleColumns {
  readonly alerts: Uint32Array;
  readonly hits: Uint32Array;
}

/** The trials as one column per count: every draw reads all of them. */
function columnsOf(trials: readonly CustomerTrial[], rules: number) {
  const column = (of: (trial: CustomerTrial) => number | undefined): Uint32Array =>
    Uint32Array.from(trials, (trial) => of(trial) ?? 0);
  return {
    truths: column(({ truths }) => truths),
    rules: Array.from({ length: rules }, (_, r): RuleColumns => ({
      alerts: column((trial) => trial.rules[r]?.alerts),
      hits: column((trial) => trial.rules[r]?.hits),
    })),
  };
}

function totalsOf(truths: Uint32Array, { alerts, hits }: RuleColumns, weights: Uint16Array): Totals {
  const totals = { alerts: 0, hits: 0, truths: 0 };
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0;
    totals.alerts += weight * (alerts[i] ?? 0);
    totals.hits += weight * (hits[i] ?? 0);
    totals.truths += weight * (truths[i] ?? 0);
  }
  return totals;
}

/** How often each customer with any count is in one resample of all customers; the others contribute nothing. */
function draw(telling: number, all: number, random: () => number): Uint16Array {
  const weights = new Uint16Array(telling);
  for (let n = 0; n < all; n += 1) {
    const drawn = Math.floor(random() * all);
    if (drawn < telling) weights[drawn] = (weights[drawn] ?? 0) + 1;
  }
  return weights;
}

function estimatesOf(totals: Totals, drawn: readonly Totals[]): Record<Figure, Estimate | null> {
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
