import { type Calibration, calibrationSteps } from "./calibration.ts";
import type { Resampling } from "./estimate.ts";
import { type Headline, headlineOf } from "./headline.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { type RankingReport, rankingReport } from "./ranking-score.ts";
import { simplerSentences } from "./simpler.ts";
import { type RuleScore, ruleScores } from "./rule-score.ts";

/** The results of one kind's rules. */
export interface KindScore {
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  /** `null` for a kind whose alerts are not compared with the longest silence. */
  readonly headline: Headline | null;
  /** Where a compared rule or order is better, in words. */
  readonly simpler: readonly string[];
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
  const { rules, simpler: simplerRules } = yield* ruleScores(backtest, trials, resampling);
  const { ranking, simpler: simplerOrders } = yield* rankingReport(backtest, trials, resampling);
  return {
    kind,
    title,
    says,
    headline: headlineOf(trials),
    eligibleCustomers: trials.filter(({ isEligible }) => isEligible).length,
    truths: trials.reduce((total, { truths }) => total + truths, 0),
    rules,
    simpler: simplerSentences([...simplerRules, ...simplerOrders]),
    ranking,
    calibration: yield* calibrationSteps(trials, resampling),
  };
}

/** Whether the past was too short to say anything of a kind: no rule would have told, and there was nothing to find. */
export const hasNothing = ({ truths, rules }: Pick<KindScore, "truths" | "rules">): boolean =>
  truths === 0 && rules.every(({ alerts }) => alerts === 0);
