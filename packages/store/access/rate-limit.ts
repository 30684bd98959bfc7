import type { RateLimitStore, TokenBucketState, TokenBucket } from "@regulars/core/access/rate-limit";
import * as z from "zod";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const MAX_ROUNDS = 5;

/** How much clocks may differ. A row that is further ahead was written with a wrong clock, and starts again. */
const CLOCKS_DIFFER_MS = 60_000;

const rowSchema = z.object({ resetAtMs: z.number() });

/** One row per actor: the time when its token bucket is full again. A request costs one write, or two in a burst. */
export class Rates implements RateLimitStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async take(actorId: string, nowMs: number, { refillMs, windowMs }: TokenBucket): Promise<TokenBucketState> {
    const Key = this.#keys.rate(actorId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const fresh = { resetAtMs: nowMs + refillMs };
      const isFull = await this.#operations.put(
        { ...Key, ...fresh },
        {
          ConditionExpression: "attribute_not_exists(resetAtMs) OR resetAtMs <= :now OR resetAtMs > :never",
          ExpressionAttributeValues: { ":now": nowMs, ":never": nowMs + windowMs + CLOCKS_DIFFER_MS },
        },
      );
      if (isFull) return { ...fresh, isAllowed: true };
      const taken = await this.#operations.updateReturning({
        Key,
        UpdateExpression: "SET resetAtMs = resetAtMs + :each",
        ConditionExpression: "resetAtMs > :now AND resetAtMs <= :most",
        ExpressionAttributeValues: { ":each": refillMs, ":now": nowMs, ":most": nowMs + windowMs - refillMs },
      });
      if (taken !== undefined) return { ...rowSchema.parse(taken), isAllowed: true };
      const known = rowSchema.safeParse(await this.#operations.get(Key));
      if (known.success && known.data.resetAtMs > nowMs + windowMs - refillMs)
        return { ...known.data, isAllowed: false };
    }
    throw new Error(`the requests of ${actorId} cannot be counted: its row keeps being changed by other requests`);
  }
}
