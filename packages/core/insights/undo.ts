import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type Instant, activityIdSchema, daySchema, instantSchema } from "../platform/values.ts";
import { dismissalSchema } from "./dismissal.ts";
import { feedbackSchema } from "./feedback.ts";
import { states } from "./finding.ts";

/** How long the last action on a finding can be undone, seconds. */
export const UNDO_SECONDS = 10;

/** What an action changed, as it was before: whoever undoes it puts exactly this back. */
const beforeSchema = z.discriminatedUnion("what", [
  z.object({
    what: z.literal("dismissal"),
    episode: z.string(),
    state: z.enum(states),
    reachedOn: daySchema.optional(),
    dismissal: dismissalSchema.optional(),
  }),
  z.object({ what: z.literal("feedback"), episode: z.string(), feedback: feedbackSchema.optional() }),
  /** A call that was noted; before there was none. */
  z.object({ what: z.literal("contact"), activityId: activityIdSchema }),
]);

/** The last action on a finding, for as long as it may be undone; a later action replaces it. */
export const undoSchema = z.object({
  findingId: z.string(),
  /** The author, as logs have them: "user:anna". */
  by: z.string(),
  at: instantSchema,
  before: beforeSchema,
});
export type Undo = Immutable<z.output<typeof undoSchema>>;

/** Whether somebody may undo an action now: they did it, at most ten seconds ago. */
export const mayUndo = ({ at, by }: Pick<Undo, "at" | "by">, who: string, now: Instant): boolean =>
  by === who && Date.parse(now) - Date.parse(at) <= UNDO_SECONDS * 1000;
