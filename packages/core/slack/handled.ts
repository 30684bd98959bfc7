import * as z from "zod";
import { verdicts } from "../insights/feedback.ts";
import { outcomes } from "../insights/finding.ts";
import { daySchema, instantSchema, userIdSchema } from "../platform/values.ts";

const done = { by: userIdSchema.optional(), at: instantSchema };

/**
 * What people did with an alert in Slack, by finding and episode. It is written in the transaction of what they did, on
 * the version that they saw: of two who click at once one is first, and the other sees what the first did.
 */
export const handledSchema = z.object({
  findingId: z.string(),
  episode: z.string(),
  version: z.int(),
  contacted: z.object(done).optional(),
  snoozed: z.object({ ...done, until: daySchema.optional() }).optional(),
  feedback: z.object({ ...done, verdict: z.enum(verdicts) }).optional(),
});
export type Handled = Readonly<z.output<typeof handledSchema>>;

/** How a finding ended. */
const endSchema = z.object({ on: daySchema, outcome: z.enum(outcomes) });
export type FindingEnd = Readonly<z.output<typeof endSchema>>;

/** What a message in Slack shows of its finding besides what was found. */
export interface AlertStanding {
  readonly handled?: Handled | undefined;
  /** Set once the finding ended; `unknown`: nobody knows when. */
  readonly ended?: FindingEnd | "unknown" | undefined;
  /** The names of users, for who did what. */
  readonly nameOf: (userId: string) => string;
}
