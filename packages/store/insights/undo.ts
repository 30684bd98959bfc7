import { rowAs } from "@regulars/core/platform/unreadable-row";
import { isDeepStrictEqual } from "node:util";
import type { FindingAddress } from "@regulars/core/insights/finding";
import { type Undo, undoSchema } from "@regulars/core/insights/undo";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { StoreWrites, writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { dismissalWrites, notedFinding } from "./dismissal-writes.ts";

/** DynamoDB removes the row some time after this. */
const KEPT_SECONDS = 3600;

/** The last action on each finding, while it may be undone. */
export class Undos {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async find(findingId: string): Promise<Undo | undefined> {
    const item = await this.#operations.get(this.#keys.undoOf(findingId));
    return item === undefined ? undefined : rowAs(undoSchema, item);
  }

  /** For the transaction of the action itself. */
  note(undo: Undo): CompanionWrites {
    const expiresAt = Math.floor(Date.parse(undo.at) / 1000) + KEPT_SECONDS;
    return new StoreWrites([{ Put: { Item: { ...this.#keys.undoOf(undo.findingId), ...undo, expiresAt } } }]);
  }

  /** For the transaction that undoes it: two at once, or one after another action, fail. */
  forget({ findingId, at }: Undo): CompanionWrites {
    return new StoreWrites([
      {
        Delete: {
          Key: this.#keys.undoOf(findingId),
          ConditionExpression: "#at = :at",
          ExpressionAttributeNames: { "#at": "at" },
          ExpressionAttributeValues: { ":at": at },
        },
      },
    ]);
  }

  async keep(undo: Undo): Promise<void> {
    await this.#operations.transact([...writesOf(this.note(undo))]);
  }

  /**
   * Puts a finding's dismissal, or the feedback on it, back as it was; `false` when somebody has changed it since.
   * What a nightly run changed of the finding meanwhile stays.
   */
  async putBack(undo: Undo, finding: FindingAddress): Promise<boolean> {
    const { before } = undo;
    if (before.what !== "dismissal") {
      const writes = before.what === "feedback" ? [this.#feedbackBefore(undo, before)] : [];
      return this.#operations.transact([...writes, ...writesOf(this.forget(undo))]);
    }
    const noted = await notedFinding(this.#operations, this.#keys, finding);
    const writes = this.#dismissalBefore(undo, before, finding, noted);
    const isDone = await this.#operations.transact([...writes, ...writesOf(this.forget(undo))]);
    if (isDone || noted === undefined) return isDone;
    const now = await notedFinding(this.#operations, this.#keys, finding);
    return !isDeepStrictEqual(now, noted) && this.putBack(undo, finding);
  }

  #dismissalBefore(
    { at }: Undo,
    { episode, state, reachedOn, dismissal }: Extract<Undo["before"], { what: "dismissal" }>,
    finding: FindingAddress,
    noted: StoredItem | undefined,
  ): readonly TransactWrite[] {
    const isStillSo =
      state === "dismissed" && dismissal !== undefined
        ? "(attribute_not_exists(dismissal) OR dismissal.#at = :at)"
        : "dismissal.#at = :at";
    return dismissalWrites(this.#keys, { ...finding, episode, state, reachedOn, dismissal }, noted, {
      condition: isStillSo,
      names: { "#at": "at" },
      values: { ":at": at },
    });
  }

  #feedbackBefore(
    { findingId, at }: Undo,
    { episode, feedback }: Extract<Undo["before"], { what: "feedback" }>,
  ): TransactWrite {
    const key = this.#keys.feedbackOn(findingId, episode);
    const onlyThis = {
      ConditionExpression: "#at = :at",
      ExpressionAttributeNames: { "#at": "at" },
      ExpressionAttributeValues: { ":at": at },
    };
    return feedback === undefined
      ? { Delete: { Key: key, ...onlyThis } }
      : { Put: { Item: { ...key, ...feedback, findingId }, ...onlyThis } };
  }
}
