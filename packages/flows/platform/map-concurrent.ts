const LANES = 16;

/** Does the work for each, a few at once, and gives the results in the order of what was given. */
export async function inLanes<T, R>(given: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = given.entries();
  const lane = async (): Promise<void> => {
    for (const [i, one] of queue) results.set(i, await work(one));
  };
  await Promise.all(Array.from({ length: Math.min(LANES, given.length) }, lane));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
