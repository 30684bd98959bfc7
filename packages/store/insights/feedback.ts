import * as z from "zod";
import { type Feedback, verdicts } from "@regulars/core/insights/feedback";
import { findingId, levels } from "@regulars/core/insights/finding";
import { subjectSchema } from "@regulars/core/insights/subject";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { keysOf } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const feedbackSchema = z
  .object({
    kind: z.string(),
    rule: z.string(),
    level: z.enum(levels),
    subject: subjectSchema,
    episode: z.string(),
    verdict: z.enum(verdicts),
    note: z.string().optional(),
    by: userIdSchema.optional(),
    at: z.string().transform((text) => toInstant(Date.parse(text))),
  })
  .transform((one) => ({ ...one, findingId: findingId(one) }));

/** What people say of findings, one item for each episode of each. */
export class StoredFeedback {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** A later word on the same episode takes the place of the former. */
  async save(feedback: Feedback): Promise<void> {
    await this.#operations.put({ ...this.#keys.feedbackOn(feedback.findingId, feedback.episode), ...feedback });
  }

  async *all(): AsyncGenerator<Feedback> {
    for await (const item of this.#operations.partition(this.#keys.feedback())) yield feedbackSchema.parse(item);
  }
}
