import { createHash, randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type {
  StoredResponse,
  IdempotencyClaim,
  IdempotencyKey,
  IdempotencyState,
  IdempotencyStore,
} from "@regulars/core/platform/idempotency";
import * as z from "zod";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { TransactWrite, Operations } from "../engine/operations.ts";
import { StoreWrites } from "../engine/companion-writes.ts";

const KEPT_MS = 7 * 86_400_000;
/** Longer than a request may take: an older claim belongs to a process that no longer runs. */
const LEASE_MS = 35_000;

const rowSchema = z.object({
  fingerprint: z.string(),
  claim: z.string(),
  leaseUntilMs: z.number(),
  /** Epoch seconds, the time to live of the table. Also checked on reading, because DynamoDB deletes late. */
  expiresAt: z.number(),
  answer: z
    .object({
      status: z.int(),
      body: z.string().optional(),
      location: z.string().optional(),
      packed: z.instanceof(Uint8Array).optional(),
    })
    .optional(),
});

/**
 * Longest answer that is stored as text. A longer one is compressed: one about a hundred rejected items would exceed
 * the limit of an item.
 */
const LONGEST_PLAIN = 4_096;

const storedForm = ({ status, body, location }: StoredResponse) => ({
  status,
  ...(location === undefined ? {} : { location }),
  ...(body === undefined ? {} : body.length <= LONGEST_PLAIN ? { body } : { packed: gzipSync(body) }),
});

const answerOf = ({
  status,
  body,
  location,
  packed,
}: NonNullable<z.output<typeof rowSchema>["answer"]>): StoredResponse => {
  const text = packed === undefined ? body : gunzipSync(packed).toString("utf8");
  return { status, ...(location === undefined ? {} : { location }), ...(text === undefined ? {} : { body: text }) };
};

/** Requests by idempotency key. A row is claimed before the work, and completed with the answer. */
export class IdempotentRequests implements IdempotencyStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async begin({ actorId, key, fingerprint }: IdempotencyKey, nowMs: number): Promise<IdempotencyState> {
    const place = this.#keys.once(createHash("sha256").update(`${actorId}\n${key}`).digest("hex"));
    const claim = randomUUID();
    const row = {
      ...place,
      fingerprint,
      claim,
      leaseUntilMs: nowMs + LEASE_MS,
      expiresAt: Math.ceil((nowMs + KEPT_MS) / 1000),
    };
    const isClaimed = await this.#operations.put(row, {
      ConditionExpression:
        "attribute_not_exists(pk) OR expiresAt <= :second OR (attribute_not_exists(answer) AND leaseUntilMs <= :now AND fingerprint = :fingerprint)",
      ExpressionAttributeValues: { ":second": Math.floor(nowMs / 1000), ":now": nowMs, ":fingerprint": fingerprint },
    });
    if (isClaimed) return { state: "fresh", claim: this.#claimOf(place, claim) };
    const item = await this.#operations.get(place);
    // The claim was released between the two calls.
    if (item === undefined) return { state: "in-flight" };
    const known = rowSchema.parse(item);
    if (known.fingerprint !== fingerprint) return { state: "other-request" };
    return known.answer === undefined ? { state: "in-flight" } : { state: "answered", answer: answerOf(known.answer) };
  }

  #claimOf(Key: Key, claim: string): IdempotencyClaim {
    const mine = {
      ConditionExpression: "claim = :claim AND attribute_not_exists(answer)",
      ExpressionAttributeValues: { ":claim": claim },
    };
    const answering = (answer: StoredResponse) => ({
      Key,
      UpdateExpression: "SET answer = :answer",
      ConditionExpression: mine.ConditionExpression,
      ExpressionAttributeValues: { ...mine.ExpressionAttributeValues, ":answer": storedForm(answer) },
    });
    return {
      companion: (answer) => new StoreWrites([{ Update: answering(answer) } satisfies TransactWrite]),
      keep: async (answer) => {
        await this.#operations.update(answering(answer));
      },
      release: async () => {
        await this.#operations.delete(Key, mine);
      },
    };
  }
}
