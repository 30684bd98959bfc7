import { type Calibration, calibrationOf } from "./calibration.ts";
import type { Resampling } from "./estimate.ts";
import { type Headline, headlineOf } from "./headline.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { type RankingReport, rankingReport } from "./ranking-score.ts";
import { type RuleScore, ruleScores } from "./rule-score.ts";

/** The results of one kind's rules. */
export interface KindScore {
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  /** `null` for a kind whose alerts are not compared with the longest silence. */
  readonly headline: Headline | null;
  readonly eligibleCustomers: number;
  readonly truths: number;
  readonly rules: readonly RuleScore[];
  /** Lists of every seventh day; `null` for a kind that states no chance. */
  readonly ranking: RankingReport | null;
  readonly calibration: Calibration | null;
}

/** Scores one kind. Yields after each draw, so that the caller can stop or do other work. */
export function* scoreSteps(
  backtest: KindBacktest,
  trials: readonly CustomerTrial[],
  resampling: Resampling,
): Generator<undefined, KindScore> {
  const { kind, title, says } = backtest;
  return {
    kind,
    title,
    says,
    headline: headlineOf(trials),
    eligibleCustomers: trials.filter(({ isEligible }) => isEligible).length,
    truths: trials.reduce((total, { truths }) => total + truths, 0),
    rules: yield* ruleScores(backtest, trials, resampling),
    ranking: yield* rankingReport(backtest, trials, resampling),
    calibration: calibrationOf(trials),
  };
}
