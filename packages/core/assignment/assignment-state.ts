import * as z from "zod";
import { type Rules, rulesSchema } from "../sales-plans/rules.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type UserId, userIdSchema } from "../platform/values.ts";

/** A member's place in the turns. */
const turnSchema = z.object({
  /** Stride pass: turns taken, each as long as 720,720 / weight. */
  pass: z.number(),
  /** Number of the plan's automatic assignment that was their last; 0 for never. */
  last: z.int(),
});
export type Turn = Immutable<z.output<typeof turnSchema>>;

/**
 * Everything that the next assignment of a plan depends on, besides loads and who is there: one small record, carried
 * from sequence number to sequence number. Leads are given out as if one by one, in that order (sales-plans.md 5.8).
 */
export const assignmentStateSchema = z.object({
  rules: rulesSchema,
  /** The last sequence number that was dealt with; the ones before it were too. */
  done: z.int(),
  /** Automatic assignments so far. */
  served: z.int(),
  /** The pass of whoever had the last turn: nobody's next turn is before it, however long they were away. */
  floor: z.number(),
  /** State of the generator that random ties are broken with. */
  chance: z.int(),
  turns: z.record(userIdSchema, turnSchema),
});
export type Desk = Immutable<z.output<typeof assignmentStateSchema>>;

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
