/** How the mean score of the last days compares with that of the days before (docs/reference/relationships.md 3). */
export interface Trend {
  readonly direction: "up" | "down" | "neutral";
  /** Points, up when positive. */
  readonly difference: number;
}

/** Fewer points are no trend. */
const TREND_POINTS = 5;

/** Of the scores of 4·F days, the oldest first; `undefined` when either half has fewer than half of its values. */
export function trendOf(scores: readonly (number | undefined)[]): Trend | undefined {
  const half = Math.floor(scores.length / 2);
  const before = meanOf(scores.slice(0, half));
  const recent = meanOf(scores.slice(half));
  if (before === undefined || recent === undefined) return undefined;
  const difference = recent - before;
  const direction = difference >= TREND_POINTS ? "up" : difference <= -TREND_POINTS ? "down" : "neutral";
  return { direction, difference };
}

function meanOf(scores: readonly (number | undefined)[]): number | undefined {
  const known = scores.filter((score) => score !== undefined);
  if (known.length === 0 || 2 * known.length < scores.length) return undefined;
  return known.reduce((sum, score) => sum + score, 0) / known.length;
}
