import { logGamma } from "../platform/statistics.ts";

/** P[X <= successes] of a binomial distribution. */
export function binomialAtMost(successes: number, trials: number, share: number): number {
  if (share <= 0 || successes >= trials) return 1;
  if (share >= 1) return 0;
  let sum = 0;
  for (let k = 0; k <= successes; k += 1)
    sum += Math.exp(logChoose(trials, k) + k * Math.log(share) + (trials - k) * Math.log1p(-share));
  return Math.min(1, sum);
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Of the numbers of orders that most customers have: a list asks for the same ones many thousands of times. */
const kept: number[] = [];
const MOST_KEPT = 1_000;

function logFactorial(n: number): number {
  if (n > MOST_KEPT) return logGamma(n + 1);
  return (kept[n] ??= logGamma(n + 1));
}

/** Which of several tests are significant at a false discovery rate (Benjamini and Hochberg). */
export function benjaminiHochberg(chances: readonly number[], rate: number): readonly boolean[] {
  const ascending = chances.toSorted((a, b) => a - b);
  const last = ascending.findLastIndex((chance, i) => chance <= ((i + 1) / chances.length) * rate);
  const limit = last === -1 ? -1 : (ascending[last] ?? -1);
  return chances.map((chance) => chance <= limit);
}
