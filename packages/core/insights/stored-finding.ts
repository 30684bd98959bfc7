import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { daySchema, userIdSchema } from "../platform/values.ts";
import { dismissalSchema } from "./dismissal.ts";
import { type Json, isJson, levels, outcomes, states } from "./finding.ts";
import { subjectSchema } from "./subject.ts";

/** A finding as stored: only events change its facts; level and state may change with the calendar. */
export const storedFindingSchema = z.object({
  kind: z.string(),
  subject: subjectSchema,
  repId: userIdSchema.optional(),
  level: z.enum(levels),
  state: z.enum(states),
  episode: z.string(),
  facts: z.custom<Json>(isJson, "is not plain JSON"),
  /** The day of the nightly run that first found it. */
  foundOn: daySchema,
  /** The day of the nightly run in which it reached `high`, in this episode. */
  reachedOn: daySchema.optional(),
  /** Who was told at once of this episode, in which nightly run and at which level; nobody in particular without `to`. */
  told: z.object({ on: daySchema, level: z.enum(levels), to: userIdSchema.optional() }).optional(),
  /** Set while somebody has set it aside. */
  dismissal: dismissalSchema.optional(),
});
export type StoredFinding = Immutable<Omit<z.output<typeof storedFindingSchema>, "facts">> & { readonly facts: Json };

/**
 * A stored finding as the next nightly run knows it. The facts of one about a status lie apart from the customer: only
 * their check is known.
 */
export type FormerFinding = Omit<StoredFinding, "facts"> & {
  readonly facts?: Json | undefined;
  readonly factsCheck?: string | undefined;
};

/** A finding that a nightly run no longer found, kept to count outcomes. `resolvedOn` is the run's day. */
export const endedFindingSchema = storedFindingSchema
  .pick({ kind: true, subject: true, repId: true, level: true, episode: true, foundOn: true })
  .extend({ resolvedOn: daySchema, outcome: z.enum(outcomes) });
export type ResolvedFinding = Immutable<z.output<typeof endedFindingSchema>>;
