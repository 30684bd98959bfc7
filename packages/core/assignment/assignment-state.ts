import * as z from "zod";
import { type Rules, rulesSchema } from "../sales-plans/rules.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type UserId, userIdSchema } from "../platform/values.ts";

/** A member's place in the round-robin. */
const turnSchema = z.object({
  /** Stride pass: turns taken, each as long as 720,720 / weight. */
  pass: z.number(),
  /** Number of the plan's automatic assignment that was their last; 0 when they never had one. */
  last: z.int(),
});
type MemberPass = Immutable<z.output<typeof turnSchema>>;

/**
 * Everything that the next assignment of a plan depends on, besides loads and availability: one small record, updated
 * with each sequence number. Leads are assigned as if one by one, in sequence order (docs/reference/sales-plans.md
 * 5.8).
 */
export const assignmentStateSchema = z.object({
  rules: rulesSchema,
  /** The last sequence number that was processed; all before it were too. */
  lastSequence: z.int(),
  /** Automatic assignments so far. */
  assignedCount: z.int(),
  /** The pass of the member who had the last turn: no member's next turn is before it, however long they were away. */
  minPass: z.number(),
  /** State of the random generator that breaks ties. */
  rngState: z.int(),
  memberState: z.record(userIdSchema, turnSchema),
});
export type AssignmentState = Immutable<z.output<typeof assignmentStateSchema>>;

/** A turn of weight 1: divisible by every weight up to 16, so that equal shares stay exactly equal. */
export const STRIDE_SCALE = 720_720;

export const newAssignmentState = (rules: Rules, rngState: number): AssignmentState => ({
  rules,
  lastSequence: 0,
  assignedCount: 0,
  minPass: 0,
  rngState: rngState >>> 0,
  memberState: {},
});

/** A member's current pass; a new member, or one who was away, starts at `minPass`. */
export function memberPassOf({ memberState, minPass }: AssignmentState, userId: UserId): MemberPass {
  const memberPass = memberState[userId];
  return memberPass === undefined
    ? { pass: minPass, last: 0 }
    : { pass: Math.max(memberPass.pass, minPass), last: memberPass.last };
}
