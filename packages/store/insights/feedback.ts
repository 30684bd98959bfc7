import { type Feedback, feedbackSchema } from "@regulars/core/insights/feedback";
import { findingId } from "@regulars/core/insights/finding";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

/** What people say of findings, one item for each episode of each. */
export class StoredFeedback {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** A later word on the same episode takes the place of the former. */
  async save(feedback: Feedback): Promise<void> {
    await this.#operations.put({ ...this.#keys.feedbackOn(feedback.findingId, feedback.episode), ...feedback });
  }

  async *all(): AsyncGenerator<Feedback> {
    for await (const item of this.#operations.partition(this.#keys.feedback())) {
      const one = feedbackSchema.parse(item);
      yield { ...one, findingId: findingId(one) };
    }
  }
}
