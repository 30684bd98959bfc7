import { gammaTail } from "../../../platform/statistics.ts";
import type { Level } from "../../finding.ts";

/** Sufficient statistics of the gaps between a customer's orders. */
export interface Rhythm {
  readonly gapCount: number;
  readonly meanGapDays: number;
  readonly gapVariance: number;
}

/**
 * The gamma distribution of a customer's gaps, and the probability of a silence this long: each step, so that it can be
 * checked by hand.
 */
export interface Severity {
  /** Squared coefficient of variation, shrunk to 0.5 with the weight of four gaps. */
  readonly shrunkCv2: number;
  readonly shape: number;
  readonly scaleDays: number;
  /** The silence, reduced by what the uncertainty of the mean explains. */
  readonly adjustedDays: number;
  readonly tail: number;
}

const PRIOR_CV2 = 0.5;
const PRIOR_WEIGHT = 4;

/** How unusual a silence is for this customer's own gaps (docs/reference/insights.md 2.2, "Severity"). */
export function severityOf({ gapCount, meanGapDays, gapVariance }: Rhythm, silentDays: number): Severity {
  const spread = ((gapCount - 1) * gapVariance) / meanGapDays ** 2;
  const shrunkCv2 = (spread + PRIOR_WEIGHT * PRIOR_CV2) / (gapCount - 1 + PRIOR_WEIGHT);
  const shape = Math.min(12, Math.max(0.7, 1 / shrunkCv2));
  const scaleDays = meanGapDays / shape;
  const adjustedDays = silentDays / (1 + 1 / gapCount);
  return { shrunkCv2, shape, scaleDays, adjustedDays, tail: gammaTail(adjustedDays, shape, scaleDays) };
}

/** The probability that a gap of this customer is longer than this silence. */
export const churnTail = (rhythm: Rhythm, silentDays: number): number => severityOf(rhythm, silentDays).tail;

/** The level of a tail probability: `high` at 1 % or less, `medium` at 5 % or less (docs/reference/insights.md 2.2). */
export const levelOfTail = (tail: number): Level => (tail <= 0.01 ? "high" : tail <= 0.05 ? "medium" : "watch");
