import { actorId } from "@regulars/core/actor";
import type { MiddlewareHandler } from "hono";
import type { RateLimit } from "../runtime.ts";
import type { ApiEnv } from "./environment.ts";
import { Problem } from "./problem.ts";

/** Counts each actor's requests in windows; the headers are those of the IETF draft (RateLimit-Limit, -Remaining, -Reset). */
export function limitRate({ requests, windowSeconds }: RateLimit, clock: () => number): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const seconds = clock() / 1000;
    const window = Math.floor(seconds / windowSeconds);
    const count = await c.var.store.rates.count(actorId(c.var.actor), window);
    const resetSeconds = String(Math.max(1, Math.ceil((window + 1) * windowSeconds - seconds)));
    const headers = {
      "ratelimit-limit": String(requests),
      "ratelimit-remaining": String(Math.max(0, requests - count)),
      "ratelimit-reset": resetSeconds,
    };
    if (count > requests)
      throw new Problem({
        status: 429,
        code: "too-many-requests",
        detail: `more than ${requests} requests in ${windowSeconds} seconds: go on in ${resetSeconds} s`,
        headers: { ...headers, "retry-after": resetSeconds },
      });
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}
