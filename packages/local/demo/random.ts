import { fnv1a } from "@regulars/core/platform/hash";

/** Repeatable random numbers: the same seed and label give the same draws, independent of other streams. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of a list; throws on an empty one. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** In (-1, 1), bell-shaped around 0: the mean of three draws. */
  readonly bell: () => number;
}

/** The stream of one label ("orders:C1101") under a seed. */
export function randomOf(seed: number, label: string): Random {
  const next = sfc32(seed, fnv1a(label), fnv1a(`${label}/${seed}`));
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const picked = list[int(0, list.length - 1)];
      if (picked === undefined) throw new Error("there is nothing to pick from an empty list");
      return picked;
    },
    bell: () => ((next() + next() + next()) * 2) / 3 - 1,
  };
}

/** The generator sfc32 (Small Fast Counting): 96 bits of seed, 15 warm-up rounds. */
function sfc32(seedA: number, seedB: number, seedC: number): () => number {
  let [a, b, c, counter] = [seedA | 0, seedB | 0, seedC | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i += 1) next();
  return next;
}
