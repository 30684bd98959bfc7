import { type Estimate, type Resampling, drawn, estimateOf, once, round, share } from "./estimate.ts";
import { type MovedAlert, type NumberedEpisode, alertsAtEqualNumber } from "./equal-number.ts";
import type { CustomerTrial, KindBacktest, RuleCount } from "./kind-backtest.ts";
import { type Figure, type Simpler, percent, simplerOf } from "./simpler.ts";
import { median } from "../platform/statistics.ts";

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
  /** The share of the alerts' money that was right. */
  readonly valuePrecision: Estimate | null;
  /** With its limit moved until it alerts as often as `high`; of equally long silences as many as are missing. */
  readonly atEqualNumber: { readonly alerts: number; readonly precision: Estimate | null } | null;
  /** Alerts per 100 eligible customers over the whole time. */
  readonly alertsPer100: number | null;
  /** Medians over the hits: the day of the silence, and the days before the loss would have shown. */
  readonly medianSilentDays: number | null;
  readonly medianLeadDays: number | null;
}

const names = ["truths", "alerts", "hits", "found", "valueMinor", "hitValueMinor", "equalAlerts", "equalHits"] as const;
type Name = (typeof names)[number];
type Totals = Record<Name, number>;

const figures = {
  precision: ({ hits, alerts }: Totals) => share(hits, alerts),
  recall: ({ found, truths }: Totals) => share(found, truths),
  f1: ({ hits, alerts, truths }: Totals) => share(2 * hits, alerts + truths),
  valuePrecision: ({ hitValueMinor, valueMinor }: Totals) => share(hitValueMinor, valueMinor),
  equal: ({ equalHits, equalAlerts }: Totals) => share(equalHits, equalAlerts),
} as const;
type FigureName = keyof typeof figures;

/** Adds up the customers' trials, rule by rule. Yields after each draw, so that the caller can do other work. */
export function* ruleScores(
  { rules }: KindBacktest,
  trials: readonly CustomerTrial[],
  resampling: Resampling,
): Generator<undefined, { readonly rules: readonly RuleScore[]; readonly simpler: readonly Simpler[] }> {
  const eligible = trials.filter(({ isEligible }) => isEligible).length;
  const telling = trials.filter(({ truths, rules: counts }) => truths > 0 || counts.some(({ alerts }) => alerts > 0));
  const equal = equalAlertsOf(rules, telling);
  const columns = rules.map((_, r) => columnsOf(telling, r, equal[r]));
  const totals = columns.map((column) => totalsOf(column, once(telling.length)));
  const samples: Totals[][] = rules.map(() => []);
  for (const weights of drawn(telling.length, trials.length, resampling)) {
    columns.forEach((column, r) => samples[r]?.push(totalsOf(column, weights)));
    yield;
  }
  const figureOf = (r: number, figure: FigureName): Figure => ({
    value: figures[figure](totals[r] ?? noTotals()),
    samples: samples[r]?.map(figures[figure]) ?? [],
  });
  const scores = rules.map(({ id, title, isOurs }, r): RuleScore => {
    const total = totals[r] ?? noTotals();
    const estimate = (figure: FigureName): Estimate | null => {
      const { value, samples: drawnValues } = figureOf(r, figure);
      return estimateOf(value, drawnValues);
    };
    const daysOf = (name: "silentDays" | "leadDays"): number | null =>
      median(telling.flatMap(({ rules: counts }) => counts[r]?.[name] ?? [])) ?? null;
    return {
      rule: id,
      title,
      isOurs,
      alerts: total.alerts,
      hits: total.hits,
      precision: estimate("precision"),
      recall: estimate("recall"),
      f1: estimate("f1"),
      valuePrecision: estimate("valuePrecision"),
      atEqualNumber:
        equal[r] === undefined ? null : { alerts: Math.round(total.equalAlerts), precision: estimate("equal") },
      alertsPer100: eligible === 0 ? null : round((100 * total.alerts) / eligible, 1),
      medianSilentDays: daysOf("silentDays"),
      medianLeadDays: daysOf("leadDays"),
    };
  });
  return { rules: scores, simpler: simplerRules(rules, scores, figureOf) };
}

