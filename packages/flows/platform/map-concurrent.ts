import pLimit from "p-limit";

const CONCURRENCY = 16;

/** Calls `work` for each element, at most `atOnce` side by side; the results are in the order of `given`. */
export const mapConcurrent = <T, R>(
  given: readonly T[],
  work: (one: T) => Promise<R>,
  atOnce = CONCURRENCY,
): Promise<R[]> => pLimit(atOnce).map(given, (one) => work(one));
