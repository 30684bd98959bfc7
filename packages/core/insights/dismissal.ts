import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { addDays } from "../platform/period.ts";
import { type Day, daySchema, instantSchema, userIdSchema } from "../platform/values.ts";
import { subjectSchema } from "./subject.ts";

/**
 * A finding that somebody has set aside, until the morning of `until` or, without it, for good. A new episode is not
 * covered.
 */
export const dismissalSchema = z.object({
  kind: z.string(),
  subject: subjectSchema,
  episode: z.string(),
  until: daySchema.optional(),
  by: userIdSchema.optional(),
  at: instantSchema,
});
export type Dismissal = Immutable<z.output<typeof dismissalSchema>>;

/**
 * Whether a dismissal covers an episode on the morning after `asOf`. A snoozed finding is back on the day of `until`
 * (docs/reference/insights.md 7, "ignore XXX days").
 */
export const isDismissed = (
  dismissal: Pick<Dismissal, "episode" | "until"> | undefined,
  episode: string,
  asOf: Day,
): boolean =>
  dismissal !== undefined &&
  dismissal.episode === episode &&
  (dismissal.until === undefined || addDays(asOf, 1) < dismissal.until);
