import pLimit from "p-limit";
import { allOrFirstFault } from "./all-or-first-fault.ts";

const CONCURRENCY = 16;

/**
 * Calls `work` for each element, at most `atOnce` side by side; the results are in the order of `given`. After a fault no
 * further call is begun, and it is thrown when those under way have ended.
 */
export async function mapConcurrent<T, R>(
  given: readonly T[],
  work: (one: T) => Promise<R>,
  atOnce = CONCURRENCY,
): Promise<R[]> {
  const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
  const results = given.map((one) =>
    limit(async () => {
      try {
        return await work(one);
      } catch (fault) {
        limit.clearQueue();
        throw fault;
      }
    }),
  );
  // Those not begun come after the one that failed.
  await allOrFirstFault(results);
  return Promise.all(results);
}
