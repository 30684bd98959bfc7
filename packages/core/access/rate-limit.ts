import type { Tenant } from "../tenants/tenant.ts";

/** At most `requests` at once, and as many in `windowSeconds`. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/**
 * What the callers of a tenant may ask for together, of each edition: 40, 100 and 200 requests a second, so that no
 * tenant takes more than a fifth of a stage's thousand.
 */
const ofEdition: Readonly<Record<Tenant["edition"], RateLimit>> = {
  basic: { requests: 200, windowSeconds: 5 },
  pro: { requests: 500, windowSeconds: 5 },
  enterprise: { requests: 1_000, windowSeconds: 5 },
};

/** The limit of a tenant, never less than that of one of its callers. */
export function tenantLimit({ edition }: Pick<Tenant, "edition">, ofCaller: RateLimit): RateLimit {
  const own = ofEdition[edition];
  return own.requests / own.windowSeconds < ofCaller.requests / ofCaller.windowSeconds ? ofCaller : own;
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
