import { seeded } from "../platform/random.ts";

/** A value with its 95 % interval; absent without data. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Options of the bootstrap that computes the intervals. */
export interface Resampling {
  readonly seed: number;
  readonly resamples: number;
}

export const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** The value, with the interval that the values of resamples span. */
export function estimateOf(value: number | undefined, values: readonly (number | undefined)[]): Estimate | null {
  if (value === undefined) return null;
  const sorted = values.filter((one) => one !== undefined).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? value;
  return { value: round(value, 4), low: round(at(0.025), 4), high: round(at(0.975), 4) };
}

/**
 * Resamples of all customers: how often each of the first `telling` ones is drawn; the others contribute nothing. Whole
 * customers are drawn, because one customer's alerts are not independent.
 */
export function* drawn(telling: number, all: number, { seed, resamples }: Resampling): Generator<Uint16Array> {
  const random = seeded(seed);
  for (let n = 0; n < resamples; n += 1) {
    const weights = new Uint16Array(telling);
    for (let i = 0; i < all; i += 1) {
      const one = Math.floor(random() * all);
      if (one < telling) weights[one] = (weights[one] ?? 0) + 1;
    }
    yield weights;
  }
}

/** Every customer once. */
export const once = (customers: number): Uint16Array => new Uint16Array(customers).fill(1);

export const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
