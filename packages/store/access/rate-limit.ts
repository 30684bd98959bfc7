import type { RateLimitStore, TokenBucketState, TokenBucket } from "@regulars/core/access/rate-limit";
import { LRUCache } from "lru-cache";
import * as z from "zod";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const MAX_ROUNDS = 5;

/** How much clocks may differ. A row that is further ahead was written with a wrong clock, and starts again. */
const CLOCKS_DIFFER_MS = 60_000;

const rowSchema = z.object({ resetAtMs: z.number() });

/** Actors whose buckets this process remembers. */
const MOST_REMEMBERED = 10_000;
/** When buckets were last seen to be full again, by partition key: it decides which of two writes is tried first. */
const remembered = new LRUCache<string, number>({ max: MOST_REMEMBERED });

/** One row per actor: the time when its token bucket is full again. A request mostly costs one write. */
export class Rates implements RateLimitStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async take(actorId: string, nowMs: number, bucket: TokenBucket): Promise<TokenBucketState> {
    const { pk, sk } = this.#keys.rate(actorId);
    const [fill, draw] = [() => this.#fill({ pk, sk }, nowMs, bucket), () => this.#draw({ pk, sk }, nowMs, bucket)];
    // Known to be in use: the other order would cost a write more.
    const ways = (remembered.get(pk) ?? 0) > nowMs ? [draw, fill] : [fill, draw];
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      for (const way of ways) {
        const resetAtMs = await way();
        if (resetAtMs === undefined) continue;
        remembered.set(pk, resetAtMs);
        return { resetAtMs, isAllowed: true };
      }
      const known = rowSchema.safeParse(await this.#operations.get({ pk, sk }));
      if (known.success && known.data.resetAtMs > nowMs + bucket.windowMs - bucket.refillMs)
        return { ...known.data, isAllowed: false };
    }
    throw new Error(`the requests of ${actorId} cannot be counted: its row keeps being changed by other requests`);
  }

  /** Takes from a full bucket; `undefined` when it is not full. */
  async #fill(Key: Key, nowMs: number, { refillMs, windowMs }: TokenBucket): Promise<number | undefined> {
    const resetAtMs = nowMs + refillMs;
    const isFull = await this.#operations.put(
      { ...Key, resetAtMs },
      {
        ConditionExpression: "attribute_not_exists(resetAtMs) OR resetAtMs <= :now OR resetAtMs > :never",
        ExpressionAttributeValues: { ":now": nowMs, ":never": nowMs + windowMs + CLOCKS_DIFFER_MS },
      },
    );
    return isFull ? resetAtMs : undefined;
  }

  /** Takes from a bucket in use; `undefined` when it is full or empty. */
  async #draw(Key: Key, nowMs: number, { refillMs, windowMs }: TokenBucket): Promise<number | undefined> {
    const taken = await this.#operations.updateReturning({
      Key,
      UpdateExpression: "SET resetAtMs = resetAtMs + :each",
      ConditionExpression: "resetAtMs > :now AND resetAtMs <= :most",
      ExpressionAttributeValues: { ":each": refillMs, ":now": nowMs, ":most": nowMs + windowMs - refillMs },
    });
    return taken === undefined ? undefined : rowSchema.parse(taken).resetAtMs;
  }
}
