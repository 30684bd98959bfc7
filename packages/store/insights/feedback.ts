import { rowAs } from "@regulars/core/platform/unreadable-row";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "../engine/companion-writes.ts";
import { type Feedback, feedbackSchema } from "@regulars/core/insights/feedback";
import { findingId } from "@regulars/core/insights/finding";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

/** Feedback on findings; one item for each finding and episode. */
export class StoredFeedback {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Later feedback on the same episode replaces the earlier one. */
  async save(feedback: Feedback, companion?: CompanionWrites): Promise<void> {
    const Item = { ...this.#keys.feedbackOn(feedback.findingId, feedback.episode), ...feedback };
    if (!(await this.#operations.transact([{ Put: { Item } }, ...writesOf(companion)])))
      throw new ContentionError(`another request gives the same feedback on ${feedback.findingId}: try again`);
  }

  async find(id: string, episode: string): Promise<Feedback | undefined> {
    const item = await this.#operations.get(this.#keys.feedbackOn(id, episode));
    return item === undefined ? undefined : feedbackOf(item);
  }

  async *all(): AsyncGenerator<Feedback> {
    for await (const item of this.#operations.partition(this.#keys.feedback())) {
      yield feedbackOf(item);
    }
  }
}

function feedbackOf(item: object): Feedback {
  const one = rowAs(feedbackSchema, item);
  return { ...one, findingId: findingId(one) };
}
