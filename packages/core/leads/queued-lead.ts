import * as z from "zod";
import { dealSchema } from "../deals/deal.ts";
import type { Immutable } from "../platform/immutable.ts";
import { userIdSchema } from "../platform/values.ts";
import { rulesSchema } from "../sales-plans/rules.ts";

/** A queued lead: its deal before the assignment, and what the assignment needs to know. */
const queuedLeadSchema = z.object({
  kind: z.literal("lead"),
  sequence: z.int(),
  deal: dealSchema,
  chosen: userIdSchema.optional(),
  /** The contact is new, so there is no ownership evidence to read. */
  isNewPerson: z.boolean(),
  actorId: z.string(),
  requestId: z.string(),
});
export type QueuedLead = Immutable<z.output<typeof queuedLeadSchema>>;

/** What a sequence number of a plan is used for: a lead, a change of the rules for later leads, or nothing. */
export const queuedEntrySchema = z.discriminatedUnion("kind", [
  queuedLeadSchema,
  z.object({ kind: z.literal("rules"), sequence: z.int(), rules: rulesSchema }),
  z.object({ kind: z.literal("void"), sequence: z.int() }),
]);
export type QueueEntry = Immutable<z.output<typeof queuedEntrySchema>>;
