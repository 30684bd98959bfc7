import * as z from "zod";
import { daySchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Dismissal } from "@regulars/core/insights/dismissal";
import { type Json, levels, states } from "@regulars/core/insights/finding";
import { subjectSchema } from "@regulars/core/insights/subject";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";

const dismissalSchema = z.object({
  kind: z.string(),
  subject: subjectSchema,
  episode: z.string(),
  until: daySchema.optional(),
  by: userIdSchema.optional(),
  at: z.string().transform((text) => toInstant(Date.parse(text))),
});

export const parseDismissal = (item: unknown): Dismissal => dismissalSchema.parse(item);

export const whatAndWhose = {
  kind: z.string(),
  subject: subjectSchema,
  repId: userIdSchema.optional(),
  level: z.enum(levels),
  episode: z.string(),
  foundOn: daySchema,
};

const findingSchema = z.object({
  ...whatAndWhose,
  state: z.enum(states),
  facts: z.json().transform((facts) => facts as Json),
  reachedOn: daySchema.optional(),
  dismissal: dismissalSchema.optional(),
});

export const parseFinding = (item: unknown): StoredFinding => findingSchema.parse(item);
