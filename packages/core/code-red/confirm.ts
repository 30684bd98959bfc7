import type { Period } from "../platform/period.ts";

/** Fewer months before the current ones cannot confirm a fall. */
const LEAST_MONTHS_BEFORE = 6;
const MOST_MONTHS_BEFORE = 12;

export type Confirmation =
  | {
      readonly isConfirmed: boolean;
      readonly monthsBefore: number;
      readonly meanBefore: number;
      readonly meanCurrent: number;
      /** `undefined` when the months before were all equal. */
      readonly t: number | undefined;
      readonly threshold: number;
    }
  | { readonly isConfirmed: false; readonly reason: "not-enough-months"; readonly monthsBefore: number };

/** How many of the complete months a customer was known in: from the month of the first document on. */
export function monthsKnown(months: readonly Period[], firstDay: number): number {
  let known = 0;
  for (const { to } of months) if (to >= firstDay) known += 1;
  return known;
}

/**
 * Whether the mean of the last `k` months lies below that of up to 12 months before them: a one-sided t-test at 10 %
 * with the variance of the months before (docs/reference/code-red.md 3). `values` are monthly values, the last one
 * first, of the months in which the customer was known. With `workingDays` of these months the values per working day
 * must have fallen likewise: a short month confirms nothing.
 */
export function confirmFall(values: readonly number[], k: number, workingDays?: readonly number[]): Confirmation {
  const literal = testFall(values, k);
  if (!literal.isConfirmed || workingDays === undefined) return literal;
  const perDay = values.map((value, i) => value / Math.max(1, workingDays[i] ?? 1));
  return testFall(perDay, k).isConfirmed ? literal : { ...literal, isConfirmed: false };
}

function testFall(values: readonly number[], k: number): Confirmation {
  const end = Math.min(values.length, k + MOST_MONTHS_BEFORE);
  const n = Math.max(0, end - k);
  if (n < LEAST_MONTHS_BEFORE) return { isConfirmed: false, reason: "not-enough-months", monthsBefore: n };
  const meanBefore = meanOf(values, k, end);
  const meanCurrent = meanOf(values, 0, k);
  let squares = 0;
  for (let i = k; i < end; i += 1) squares += ((values[i] ?? 0) - meanBefore) ** 2;
  const variance = squares / (n - 1);
  const threshold = T_90[n - 2] ?? Infinity;
  // Equal values have no variance but for rounding.
  const isEqual = variance <= (meanBefore * 1e-9) ** 2;
  const t = isEqual ? undefined : (meanBefore - meanCurrent) / Math.sqrt(variance * (1 / k + 1 / n));
  const isBelow = meanBefore - meanCurrent > Math.abs(meanBefore) * 1e-9;
  return {
    isConfirmed: t === undefined ? isBelow : t >= threshold,
    monthsBefore: n,
    meanBefore,
    meanCurrent,
    t,
    threshold,
  };
}

/** Without copies: a list tests many thousands of columns. */
function meanOf(values: readonly number[], from: number, end: number): number {
  let sum = 0;
  for (let i = from; i < end; i += 1) sum += values[i] ?? 0;
  return sum / (end - from);
}

/** The .90 quantile of Student's t for 1 to 11 degrees of freedom. */
const T_90 = [
  3.077_683_537, 1.885_618_083, 1.637_744_354, 1.533_206_274, 1.475_884_049, 1.439_755_747, 1.414_923_928, 1.396_815_31,
  1.383_028_738, 1.372_183_641, 1.363_430_318,
] as const;
