/**
 * Shares in percent with one decimal, by the largest remainder method: they add up to exactly 100.0
 * (docs/reference/sales-plans.md 5.13). When the whole is zero the shares are `null`, never NaN.
 */
export function percentages(counts: readonly number[]): readonly (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => null);
  const tenths = counts.map((count) => Math.floor((count * 1_000) / total));
  const missing = 1_000 - tenths.reduce((sum, tenth) => sum + tenth, 0);
  const byRemainder = counts
    .map((count, at) => ({ at, remainder: (count * 1_000) % total }))
    .toSorted((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, missing)) tenths[at] = (tenths[at] ?? 0) + 1;
  return tenths.map((tenth) => tenth / 10);
}