/** Other rules that are more precise at as many alerts, or as they are without finding less. */
function simplerRules(
  rules: KindBacktest["rules"],
  scores: readonly RuleScore[],
  figureOf: (rule: number, figure: FigureName) => Figure,
): readonly Simpler[] {
  const high = rules.findIndex(({ id }) => id === "high");
  const ours = figureOf(high, "precision");
  const found = (r: number): number => figureOf(r, "recall").value ?? 0;
  return rules.flatMap(({ title, degree, isOurs }, r) => {
    const compared = (what: string, figure: "precision" | "equal", but?: string): Simpler[] =>
      simplerOf({ title, what, ours, other: figureOf(r, figure), textOf: percent, but });
    const isFirst = degree !== undefined && rules.findIndex((rule) => rule.degree === degree) === r;
    return [
      ...(!isOurs && found(r) >= found(high)
        ? compared("precision, finding no less", "precision", laterText(scores[r], scores[high]))
        : []),
      ...(isFirst ? compared("precision at as many alerts, its limit moved", "equal") : []),
    ];
  });
}

function laterText(other: RuleScore | undefined, ours: RuleScore | undefined): string {
  const [days, own] = [other?.medianSilentDays ?? 0, ours?.medianSilentDays ?? 0];
  return days > own ? `, but on day ${days} instead of day ${own}` : "";
}

/** Rules of the same measure have the same alerts once their limits are moved. */
function equalAlertsOf(
  rules: KindBacktest["rules"],
  telling: readonly CustomerTrial[],
): readonly (readonly MovedAlert[] | undefined)[] {
  const episodes = telling.flatMap(({ episodes: own = [] }, customer) =>
    own.map((episode): NumberedEpisode => [customer, episode]),
  );
  const high = rules.findIndex(({ id }) => id === "high");
  const number = telling.reduce((total, { rules: counts }) => total + (counts[high]?.alerts ?? 0), 0);
  const byDegree = new Map<number, readonly MovedAlert[]>();
  return rules.map(({ degree }) => {
    if (degree === undefined || episodes.length === 0) return undefined;
    const alerts = byDegree.get(degree) ?? alertsAtEqualNumber(episodes, degree, number);
    byDegree.set(degree, alerts);
    return alerts;
  });
}

type Columns = Readonly<Record<Name, Float64Array>>;

/** The trials as one column per count: every draw reads all of them. */
function columnsOf(trials: readonly CustomerTrial[], r: number, equal: readonly MovedAlert[] = []): Columns {
  const column = (of: (count: RuleCount) => number): Float64Array =>
    Float64Array.from(trials, ({ rules }) => (rules[r] === undefined ? 0 : of(rules[r])));
  const equalAlerts = new Float64Array(trials.length);
  const equalHits = new Float64Array(trials.length);
  for (const { customer, isRight, part } of equal) {
    equalAlerts[customer] = (equalAlerts[customer] ?? 0) + part;
    if (isRight) equalHits[customer] = (equalHits[customer] ?? 0) + part;
  }
  return {
    truths: Float64Array.from(trials, ({ truths }) => truths),
    alerts: column(({ alerts }) => alerts),
    hits: column(({ hits }) => hits),
    found: column(({ found }) => found),
    valueMinor: column(({ valueMinor }) => valueMinor),
    hitValueMinor: column(({ hitValueMinor }) => hitValueMinor),
    equalAlerts,
    equalHits,
  };
}

const noTotals = (): Totals => ({
  truths: 0,
  alerts: 0,
  hits: 0,
  found: 0,
  valueMinor: 0,
  hitValueMinor: 0,
  equalAlerts: 0,
  equalHits: 0,
});

function totalsOf(columns: Columns, weights: Uint16Array): Totals {
  const totals = noTotals();
  for (const name of names) {
    const column = columns[name];
    let total = 0;
    for (let i = 0; i < weights.length; i += 1) total += (weights[i] ?? 0) * (column[i] ?? 0);
    totals[name] = total;
  }
  return totals;
}
