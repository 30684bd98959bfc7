import type { Context, MiddlewareHandler } from "hono";

/** The names of this machine. */
export const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const READS = new Set(["GET", "HEAD"]);

/**
 * Answers only requests whose Host is a loopback name, and refuses writes from other sites' pages. This prevents DNS
 * rebinding, with which another site could read tokens and e-mails through its visitor's browser.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK.has(new URL(c.req.url).hostname))
    return refusal(c, 421, "misdirected", "this machine answers to 127.0.0.1 and localhost only");
  if (!READS.has(c.req.method) && c.req.header("sec-fetch-site") === "cross-site")
    return refusal(c, 403, "other-site", "another site's page may not write here");
  return next();
};

const refusal = (c: Context, status: 421 | 403, type: string, detail: string): Response =>
  c.body(
    JSON.stringify({ type, title: "Not allowed", status, detail, errors: [], requestId: `req_${crypto.randomUUID()}` }),
    status,
    {
      "content-type": "application/problem+json",
    },
  );
