import { firstOn, ofEachKind } from "../snapshots/activity-columns.ts";
import { type Side, sideOf } from "./turns.ts";

/** The window in which turns are counted. */
const TURN_DAYS = 90;

/** Whose turns, as numbers. */
const [NOBODY, OURS, THEIRS, BOTH] = [0, 1, 2, 3] as const;
const NUMBERS: Readonly<Record<Side, number>> = { ours: OURS, theirs: THEIRS, both: BOTH };
const SIDES = ofEachKind((kind) => {
  const side = sideOf(kind);
  return side === undefined ? NOBODY : NUMBERS[side];
});

/**
 * Turns since the first contact (docs/reference/relationships.md 2, "by turns"): those of any window are a difference of
 * two counts, but for its first contact, which always begins a turn.
 */
export class TurnCounts {
  #count = 0;
  readonly #days: Int32Array;
  readonly #sides: Int32Array;
  /** Turns of each side up to and with a contact. */
  readonly #theirs: Int32Array;
  readonly #ours: Int32Array;
  /** The contact that began the turn of a contact. */
  readonly #began: Int32Array;

  /** One piece of memory for all five: a night makes them for every customer. */
  constructor(most = 0) {
    const all = new Int32Array(5 * most);
    const part = (nth: number): Int32Array => all.subarray(nth * most, (nth + 1) * most);
    [this.#days, this.#sides, this.#theirs] = [part(0), part(1), part(2)];
    [this.#ours, this.#began] = [part(3), part(4)];
  }

  /** Adds a contact, in the order of the days. */
  add(day: number, kind: number): void {
    const side = SIDES[kind] ?? NOBODY;
    if (side === NOBODY) return;
    const i = this.#count;
    const last = i === 0 ? NOBODY : (this.#sides[i - 1] ?? NOBODY);
    const begins = side !== last || side === BOTH;
    // A contact of both absorbs our own turn directly before it.
    const absorbs = side === BOTH && last === OURS;
    this.#days[i] = day;
    this.#sides[i] = side;
    this.#theirs[i] = (i === 0 ? 0 : (this.#theirs[i - 1] ?? 0)) + (begins && side !== OURS ? 1 : 0);
    this.#ours[i] = (i === 0 ? 0 : (this.#ours[i - 1] ?? 0)) + (begins && side !== THEIRS && !absorbs ? 1 : 0);
    this.#began[i] = begins ? i : (this.#began[i - 1] ?? 0);
    this.#count = i + 1;
  }

  /**
   * How far the two sides take turns: 1 when theirs are at least half, 0 without any. When the last turn is ours and is
   * younger than the expected days, it is not counted: there may still be a reply.
   */
  balanceOn(day: number, contactDays: number): number {
    const columns = { count: this.#count, day: this.#days };
    const first = firstOn(columns, day - TURN_DAYS + 1);
    const end = firstOn(columns, day + 1);
    if (first >= end) return 0;
    const [opens, closes] = [this.#sides[first], this.#sides[end - 1]];
    const since = (counts: Int32Array): number => (counts[end - 1] ?? 0) - (counts[first] ?? 0);
    const theirs = since(this.#theirs) + (opens === OURS ? 0 : 1);
    const all = since(this.#ours) + (opens === THEIRS ? 0 : 1);
    const began = this.#days[Math.max(first, this.#began[end - 1] ?? first)] ?? 0;
    const ours = closes === OURS && day - began < contactDays ? all - 1 : all;
    return theirs + ours === 0 ? 0 : Math.min(1, (2 * theirs) / (theirs + ours));
  }
}
