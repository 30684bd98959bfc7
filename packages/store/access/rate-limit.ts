import type { RateLimitStore, TokenBucketState, TokenBucket } from "@regulars/core/access/rate-limit";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { LRUCache } from "lru-cache";
import type { Key } from "../engine/key.ts";
import { OneTurn } from "../engine/one-turn.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { KnownRates, type KnownRate } from "./known-rates.ts";
import { RateRow } from "./rate-row.ts";

const MAX_ROUNDS = 5;

/** How long a process takes nothing ahead of a bucket that others use too: each of them could waste what it holds. */
const SHARED_MS = 60_000;

/** Actors whose buckets this process remembers. */
const MOST_REMEMBERED = 10_000;

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

/** How many of those who came together are let in, and when the bucket is full again then. */
interface Together {
  readonly count: number;
  readonly resetAtMs: number;
}
const together = new OneTurn<Together>();

const knownRates = new KnownRates(MOST_REMEMBERED);

/**
 * One row per actor, and one of the tenant: the time when its token bucket is full again. Requests of an actor in one
 * turn of the event loop are counted together, and so are those that come while the row is being written. While more
 * than half of a bucket is left and nobody else is seen to use it, a process takes some tokens ahead: time that is only
 * its own, and is over when it is over. What follows at once costs no write then, and what is not used is given up.
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
    const known = knownRates.of(this.#operations.table);
    await known.untilIdle(key.pk);
    const takeAll = (callers: number): Promise<Together> =>
      known.oneByOne(key.pk, () => this.#takeMost(key, nowMs, bucket, callers));
    const name = `${key.pk} ${bucket.refillMs}`;
    const { result, place } = await together.join(this.#operations.table, name, takeAll);
    const { count, resetAtMs } = result;
    return place < count
      ? { isAllowed: true, resetAtMs: resetAtMs - (count - 1 - place) * bucket.refillMs }
      : { isAllowed: false, resetAtMs };
  }

  async takeOfTenant(nowMs: number, bucket: TokenBucket): Promise<TokenBucketState> {
    const key = this.#keys.rate(TENANT);
    const part = Math.max(1, Math.floor(bucket.windowMs / bucket.refillMs / PARTS));
    const exact = { ...bucket, aheadMs: 0 };
    const own = fromKept(key.pk, nowMs);
    if (own !== undefined) return own;
    const taken = await this.#take(key, nowMs, exact, part);
    if (!taken.isAllowed) return fromKept(key.pk, nowMs) ?? (part === 1 ? taken : this.#take(key, nowMs, exact, 1));
    // Another request of this process may have taken a part meanwhile.
    const left = (kept.get(key.pk)?.left ?? 0) + part - 1;
    kept.set(key.pk, { left, untilMs: nowMs + bucket.windowMs, resetAtMs: taken.resetAtMs });
    return taken;
  }

  /** As many as there are, up to `callers`. */
  async #takeMost(key: Key, nowMs: number, bucket: TokenBucket, callers: number): Promise<Together> {
    let count = Math.min(callers, Math.floor(bucket.windowMs / bucket.refillMs));
    for (;;) {
      const { isAllowed, resetAtMs } = await this.#take(key, nowMs, bucket, count);
      if (isAllowed) return { count, resetAtMs };
      count = Math.min(count - 1, Math.floor((nowMs + bucket.windowMs - resetAtMs) / bucket.refillMs));
      if (count <= 0) return { count: 0, resetAtMs };
    }
  }

  async #take(key: Key, nowMs: number, bucket: TokenBucket, count: number): Promise<TokenBucketState> {
    const rates = knownRates.of(this.#operations.table);
    const known = rates.get(key.pk);
    const cost = count * bucket.refillMs;
    const latestMs = nowMs + bucket.windowMs;
    const usedMs = Math.max(known.usedMs, nowMs) + cost;
    const row = new RateRow(this.#operations, key);
    const own = usedMs <= latestMs ? await ofOwn(row, known, usedMs, { nowMs, bucket }) : known;
    if (own.usedMs === usedMs) {
      rates.set(key.pk, own);
      return { isAllowed: true, resetAtMs: usedMs };
    }
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const taken = await ofRow(row, own, cost, { nowMs, bucket });
      if (taken !== undefined) {
        rates.set(key.pk, taken);
        return { isAllowed: true, resetAtMs: taken.usedMs };
      }
      const takenMs = await row.read();
      if (takenMs === undefined || takenMs <= latestMs - cost) continue;
      // What this process holds of it is not used.
      if (takenMs === known.takenMs) return { isAllowed: false, resetAtMs: known.usedMs };
      rates.set(key.pk, { usedMs: takenMs, takenMs, sharedUntilMs: nowMs + SHARED_MS });
      return { isAllowed: false, resetAtMs: takenMs };
    }
    throw new ContentionError(`requests cannot be counted: the row of ${key.pk} keeps being changed by others`);
  }
}

