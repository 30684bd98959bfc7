import { IntList } from "../platform/int-list.ts";

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

/** Counters of a byte each: the baskets are gone through again instead of using more memory. */
const COUNTERS = 16 * 1024 * 1024;

/**
 * The pairs of items that are in at least `minJoint` baskets together, exactly. Items in fewer baskets are left out;
 * counters are a triangle of the others, counted in passes of at most 16 MB.
 */
export function* countPairs(baskets: Baskets, minJoint: number): Generator<PairCount> {
  const counts = basketsByItem(baskets);
  const frequent = frequentItems(counts, minJoint);
  const dense = denseBaskets(baskets, frequent, counts.length);
  const size = frequent.length;
  const joint = new Counters(Math.min(trianglesOf(size), Math.max(COUNTERS, size)), minJoint);
  for (let from = 0; from < size;) {
    let to = from + 1;
    while (to < size && trianglesOf(to + 1) - trianglesOf(from) <= joint.low.length) to += 1;
    joint.clear(trianglesOf(to) - trianglesOf(from));
    countColumns(dense, from, to, joint);
    yield* foundIn(joint, from, { frequent, counts, minJoint });
    from = to;
  }
}

/** A counter that is full goes on from here, and what it lost is kept apart: a byte is enough for nearly all pairs. */
const HALF = 128;

/** Counts by cell, and which cells may have reached what is asked for: most are never looked at again. */
class Counters {
  /** The counts, less what was taken off when a byte was full. */
  readonly low: Uint8Array;
  /** A count that a cell is noted at: at most a half, so that a full byte has passed it. */
  readonly least: number;
  reached = new IntList();
  readonly #taken = new Map<number, number>();

  constructor(cells: number, minJoint: number) {
    this.low = new Uint8Array(cells);
    this.least = Math.max(1, Math.min(HALF, Math.ceil(minJoint)));
  }

  clear(cells: number): void {
    this.low.fill(0, 0, cells);
    this.reached = new IntList();
    this.#taken.clear();
  }

  /** Of a cell at `least`, or at 0 again: 256 are 128 that stay and 128 that were taken. */
  note(cell: number): void {
    if (this.low[cell] === this.least) this.reached.push(cell);
    else {
      this.low[cell] = HALF;
      this.#taken.set(cell, (this.#taken.get(cell) ?? 0) + HALF);
    }
  }

  at(cell: number): number {
    return (this.low[cell] ?? 0) + (this.#taken.get(cell) ?? 0);
  }
}

/** The cells before a column of the triangle: column `n` has rows 0 to `n - 1`. */
const trianglesOf = (column: number): number => (column * (column - 1)) / 2;

interface Counted {
  readonly frequent: Int32Array;
  readonly counts: Int32Array;
  readonly minJoint: number;
}

/** The pairs of a pass whose first column is `from`, column by column. */
function foundIn(joint: Counters, from: number, { frequent, counts, minJoint }: Counted): PairCount[] {
  const found: PairCount[] = [];
  const first = trianglesOf(from);
  let column = from;
  for (const cell of joint.reached.view().toSorted()) {
    const count = joint.at(cell);
    if (count < minJoint) continue;
    while (trianglesOf(column + 1) <= first + cell) column += 1;
    const [a = -1, b = -1] = [frequent[first + cell - trianglesOf(column)], frequent[column]];
    found.push({ a, b, joint: count, withA: counts[a] ?? 0, withB: counts[b] ?? 0 });
  }
  return found;
}

function basketsByItem({ items, firstItem, count }: Baskets): Int32Array {
  const end = firstItem[count] ?? 0;
  let most = -1;
  for (let i = 0; i < end; i += 1) most = Math.max(most, items[i] ?? -1);
  const counts = new Int32Array(most + 1);
  for (let i = 0; i < end; i += 1) counts[items[i] ?? 0] = (counts[items[i] ?? 0] ?? 0) + 1;
  return counts;
}

/** The items in enough baskets, the most frequent first. */
function frequentItems(counts: Int32Array, minJoint: number): Int32Array {
  const items: number[] = [];
  for (const [item, count] of counts.entries()) if (count > 0 && count >= minJoint) items.push(item);
  return Int32Array.from(items.toSorted((x, y) => (counts[y] ?? 0) - (counts[x] ?? 0) || x - y));
}

/** The baskets with only frequent items, as ascending places in their list. */
function denseBaskets({ count, firstItem, items }: Baskets, frequent: Int32Array, itemCount: number): Baskets {
  const places = new Int32Array(itemCount).fill(-1);
  for (const [place, item] of frequent.entries()) places[item] = place;
  const kept = new Int32Array(firstItem[count] ?? 0);
  const first = new Int32Array(count + 1);
  let end = 0;
  for (let i = 0; i < count; i += 1) {
    const start = end;
    const last = firstItem[i + 1] ?? 0;
    for (let at = firstItem[i] ?? 0; at < last; at += 1) {
      const place = places[items[at] ?? 0] ?? -1;
      if (place >= 0) kept[end++] = place;
    }
    sortRange(kept, start, end);
    first[i + 1] = end;
  }
  return { count, firstItem: first, items: kept };
}

/** Most baskets are so small that putting each item in its place is quicker than a view to sort. */
const SMALL = 24;

function sortRange(values: Int32Array, start: number, end: number): void {
  if (end - start > SMALL) {
    values.subarray(start, end).sort();
    return;
  }
  for (let i = start + 1; i < end; i += 1) {
    const value = values[i] ?? 0;
    let at = i - 1;
    while (at >= start && (values[at] ?? 0) > value) {
      values[at + 1] = values[at] ?? 0;
      at -= 1;
    }
    values[at + 1] = value;
  }
}

/** Counts the pairs whose second item lies in `[from, to)`, into counters that are used again for each pass. */
function countColumns({ count, firstItem, items }: Baskets, from: number, to: number, joint: Counters): void {
  const { low, least } = joint;
  for (let i = 0; i < count; i += 1) {
    const first = firstItem[i] ?? 0;
    const end = firstItem[i + 1] ?? 0;
    for (let y = end - 1; y > first; y -= 1) {
      const column = items[y] ?? 0;
      if (column < from) break;
      if (column >= to) continue;
      const base = trianglesOf(column) - trianglesOf(from);
      for (let x = first; x < y; x += 1) {
        const cell = base + (items[x] ?? 0);
        const together = ((low[cell] ?? 0) + 1) & 0xff;
        low[cell] = together;
        if (together === 0 || together === least) joint.note(cell);
      }
    }
  }
}
