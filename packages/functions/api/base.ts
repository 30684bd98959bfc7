import { OpenAPIHono, createRoute } from "@hono/zod-openapi";
import { ContentionError, CrowdedError } from "@regulars/core/platform/contention-error";
import { actorId } from "@regulars/core/access/actor";
import { cutText } from "@regulars/core/platform/cut-text";
import type { HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { SLACK_CALLS } from "../slack/slack-calls.ts";
import { correlated } from "../correlation.ts";
import { databaseOutage } from "../outage.ts";
import type { Runtime } from "../runtime.ts";
import type { ApiEnv } from "./http/environment.ts";
import { openMethods } from "./http/open-methods.ts";
import { Problem, problemResponse } from "./http/problem.ts";
import { bodyHint, isLeadForm } from "./leads/form-body.ts";
import { json, openProblems } from "./http/schemas.ts";
import { routedPath } from "./http/verb-path.ts";
import * as z from "zod";

const MAX_BODY_BYTES = 1024 * 1024;
/** Most bytes of a lead. A batch of a hundred leads may be as large as any body. */
const MAX_INBOUND_BYTES = 64 * 1024;

const health = createRoute({
  method: "get",
  path: "/v1/health",
  tags: ["Access"],
  summary: "Health check; needs no credentials",
  security: [],
  responses: {
    200: json(z.object({ status: z.literal("ok") }), "The API and its database are available"),
    ...openProblems(503),
  },
});

/** The HTTP API without its features. Every error is a problem document (RFC 9457) with the request's id. */
export function createBase(runtime: Runtime) {
  const app = new OpenAPIHono<ApiEnv>({ getPath: routedPath });
  app.use(identify(runtime), jsonOnly, limitBody);
  app.use(
    "/v1/hooks/*",
    except(({ req }) => req.path.endsWith("/~batch"), limitInboundBody),
  );
  app.onError((error, c) => problemResponse(problemOf(error, runtime, c.var.requestId), c.var.requestId));
  let methodsAt: ReturnType<typeof openMethods> | undefined;
  app.notFound((c) => {
    methodsAt ??= openMethods(app.routes);
    return problemResponse(nothingAt(c.req, methodsAt(routedPath(c.req.raw))), c.var.requestId);
  });
  return app.openapi(health, async (c) => {
    if (await runtime.isDatabaseUp()) return c.json({ status: "ok" as const }, 200);
    throw tryAgain("the database does not answer: try again in a moment");
  });
}

/** Gives the request its id, and logs one structured line when it is answered. */
function identify(runtime: Runtime): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    c.set("runtime", runtime);
    c.set("afterwards", []);
    c.set("requestId", `req_${crypto.randomUUID()}`);
    await correlated(c.var.requestId, next);
    c.res.headers.set("x-request-id", c.var.requestId);
    runtime.log.info("request", {
      requestId: c.var.requestId,
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: Math.round(performance.now() - startedAt),
      // Undefined for requests that were not authenticated.
      tenantId: c.get("tenant")?.tenantId,
      edition: c.get("tenant")?.edition,
      actor: c.get("actor") === undefined ? undefined : actorId(c.var.actor),
    });
  };
}

/** Mail programs and forms send what they do to the pages of links; nothing of it is read. */
const isOfLink = (path: string): boolean => path.startsWith("/links/");

/** Refuses bodies that are not JSON, before reading them; a lead may be a form. */
const jsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type");
  const hasBody = !["GET", "HEAD"].includes(c.req.method) && c.req.raw.body !== null;
  const isTaken =
    /^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? "") ||
    isLeadForm(c.req.path, type) ||
    isOfLink(c.req.path) ||
    c.req.path.startsWith(SLACK_CALLS);
  if (hasBody && !isTaken)
    throw new Problem({ status: 415, code: "not-json", detail: `the body must be JSON: ${bodyHint(c.req.path)}` });
  await next();
};

const limitTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem({ status: 413, code: "body-too-large", detail: `a body has at most ${maxSize} bytes` });
    },
  });

const limitBody = limitTo(MAX_BODY_BYTES);
const limitInboundBody = limitTo(MAX_INBOUND_BYTES);

/** The problem for a request that no route matches; names the methods of its address, if any. */
function nothingAt({ method, path }: Pick<HonoRequest, "method" | "path">, methods: readonly string[]): Problem {
  const what = `${method} ${cutText(path, 200)}`;
  if (methods.length === 0)
    return new Problem({ status: 404, code: "unknown-address", detail: `there is no ${what}: see /docs` });
  const allow = methods.join(", ");
  const detail = `there is no ${what}, only ${allow}: see /docs`;
  return new Problem({ status: 405, code: "unknown-method", detail, headers: { allow } });
}

function problemOf(error: Error, runtime: Runtime, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Problem({ status: error.status, code: "unusable-request", detail: error.message });
  runtime.log.error("request failed", { requestId, reason: error.stack ?? error.message });
  if (error instanceof CrowdedError) return tryAgain(error.message, error.retryAfterSeconds);
  if (error instanceof ContentionError)
    return tryAgain("the same records are being written by many requests at once: send the request again in a moment");
  const outage = databaseOutage(error);
  if (outage !== undefined) return tryAgain(`${outage}: try again in a moment`);
  return new Problem({
    status: 500,
    code: "internal-error",
    detail: "the request failed; the log has its error under the request's id",
  });
}

const tryAgain = (detail: string, seconds = 1): Problem =>
  new Problem({ status: 503, code: "try-again", detail, headers: { "retry-after": String(seconds) } });
