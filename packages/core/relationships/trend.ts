/** How the mean score of the last days compares with that of the days before (docs/reference/relationships.md 3). */
export interface Trend {
  readonly direction: "up" | "down" | "neutral";
  /** Points, up when positive. */
  readonly difference: number;
}

/** Fewer points are no trend. */
const TREND_POINTS = 5;

/**
 * The trend on a day from the scores of `4·F` days; `undefined` when either half has fewer than half of its values.
 * `scoreOn` gives -1 for a day without a score.
 */
export function trendOn(day: number, contactDays: number, scoreOn: (day: number) => number): Trend | undefined {
  const half = 2 * contactDays;
  const before = meanOf(day - 2 * half, day - half, scoreOn);
  const recent = meanOf(day - half, day, scoreOn);
  if (before === undefined || recent === undefined) return undefined;
  const difference = recent - before;
  const direction = difference >= TREND_POINTS ? "up" : difference <= -TREND_POINTS ? "down" : "neutral";
  return { direction, difference };
}

/** The mean of the days after `after`, up to `until`. */
function meanOf(after: number, until: number, scoreOn: (day: number) => number): number | undefined {
  let [sum, count] = [0, 0];
  for (let day = after + 1; day <= until; day += 1) {
    const score = scoreOn(day);
    if (score < 0) continue;
    sum += score;
    count += 1;
  }
  return count === 0 || 2 * count < until - after ? undefined : sum / count;
}
