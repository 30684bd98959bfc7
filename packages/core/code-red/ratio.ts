/** The largest number in a suggested ratio. */
const MOST = 24;

/** A ratio of whole numbers: `ratio` of one item with `linkedRatio` of another. */
export interface WholeRatio {
  readonly ratio: number;
  readonly linkedRatio: number;
}

/**
 * The ratio of whole numbers up to 24 that is nearest to `linked / anchor`; of equally near ones that with the smaller
 * sum (docs/reference/code-red.md 7). Rounding to 1:n instead would make the typical buyer of 2:3 red for ever.
 */
export function nearestRatio(value: number): WholeRatio {
  let best: WholeRatio & { readonly distance: number } = { ratio: 1, linkedRatio: 1, distance: Math.abs(value - 1) };
  for (let ratio = 1; ratio <= MOST; ratio += 1)
    for (let linkedRatio = 1; linkedRatio <= MOST; linkedRatio += 1) {
      const distance = Math.abs(value - linkedRatio / ratio);
      const isNearer = distance < best.distance;
      const isSimpler = distance === best.distance && ratio + linkedRatio < best.ratio + best.linkedRatio;
      if (isNearer || isSimpler) best = { ratio, linkedRatio, distance };
    }
  return { ratio: best.ratio, linkedRatio: best.linkedRatio };
}
