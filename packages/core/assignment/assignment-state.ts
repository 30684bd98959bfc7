import type { Rules } from "../sales-plans/rules.ts";
import type { UserId } from "../platform/values.ts";

/** A member's place in the turns. */
export interface Turn {
  /** Stride pass: turns taken, each as long as 720,720 / weight. */
  readonly pass: number;
  /** Number of the plan's automatic assignment that was his last; 0 for never. */
  readonly last: number;
}

/**
 * Everything that the next assignment of a plan depends on, besides loads and who is there: one small record, carried
 * from ticket to ticket. Leads are given out as if one by one in ticket order (sales-plans.md 5.8).
 */
export interface Desk {
  readonly rules: Rules;
  /** The last ticket that was dealt with; the ones before it were too. */
  readonly done: number;
  /** Automatic assignments so far. */
  readonly served: number;
  /** The pass of whoever had the last turn: nobody's next turn is before it, however long he was away. */
  readonly floor: number;
  /** State of the generator that random ties are broken with. */
  readonly chance: number;
  readonly turns: Readonly<Record<UserId, Turn>>;
}

/** A turn of weight 1: divisible by every weight up to 16, so that equal shares stay exactly equal. */
export const TURN = 720_720;

export const newDesk = (rules: Rules, chance: number): Desk => ({
  rules,
  done: 0,
  served: 0,
  floor: 0,
  chance: chance >>> 0,
  turns: {},
});

/** A member's place now: one who was away, or is new, comes in at the floor. */
export function turnOf({ turns, floor }: Desk, userId: UserId): Turn {
  const turn = turns[userId];
  return turn === undefined ? { pass: floor, last: 0 } : { pass: Math.max(turn.pass, floor), last: turn.last };
}
