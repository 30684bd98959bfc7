import * as z from "zod";
import { dealSchema } from "../deals/deal.ts";
import type { Immutable } from "../platform/immutable.ts";
import { userIdSchema } from "../platform/values.ts";
import { rulesSchema } from "../sales-plans/rules.ts";

/** A lead that waits for its assignment: its deal as it will be, and what the assignment needs to know. */
const queuedLeadSchema = z.object({
  kind: z.literal("lead"),
  sequence: z.int(),
  deal: dealSchema,
  chosen: userIdSchema.optional(),
  /** Nothing is known of its person that would have to be looked up. */
  isNewPerson: z.boolean(),
  actorId: z.string(),
  requestId: z.string(),
});
export type QueuedLead = Immutable<z.output<typeof queuedLeadSchema>>;

/** What a sequence number of a plan stands for: a lead, a change of the rules for those after it, or nothing. */
export const queuedEntrySchema = z.discriminatedUnion("kind", [
  queuedLeadSchema,
  z.object({ kind: z.literal("rules"), sequence: z.int(), rules: rulesSchema }),
  z.object({ kind: z.literal("void"), sequence: z.int() }),
]);
export type QueueEntry = Immutable<z.output<typeof queuedEntrySchema>>;
