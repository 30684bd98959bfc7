import { ofEachKind } from "../snapshots/activity-columns.ts";
import { type Side, sideOf } from "./turns.ts";

/** The window in which turns are counted. */
export const TURN_DAYS = 90;

/** Whose turns, as numbers. */
const [NOBODY, OURS, THEIRS, BOTH] = [0, 1, 2, 3] as const;
const NUMBERS: Readonly<Record<Side, number>> = { ours: OURS, theirs: THEIRS, both: BOTH };
const SIDES = Uint8Array.from(
  ofEachKind((kind) => {
    const side = sideOf(kind);
    return side === undefined ? NOBODY : NUMBERS[side];
  }),
  (side) => side ?? NOBODY,
);

/** What a row has: the turns of each side are those up to and with the contact; BEGAN is who began its turn. */
const [DAY, SIDE, THEIR_TURNS, OUR_TURNS, BEGAN, ROW] = [0, 1, 2, 3, 4, 5] as const;

/**
 * Turns since the first contact (docs/reference/relationships.md 2, "by turns"): those of any window are a difference of
 * two counts, but for its first contact, which always begins a turn.
 */
export class TurnCounts {
  #count = 0;
  /** One piece of memory, a row for each contact: a night makes it for every customer. */
  readonly #rows: Int32Array;

  constructor(most = 0) {
    this.#rows = new Int32Array(ROW * most);
  }

  /** Adds a contact, in the order of the days. */
  add(day: number, kind: number): void {
    const side = SIDES[kind] ?? NOBODY;
    if (side === NOBODY) return;
    const rows = this.#rows;
    const at = this.#count * ROW;
    const before = at - ROW;
    const last = before < 0 ? NOBODY : (rows[before + SIDE] ?? NOBODY);
    const begins = side !== last || side === BOTH;
    // A contact of both absorbs our own turn directly before it.
    const absorbs = side === BOTH && last === OURS;
    rows[at + DAY] = day;
    rows[at + SIDE] = side;
    rows[at + THEIR_TURNS] = (before < 0 ? 0 : (rows[before + THEIR_TURNS] ?? 0)) + (begins && side !== OURS ? 1 : 0);
    rows[at + OUR_TURNS] =
      (before < 0 ? 0 : (rows[before + OUR_TURNS] ?? 0)) + (begins && side !== THEIRS && !absorbs ? 1 : 0);
    rows[at + BEGAN] = begins ? this.#count : (rows[before + BEGAN] ?? 0);
    this.#count += 1;
  }

  /** The place of the first contact on or after a day. */
  #firstOn(day: number): number {
    let [from, to] = [0, this.#count];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#rows[middle * ROW + DAY] ?? 0) < day) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /**
   * How far the two sides take turns: 1 when theirs are at least half, 0 without any. When the last turn is ours and is
   * younger than the expected days, it is not counted: there may still be a reply.
   */
  balanceOn(day: number, contactDays: number): number {
    const rows = this.#rows;
    const first = this.#firstOn(day - TURN_DAYS + 1);
    const end = this.#firstOn(day + 1);
    if (first >= end) return 0;
    const [from, to] = [first * ROW, (end - 1) * ROW];
    const closes = rows[to + SIDE];
    const opens = rows[from + SIDE];
    const theirs = (rows[to + THEIR_TURNS] ?? 0) - (rows[from + THEIR_TURNS] ?? 0) + (opens === OURS ? 0 : 1);
    const all = (rows[to + OUR_TURNS] ?? 0) - (rows[from + OUR_TURNS] ?? 0) + (opens === THEIRS ? 0 : 1);
    const began = rows[Math.max(first, rows[to + BEGAN] ?? first) * ROW + DAY] ?? 0;
    const ours = closes === OURS && day - began < contactDays ? all - 1 : all;
    return theirs + ours === 0 ? 0 : Math.min(1, (2 * theirs) / (theirs + ours));
  }
}
