/** At most `requests` at once, and as many in `windowSeconds`. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** A rate limit: one request is refilled every `refillMs`; an empty bucket is full after `windowMs`. */
export interface TokenBucket {
  readonly refillMs: number;
  readonly windowMs: number;
  /** How much of it a process may take ahead of the next requests. */
  readonly aheadMs: number;
}

/** A process takes at most so many requests ahead, and at most this share of the limit. */
const MOST_AHEAD = 10;
const SHARE_AHEAD = 0.1;

/** The bucket of a limit, refilled by one after the other. */
export function bucketOf({ requests, windowSeconds }: RateLimit): TokenBucket {
  const refillMs = Math.max(1, Math.floor((windowSeconds * 1000) / requests));
  const ahead = Math.min(MOST_AHEAD, Math.floor(requests * SHARE_AHEAD));
  return { refillMs, windowMs: refillMs * requests, aheadMs: refillMs * ahead };
}

/** Whether a request was available, and when the bucket is full again. */
export interface TokenBucketState {
  readonly isAllowed: boolean;
  readonly resetAtMs: number;
}

/** The remaining requests of each actor, and of all actors of the tenant together. */
export interface RateLimitStore {
  readonly take: (actorId: string, nowMs: number, use: TokenBucket) => Promise<TokenBucketState>;
  readonly takeOfTenant: (nowMs: number, use: TokenBucket) => Promise<TokenBucketState>;
}
