/** The items of each basket as numbers, one basket after the other; basket `i` is `firstItem[i] .. firstItem[i + 1] - 1`. */
export interface Baskets {
  readonly count: number;
  readonly firstItem: Int32Array;
  /** Distinct within a basket. */
  readonly items: Int32Array;
}

/** How often two items are in one basket, and each of them. */
export interface PairCount {
  readonly a: number;
  readonly b: number;
  readonly joint: number;
  readonly withA: number;
  readonly withB: number;
}

/** Bytes of counters: the baskets are gone through again instead of using more memory. */
const COUNTER_BYTES = 16 * 1024 * 1024;

/**
 * The pairs of items that are in at least `minJoint` baskets together, exactly. Items in fewer baskets are left out;
 * counters are a triangle of the others, counted in passes of at most 16 MB.
 */
export function* countPairs(baskets: Baskets, minJoint: number): Generator<PairCount> {
  const counts = basketsByItem(baskets);
  const frequent = [...counts].filter(([, count]) => count >= minJoint).toSorted((x, y) => y[1] - x[1] || x[0] - y[0]);
  const places = new Map(frequent.map(([item], place) => [item, place]));
  const dense = denseBaskets(baskets, places);
  const size = frequent.length;
  const rowsPerPass = Math.min(size, Math.max(1, Math.floor(COUNTER_BYTES / (4 * Math.max(1, size)))));
  const joint = new Int32Array(rowsPerPass * size);
  for (let from = 0; from < size; from += rowsPerPass) {
    const to = Math.min(size, from + rowsPerPass);
    countRows(dense, { from, to, size }, joint);
    for (let row = from; row < to; row += 1)
      for (let column = row + 1; column < size; column += 1) {
        const count = joint[(row - from) * size + column] ?? 0;
        if (count < minJoint) continue;
        const [a, withA] = frequent[row] ?? [-1, 0];
        const [b, withB] = frequent[column] ?? [-1, 0];
        yield { a, b, joint: count, withA, withB };
      }
  }
}

function basketsByItem({ items, firstItem, count }: Baskets): Map<number, number> {
  const counts = new Map<number, number>();
  const end = firstItem[count] ?? 0;
  for (let i = 0; i < end; i += 1) {
    const item = items[i] ?? -1;
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

/** The baskets with only frequent items, as ascending places in their list. */
function denseBaskets({ count, firstItem, items }: Baskets, places: ReadonlyMap<number, number>): Baskets {
  const kept = new Int32Array(firstItem[count] ?? 0);
  const first = new Int32Array(count + 1);
  let end = 0;
  for (let i = 0; i < count; i += 1) {
    const start = end;
    for (let at = firstItem[i] ?? 0; at < (firstItem[i + 1] ?? 0); at += 1) {
      const place = places.get(items[at] ?? -1);
      if (place !== undefined) kept[end++] = place;
    }
    kept.subarray(start, end).sort();
    first[i + 1] = end;
  }
  return { count, firstItem: first, items: kept };
}

/** Counts the pairs whose first item lies in `[from, to)`, into counters that are used again for each pass. */
function countRows(
  { count, firstItem, items }: Baskets,
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
  joint: Int32Array,
): void {
  joint.fill(0);
  for (let i = 0; i < count; i += 1) {
    const end = firstItem[i + 1] ?? 0;
    for (let x = firstItem[i] ?? 0; x < end; x += 1) {
      const row = items[x] ?? 0;
      if (row < from) continue;
      if (row >= to) break;
      const base = (row - from) * size;
      for (let y = x + 1; y < end; y += 1) {
        const cell = base + (items[y] ?? 0);
        joint[cell] = (joint[cell] ?? 0) + 1;
      }
    }
  }
}
