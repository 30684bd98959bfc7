/** How requests are rationed: one comes back every so many milliseconds, and all of them in so many. */
export interface TokenBucket {
  readonly refillMs: number;
  readonly windowMs: number;
}

/** Whether there was one to take, and when all of them are there again. */
export interface TokenBucketState {
  readonly isAllowed: boolean;
  readonly resetAtMs: number;
}

/** Requests that an actor has left. */
export interface RateLimitStore {
  readonly take: (actorId: string, nowMs: number, use: TokenBucket) => Promise<TokenBucketState>;
}
