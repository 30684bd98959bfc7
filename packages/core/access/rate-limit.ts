/** A rate limit: one request is refilled every `refillMs`; an empty bucket is full after `windowMs`. */
export interface TokenBucket {
  readonly refillMs: number;
  readonly windowMs: number;
}

/** Whether a request was available, and when the bucket is full again. */
export interface TokenBucketState {
  readonly isAllowed: boolean;
  readonly resetAtMs: number;
}

/** The remaining requests of each actor. */
export interface RateLimitStore {
  readonly take: (actorId: string, nowMs: number, use: TokenBucket) => Promise<TokenBucketState>;
}
