import { counted } from "@regulars/core/platform/counted";
import { actorId } from "@regulars/core/access/actor";
import type { MiddlewareHandler } from "hono";
import type { RateLimit } from "../../runtime.ts";
import type { ApiEnv } from "./environment.ts";
import { Problem } from "./problem.ts";

/**
 * Limits each actor by a token bucket: a hundred requests at once, refilled by twenty a second
 * (docs/reference/sales-plans.md 7). The headers are those of the IETF draft: Reset is when the bucket is full again.
 */
export function limitRate({ requests, windowSeconds }: RateLimit, clock: () => number): MiddlewareHandler<ApiEnv> {
  const refillMs = Math.max(1, Math.floor((windowSeconds * 1000) / requests));
  const windowMs = refillMs * requests;
  return async (c, next) => {
    const nowMs = clock();
    const { resetAtMs, isAllowed } = await c.var.store.rates.take(actorId(c.var.actor), nowMs, { refillMs, windowMs });
    const headers = {
      "ratelimit-limit": String(requests),
      "ratelimit-remaining": String(Math.max(0, Math.floor((nowMs + windowMs - resetAtMs) / refillMs))),
      "ratelimit-reset": secondsText(resetAtMs - nowMs),
    };
    if (!isAllowed) {
      const retryAfter = secondsText(resetAtMs + refillMs - windowMs - nowMs);
      throw new Problem({
        status: 429,
        code: "too-many-requests",
        detail: `more than ${counted(requests, "request")} at once, or in ${counted(windowSeconds, "second")}: try again in ${retryAfter} s`,
        headers: { ...headers, "retry-after": retryAfter },
      });
    }
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

const secondsText = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)));
