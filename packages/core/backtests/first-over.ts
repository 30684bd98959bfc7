import type { Episode } from "./kind-backtest.ts";

/** The first day of an episode on which a measure is over a limit; `undefined` when it never is. */
export function firstOver(
  { from, to, degreeAt }: Pick<Episode, "from" | "to" | "degreeAt">,
  degree: number,
  limit: number,
): number | undefined {
  if (from > to || degreeAt(degree, to) <= limit) return undefined;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (degreeAt(degree, middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
