/** Why a light is grey. */
type GreyReason = "nothing-before" | "new" | "no-working-day" | "closed";

export type Light =
  { readonly light: "red" | "amber" | "green" } | { readonly light: "grey"; readonly reason: GreyReason };

/**
 * The light of a value against the value that it is compared with (docs/reference/code-red.md 2): red when it is worse
 * by `percent` or more, amber from half of that. Both are whole numbers of one unit, compared without rounding.
 */
export function lightOf(current: number, previous: number, percent: number): "red" | "amber" | "green" {
  const lost = previous - current;
  if (isAtLeastPercent(lost, previous, percent)) return "red";
  return isAtLeastPercent(2 * lost, previous, percent) ? "amber" : "green";
}

/** `part >= percent % of whole` for whole numbers, exact at any size. */
export function isAtLeastPercent(part: number, whole: number, percent: number): boolean {
  const left = part * 100;
  const right = whole * percent;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left >= right;
  if (!Number.isInteger(part) || !Number.isInteger(whole)) return left >= right;
  return BigInt(part) * 100n >= BigInt(whole) * BigInt(percent);
}

/** The change in percent with one decimal, for display only; `undefined` without a value before. */
export const changePercent = (current: number, previous: number): number | undefined =>
  previous > 0 ? Math.round((1000 * (current - previous)) / previous) / 10 : undefined;
