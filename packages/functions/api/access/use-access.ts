import type { Hono } from "hono";
import { except } from "hono/combine";
import type { ApiSettings, Runtime } from "../../runtime.ts";
import type { ApiEnv } from "../http/environment.ts";
import { limitRate } from "../http/rate-limit.ts";
import { sendingAfter } from "../http/send-after.ts";
import { authenticate } from "./authenticate.ts";
import { insistOnDecision } from "./decide.ts";
import { idempotent } from "./idempotency.ts";
import { tokenVerifier } from "./token.ts";

/** Puts before the routes of an app under /v1 what is done with each request to a feature. */
export type UseAccess = (app: Hono<ApiEnv>) => void;

/** The same for several apps: they share what is known of the issuer. */
export function accessOf(runtime: Runtime, api: ApiSettings): UseAccess {
  const verify = tokenVerifier(api, runtime.clock);
  return (app) => {
    app.use("/v1/*", authenticate(runtime, api, verify));
    app.use("/v1/*", limitRate(api.rateLimit, runtime.clock));
    // An inbound webhook stores its idempotency key with its deal, in one transaction.
    app.use("/v1/*", except("/v1/hooks/*", idempotent(runtime)));
    app.use("/v1/*", insistOnDecision);
    app.use("/v1/*", sendingAfter);
  };
}
