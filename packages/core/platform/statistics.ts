const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const PRECISION = 1e-15;
const MAX_TERMS = 1_000;

/** Natural logarithm of the gamma function for x > 0 (Lanczos, about 15 digits). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  const [first, ...rest] = LANCZOS;
  const sum = rest.reduce((total, coefficient, i) => total + coefficient / (shifted + i + 1), first as number);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Natural logarithm of the beta function. */
export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** P[X > x] of a gamma distribution with this shape and scale: the upper regularised incomplete gamma function. */
export function gammaTail(x: number, shape: number, scale: number): number {
  const z = x / scale;
  if (z <= 0) return 1;
  return z < shape + 1 ? 1 - lowerSeries(shape, z) : upperFraction(shape, z);
}

function lowerSeries(shape: number, z: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n += 1) {
    term *= z / (shape + n);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(z) - z - logGamma(shape));
}

/** Lentz's continued fraction: it converges where the series does not. */
function upperFraction(shape: number, z: number): number {
  const tiny = 1e-300;
  let b = z + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b, tiny);
    c = nonZero(b + a / c, tiny);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < PRECISION) break;
  }
  return value * Math.exp(shape * Math.log(z) - z - logGamma(shape));
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value);

/** The median; the mean of the two middle values when the count is even; `undefined` without values. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const copy = new Float64Array(values);
  const sorted = sortSmall(copy) ? copy : copy.toSorted();
  const upper = sorted[sorted.length >> 1] ?? 0;
  const lower = sorted[(sorted.length - 1) >> 1] ?? 0;
  return (lower + upper) / 2;
}

/** Most lists are so short that putting each value in its place is quicker than a call to sort. */
const SMALL = 48;

/** Puts a short list of numbers in order; `false` for another list, which may be half in order then. */
function sortSmall(values: Float64Array): boolean {
  if (values.length > SMALL) return false;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (Number.isNaN(value)) return false;
    let at = i - 1;
    while (at >= 0 && (values[at] ?? 0) > value) {
      values[at + 1] = values[at] ?? 0;
      at -= 1;
    }
    values[at + 1] = value;
  }
  return true;
}

export const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0) / values.length;

/** Sample variance (n - 1); `undefined` for fewer than two values. */
export function sampleVariance(values: readonly number[]): number | undefined {
  const centre = mean(values);
  if (centre === undefined || values.length < 2) return undefined;
  return values.reduce((total, value) => total + (value - centre) ** 2, 0) / (values.length - 1);
}

/** The normal quantile of a two-sided 95 % interval. */
const Z95 = 1.959_963_984_540_054;

/** The 95 % Wilson score interval of a share; `trials` is at least 1. */
export function wilsonInterval(successes: number, trials: number): readonly [low: number, high: number] {
  const share = successes / trials;
  const z2 = Z95 ** 2 / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