interface Asked {
  readonly nowMs: number;
  readonly bucket: TokenBucket;
}

/**
 * Uses what this process holds, up to `usedMs`; where it is not enough, it is made longer, if nobody has taken from the
 * bucket since. Otherwise what is known stays, but for those others.
 */
async function ofOwn(row: RateRow, known: KnownRate, usedMs: number, { nowMs, bucket }: Asked): Promise<KnownRate> {
  if (usedMs <= known.takenMs) return { ...known, usedMs };
  if (known.usedMs === known.takenMs || known.takenMs <= nowMs) return known;
  const takenMs = await row.replace(known.takenMs, usedMs + aheadOf(usedMs, { nowMs, bucket }, known));
  return takenMs === undefined ? { ...known, sharedUntilMs: nowMs + SHARED_MS } : { ...known, usedMs, takenMs };
}

/** Takes what the row has; `undefined` when that is too little, or others change it meanwhile. */
async function ofRow(row: RateRow, known: KnownRate, cost: number, asked: Asked): Promise<KnownRate | undefined> {
  const { nowMs, bucket } = asked;
  const latestMs = nowMs + bucket.windowMs;
  const usedMs = Math.max(known.takenMs, nowMs) + cost;
  const ahead = aheadOf(usedMs, asked, known);
  for (const { isDraw, aheadMs } of waysOf(known.takenMs > nowMs, ahead)) {
    const takenMs = await (isDraw
      ? row.draw(nowMs, aheadMs > 0 ? nowMs + bucket.windowMs / 2 : latestMs, cost + aheadMs)
      : row.fill(nowMs, bucket, cost + aheadMs));
    if (takenMs === undefined) continue;
    const sharedUntilMs = takenMs === usedMs + ahead ? known.sharedUntilMs : nowMs + SHARED_MS;
    return { usedMs: takenMs - aheadMs, takenMs, sharedUntilMs };
  }
  return undefined;
}

/** What is taken ahead of a bucket that is full again at `usedMs`: nothing when others use it, or half of it is used. */
const aheadOf = (usedMs: number, { nowMs, bucket }: Asked, { sharedUntilMs }: KnownRate): number =>
  sharedUntilMs <= nowMs && usedMs + bucket.aheadMs <= nowMs + bucket.windowMs / 2 ? bucket.aheadMs : 0;

interface Way {
  readonly isDraw: boolean;
  readonly aheadMs: number;
}

/** The writes that are tried one after the other: first the one that fits what is known, as each costs a call. */
function waysOf(isInUse: boolean, aheadMs: number): readonly Way[] {
  const exactly = { isDraw: true, aheadMs: 0 };
  if (!isInUse) return [{ isDraw: false, aheadMs }, exactly];
  return [...(aheadMs > 0 ? [{ isDraw: true, aheadMs }] : []), exactly, { isDraw: false, aheadMs: 0 }];
}
