import { gammaTail } from "../../statistics.ts";
import type { Level } from "../finding.ts";

/** Sufficient statistics of a customer's gaps. */
export interface Rhythm {
  readonly gapCount: number;
  readonly meanGapDays: number;
  readonly gapVariance: number;
}

const PRIOR_CV2 = 0.5;
const PRIOR_WEIGHT = 4;

/**
 * The share of the customer's own gaps that would be longer than this silence (insights.md 2.2, "Severity"): a gamma
 * distribution with the customer's mean gap, its squared variation shrunk to 0.5, and the mean's own uncertainty
 * taken off the silence.
 */
export function churnTail({ gapCount, meanGapDays, gapVariance }: Rhythm, silentDays: number): number {
  const spread = ((gapCount - 1) * gapVariance) / meanGapDays ** 2;
  const cv2 = (spread + PRIOR_WEIGHT * PRIOR_CV2) / (gapCount - 1 + PRIOR_WEIGHT);
  const shape = Math.min(12, Math.max(0.7, 1 / cv2));
  return gammaTail(silentDays / (1 + 1 / gapCount), shape, meanGapDays / shape);
}

/** The level of a tail: `high` at 1 % or less, `medium` at 5 % or less (insights.md 2.2). */
export const levelOfTail = (tail: number): Level => (tail <= 0.01 ? "high" : tail <= 0.05 ? "medium" : "watch");
