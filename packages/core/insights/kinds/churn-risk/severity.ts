import { incompleteBeta } from "../../../platform/incomplete-beta.ts";
import type { Level } from "../../finding.ts";

/** Sufficient statistics of the gaps between a customer's orders, in days. */
export interface Rhythm {
  readonly gapCount: number;
  readonly meanGapDays: number;
  readonly gapVariance: number;
  readonly medianGapDays: number;
  /** The number and the sum of the gaps, recent ones counting more: `recentGaps`. */
  readonly recentGaps: RecentGaps;
}

/** The gaps with weights that halve every six gaps: the latest gap counts 1. */
export interface RecentGaps {
  readonly count: number;
  readonly days: number;
}

/** What is computed of a silence: each operand, so that it can be checked by hand. */
export interface Severity {
  /** How regular the gaps are: 1/cv², with cv² drawn to 0.5 with the weight of four gaps. */
  readonly shape: number;
  /** The root of the shape: half-way to no rhythm at all, because rhythms drift. */
  readonly kappa: number;
  readonly n: number;
  readonly s: number;
  /** The tenant's mean gap in days. */
  readonly G: number;
  readonly A: number;
  readonly B: number;
  /** Chance of having left after the last order. */
  readonly pi: number;
  /** Days of the statement: three usual gaps, 14 to 90. */
  readonly H: number;
  /** Chances of a gap longer than the silence, and longer than the silence and H or 90 days more. */
  readonly "S(t)": number;
  readonly "S(t+H)": number;
  readonly "S(t+90)": number;
  /** Chance that nothing is ordered in the next H days, and in the next 90. */
  readonly q: number;
  readonly q90: number;
}

const PRIOR_CV2 = 0.5;
const PRIOR_WEIGHT = 4;
const HALF_LIFE_GAPS = 6;
const DECAY = 2 ** (-1 / HALF_LIFE_GAPS);
const TENANT_WEIGHT = 1.3;
const MONTHS_3 = 90;

/** A silence is unusual in itself when at most this share of gaps would be longer. */
const UNUSUAL = 0.25;
const HIGH = 0.5;
const MEDIUM = 0.4;

function roundHalfEven(value: number): number {
  const lower = Math.floor(value);
  if (value - lower !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

export const noRecentGaps: RecentGaps = { count: 0, days: 0 };

/** The recent gaps after one more gap. */
export const withGap = ({ count, days }: RecentGaps, gapDays: number): RecentGaps => ({
  count: 1 + count * DECAY,
  days: gapDays + days * DECAY,
});

/** The recent gaps of a list, oldest first. */
export function recentGapsOf(gaps: readonly number[]): RecentGaps {
  let { count, days } = noRecentGaps;
  for (const gapDays of gaps) {
    count = 1 + count * DECAY;
    days = gapDays + days * DECAY;
  }
  return { count, days };
}

/**
 * Days within which nothing is expected to come, or it is lost: three usual gaps, at least 14 and at most 90. A half is
 * rounded to even.
 */
export const horizonOf = (medianGapDays: number): number =>
  Math.min(90, Math.max(14, roundHalfEven(3 * medianGapDays)));

/** A customer's rhythm at a tenant, from which the chances on any day follow. */
export interface Pace extends Omit<Severity, "S(t)" | "S(t+H)" | "S(t+90)" | "q" | "q90"> {}

/** A customer's pace, drawn to the tenant's mean gap with the weight of one gap; without one, to their own. */
export function paceOf(rhythm: Rhythm, tenantMeanGapDays: number | undefined): Pace {
  const { gapCount, meanGapDays, gapVariance, recentGaps } = rhythm;
  const spread = ((gapCount - 1) * gapVariance) / meanGapDays ** 2;
  const cv2 = (spread + PRIOR_WEIGHT * PRIOR_CV2) / (gapCount - 1 + PRIOR_WEIGHT);
  const shape = Math.min(12, Math.max(0.7, 1 / cv2));
  const kappa = Math.sqrt(shape);
  const G = tenantMeanGapDays ?? meanGapDays;
  return {
    shape,
    kappa,
    n: recentGaps.count,
    s: recentGaps.days,
    G,
    A: 1 + kappa * recentGaps.count,
    B: (TENANT_WEIGHT * G) / kappa + recentGaps.days,
    pi: 0.3 / (2.3 + gapCount),
    H: horizonOf(rhythm.medianGapDays),
  };
}

/** S(u): the chance of a gap longer than u days, the customer's pace being known only as far as its gaps tell. */
const longerThan = ({ A, B, kappa }: Pick<Pace, "A" | "B" | "kappa">, days: number): number =>
  incompleteBeta(B / (B + days), A, kappa);

/** q: the chance that nothing comes in the next days after a silence, whose S is given. */
export const emptyChance = (pace: Pace, silentDays: number, survival: number, days: number): number =>
  (pace.pi + (1 - pace.pi) * longerThan(pace, silentDays + days)) / (pace.pi + (1 - pace.pi) * survival);

/** How likely it is that nothing comes (docs/reference/insights.md 2.2, "Severity"). */
export function severityOf(pace: Pace, silentDays: number): Severity {
  const survival = longerThan(pace, silentDays);
  return {
    ...pace,
    "S(t)": survival,
    "S(t+H)": longerThan(pace, silentDays + pace.H),
    "S(t+90)": longerThan(pace, silentDays + MONTHS_3),
    q: emptyChance(pace, silentDays, survival, pace.H),
    q90: emptyChance(pace, silentDays, survival, MONTHS_3),
  };
}

/** The level: only an unusual silence is told (docs/reference/insights.md 2.2). */
export function levelOf({ "S(t)": survival, q }: Pick<Severity, "S(t)" | "q">): Level {
  if (survival > UNUSUAL) return "watch";
  return q >= HIGH ? "high" : q >= MEDIUM ? "medium" : "watch";
}
