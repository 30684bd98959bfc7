import type { MiddlewareHandler } from "hono";
import { Problem, problemResponse } from "@regulars/functions/api/http/problem";
import type { PageEnv } from "./viewer.ts";

const READS = new Set(["GET", "HEAD"]);

/**
 * Refuses every write that a page of ours has not sent. Browsers say so with `Sec-Fetch-Site`; older ones, and programs,
 * with an `Origin` that is this site's.
 */
export const sameOriginOnly =
  (publicOrigin: string): MiddlewareHandler<PageEnv> =>
  async (c, next) => {
    const [site, origin] = [c.req.header("sec-fetch-site"), c.req.header("origin")];
    const own = [new URL(c.req.url).origin, publicOrigin];
    const isOurs = site === "same-origin" || (site === undefined && origin !== undefined && own.includes(origin));
    if (READS.has(c.req.method) || isOurs) return next();
    const detail = "only this site's own pages may write here: open the page and send its form again";
    return problemResponse(new Problem({ status: 403, code: "other-site", detail }), c.var.requestId);
  };
