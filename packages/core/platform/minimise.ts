/** A point and its value. */
interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * The lowest point near a start (Nelder and Mead), after so many steps: the same input gives the same point. `value`
 * may be infinite where it is not defined.
 */
export function minimise(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  steps: number,
): readonly number[] {
  const vertex = (at: readonly number[]): Vertex => ({ at, value: value(at) });
  let simplex = [start, ...start.map((_, i) => start.map((x, j) => (i === j ? x + 0.7 : x)))].map(vertex);
  for (let step = 0; step < steps; step += 1) {
    simplex = simplex.toSorted((a, b) => a.value - b.value);
    simplex = moved(simplex, vertex);
  }
  return simplex.toSorted((a, b) => a.value - b.value)[0]?.at ?? start;
}

/** Replaces the highest vertex of a sorted simplex, or draws all towards the lowest. */
function moved(simplex: readonly Vertex[], vertex: (at: readonly number[]) => Vertex): Vertex[] {
  const [best] = simplex;
  const worst = simplex.at(-1);
  const others = simplex.slice(0, -1);
  if (best === undefined || worst === undefined) return [...simplex];
  const centre = best.at.map((_, j) => others.reduce((total, { at }) => total + (at[j] ?? 0), 0) / others.length);
  const beyond = (times: number): Vertex => vertex(centre.map((x, j) => x + times * (x - (worst.at[j] ?? 0))));
  const reflected = beyond(1);
  if (reflected.value < best.value) {
    const expanded = beyond(2);
    return [...others, expanded.value < reflected.value ? expanded : reflected];
  }
  if (reflected.value < (others.at(-1)?.value ?? Infinity)) return [...others, reflected];
  const contracted = beyond(reflected.value < worst.value ? 0.5 : -0.5);
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...others, contracted];
  return [best, ...simplex.slice(1).map(({ at }) => vertex(at.map((x, j) => (x + (best.at[j] ?? 0)) / 2)))];
}
