import type { RateLimitStore, TokenBucketState, TokenBucket } from "@regulars/core/access/rate-limit";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { LRUCache } from "lru-cache";
import * as z from "zod";
import type { Key } from "../engine/key.ts";
import { OneTurn } from "../engine/one-turn.ts";
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

/** The row of all actors of a tenant; actors' ids have a colon. */
const TENANT = "tenant";
/** A process takes a fiftieth of the tenant's bucket at once, so that most requests cost no write for it. */
const PARTS = 50;

interface Kept {
  readonly resetAtMs: number;
  /** After that, what is left is given up: the bucket is full again. */
  readonly untilMs: number;
  readonly left: number;
}
/** What processes have taken of tenants' buckets and not used, by partition key. */
const kept = new LRUCache<string, Kept>({ max: MOST_REMEMBERED });

/** One of those that this process keeps; `undefined` when there is none. */
function fromKept(pk: string, nowMs: number): TokenBucketState | undefined {
  const { left = 0, untilMs = 0, resetAtMs = 0 } = kept.get(pk) ?? {};
  if (left === 0 || untilMs <= nowMs) {
    kept.delete(pk);
    return undefined;
  }
  kept.set(pk, { left: left - 1, untilMs, resetAtMs });
  return { resetAtMs, isAllowed: true };
}

/** Requests of one actor that come together. */
const together = new OneTurn<TokenBucketState>();

/**
 * One row per actor, and one of the tenant: the time when its token bucket is full again. A request mostly costs one
 * write; those of an actor in one turn of the event loop cost one together.
 */
export class Rates implements RateLimitStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async take(actorId: string, nowMs: number, bucket: TokenBucket): Promise<TokenBucketState> {
    const key = this.#keys.rate(actorId);
    const most = Math.floor(bucket.windowMs / bucket.refillMs);
    const takeAll = (callers: number): Promise<TokenBucketState> =>
      this.#take(key, nowMs, bucket, Math.min(callers, most));
    const { result, place, callers } = await together.join(this.#operations.table, key.pk, takeAll);
    if (result.isAllowed && place < most)
      return { ...result, resetAtMs: result.resetAtMs - (Math.min(callers, most) - 1 - place) * bucket.refillMs };
    // Too many to be let in together: each for themselves.
    return callers === 1 ? result : this.#take(key, nowMs, bucket, 1);
  }

  async takeOfTenant(nowMs: number, bucket: TokenBucket): Promise<TokenBucketState> {
    const key = this.#keys.rate(TENANT);
    const part = Math.max(1, Math.floor(bucket.windowMs / bucket.refillMs / PARTS));
    const own = fromKept(key.pk, nowMs);
    if (own !== undefined) return own;
    const taken = await this.#take(key, nowMs, bucket, part);
    if (!taken.isAllowed) return fromKept(key.pk, nowMs) ?? (part === 1 ? taken : this.#take(key, nowMs, bucket, 1));
    // Another request of this process may have taken a part meanwhile.
    const left = (kept.get(key.pk)?.left ?? 0) + part - 1;
    kept.set(key.pk, { left, untilMs: nowMs + bucket.windowMs, resetAtMs: taken.resetAtMs });
    return taken;
  }

  async #take({ pk, sk }: Key, nowMs: number, bucket: TokenBucket, count: number): Promise<TokenBucketState> {
    const cost = count * bucket.refillMs;
    const [fill, draw] = [
      () => this.#fill({ pk, sk }, nowMs, bucket, cost),
      () => this.#draw({ pk, sk }, nowMs, bucket, cost),
    ];
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
      if (known.success && known.data.resetAtMs > nowMs + bucket.windowMs - cost)
        return { ...known.data, isAllowed: false };
    }
    throw new ContentionError(`requests cannot be counted: the row of ${pk} keeps being changed by others`);
  }

  /** Takes from a full bucket; `undefined` when it is not full. */
  async #fill(Key: Key, nowMs: number, { windowMs }: TokenBucket, cost: number): Promise<number | undefined> {
    const resetAtMs = nowMs + cost;
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
  async #draw(Key: Key, nowMs: number, { windowMs }: TokenBucket, cost: number): Promise<number | undefined> {
    const taken = await this.#operations.updateReturning({
      Key,
      UpdateExpression: "SET resetAtMs = resetAtMs + :each",
      ConditionExpression: "resetAtMs > :now AND resetAtMs <= :most",
      ExpressionAttributeValues: { ":each": cost, ":now": nowMs, ":most": nowMs + windowMs - cost },
    });
    return taken === undefined ? undefined : rowSchema.parse(taken).resetAtMs;
  }
}
