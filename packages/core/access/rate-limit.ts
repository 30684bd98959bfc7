/** At most `requests` at once, and as many in `windowSeconds`. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** A rate limit: one request is refilled every `refillMs`; an empty bucket is full after `windowMs`. */
export interface TokenBucket {
  readonly refillMs: number;
  readonly windowMs: number;
}

/** The bucket of a limit, refilled by one after the other. */
export function bucketOf({ requests, windowSeconds }: RateLimit): TokenBucket {
  const refillMs = Math.max(1, Math.floor((windowSeconds * 1000) / requests));
  return { refillMs, windowMs: refillMs * requests };
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
