import pLimit from "p-limit";

const CONCURRENCY = 16;

/** Calls `work` for each element, at most 16 at once; the results are in the order of `given`. */
export const mapConcurrent = <T, R>(given: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> =>
  pLimit(CONCURRENCY).map(given, (one) => work(one));
