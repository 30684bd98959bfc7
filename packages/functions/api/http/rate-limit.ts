import { actorId } from "@regulars/core/access/actor";
import { type RateLimit, type TokenBucketState, bucketOf } from "@regulars/core/access/rate-limit";
import { counted } from "@regulars/core/platform/counted";
import { tenantLimit } from "@regulars/core/tenants/tenant-limit";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "./environment.ts";
import { Problem } from "./problem.ts";

/**
 * Limits each actor by a token bucket: a hundred requests at once, refilled by twenty a second
 * (docs/api.md, "Conventions"); and all actors of a tenant together by one of its edition. The headers are those of
 * the IETF draft: Reset is when the actor's bucket is full again.
 */
export function limitRate(ofActor: RateLimit, clock: () => number): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { store, tenant, actor } = c.var;
    const nowMs = clock();
    const taken = await store.rates.take(actorId(actor), nowMs, bucketOf(ofActor));
    const headers = headersOf(taken, nowMs, ofActor);
    if (!taken.isAllowed) throw refusal(taken, nowMs, ofActor, "");
    const ofTenant = tenantLimit(tenant, ofActor);
    const together = await store.rates.takeOfTenant(nowMs, bucketOf(ofTenant));
    if (!together.isAllowed) throw refusal(together, nowMs, ofTenant, "all callers of this tenant together: ");
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

function headersOf({ resetAtMs }: TokenBucketState, nowMs: number, limit: RateLimit) {
  const { refillMs, windowMs } = bucketOf(limit);
  return {
    "ratelimit-limit": String(limit.requests),
    "ratelimit-remaining": String(Math.max(0, Math.floor((nowMs + windowMs - resetAtMs) / refillMs))),
    "ratelimit-reset": secondsText(resetAtMs - nowMs),
  };
}

function refusal(taken: TokenBucketState, nowMs: number, limit: RateLimit, whose: string): Problem {
  const { refillMs, windowMs } = bucketOf(limit);
  const retryAfter = secondsText(taken.resetAtMs + refillMs - windowMs - nowMs);
  return new Problem({
    status: 429,
    code: "too-many-requests",
    detail: `${whose}more than ${counted(limit.requests, "request")} at once, or in ${counted(limit.windowSeconds, "second")}: try again in ${retryAfter} s`,
    headers: { ...headersOf(taken, nowMs, limit), "retry-after": retryAfter },
  });
}

const secondsText = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)));
