import { OpenAPIHono, createRoute } from "@hono/zod-openapi";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { actorId } from "@regulars/core/access/actor";
import type { HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import * as z from "zod";
import { SLACK_CALLS, slackEndpoints } from "../slack/endpoints.ts";
import { correlated } from "../correlation.ts";
import { databaseOutage } from "./http/outage.ts";
import type { ApiSettings, Runtime } from "../runtime.ts";
import { insistOnDecision } from "./access/decide.ts";
import { authenticate } from "./access/authenticate.ts";
import { docsPage } from "./http/docs-page.ts";
import { openApiDocument } from "./http/openapi-document.ts";
import type { ApiEnv } from "./http/environment.ts";
import { idempotent } from "./access/idempotency.ts";
import { openMethods } from "./http/open-methods.ts";
import { Problem, problemResponse } from "./http/problem.ts";
import { limitRate } from "./http/rate-limit.ts";
import { backtestRoutes } from "./backtests/backtests.ts";
import { customerRoutes } from "./customers/customers.ts";
import { codeRedRoutes } from "./code-red/code-red.ts";
import { linkSuggestionRoutes } from "./code-red/link-suggestions.ts";
import { linkRoutes } from "./code-red/links.ts";
import { healthRoutes } from "./relationships/health.ts";
import { findingRoutes } from "./insights/findings.ts";
import { deleteRecordRoutes } from "./imports/delete-records.ts";
import { ingestRoutes } from "./imports/ingest.ts";
import { invoiceRoutes } from "./invoices/invoices.ts";
import { paymentRoutes } from "./invoices/payments.ts";
import { boardRoutes } from "./boards/boards.ts";
import { dealBatchRoutes } from "./deals/batches.ts";
import { dealChangeRoutes } from "./deals/changes.ts";
import { dealOperationRoutes } from "./bulk-operations/deal-operations.ts";
import { audienceOperationRoutes } from "./bulk-operations/audience-operations.ts";
import { memberRoutes } from "./bulk-operations/remove-member.ts";
import { refusalReasonRoutes } from "./sales-plans/refusal-reasons.ts";
import { refusalReportRoutes } from "./refusals/refusal-reports.ts";
import { dealRoutes } from "./deals/deals.ts";
import { bodyHint, isLeadForm } from "./leads/form-body.ts";
import { inboundRequestRoutes } from "./leads/inbound-requests.ts";
import { inboundRoutes } from "./leads/inbound.ts";
import { statusRoutes } from "./sales-plans/statuses.ts";
import { contactRoutes } from "./contacts/contacts.ts";
import { salesPlanRoutes } from "./sales-plans/sales-plans.ts";
import { preferenceRoutes } from "./notifications/preferences.ts";
import { nightlyRoutes } from "./nightly/nightly.ts";
import { apiKeyRoutes } from "./access/api-keys.ts";
import { orderRoutes } from "./orders/orders.ts";
import { forYouRoutes } from "./insights/for-you.ts";
import { reviewRoutes } from "./insights/reviews.ts";
import { ourChannelIn, slackRoutes } from "./slack/slack.ts";
import { tenantRoutes } from "./tenants/tenant.ts";
import { criteriaRoutes } from "./monitors/criteria.ts";
import { followUpRoutes } from "./monitors/follow-ups.ts";
import { selectionActionRoutes } from "./monitors/selection-actions.ts";
import { selectionRoutes } from "./monitors/selections.ts";
import { customerStatusRoutes } from "./monitors/customer-statuses.ts";
import { monitorRoutes } from "./monitors/monitors.ts";
import { somebodyHealthRoutes } from "./who-knows/somebody-health.ts";
import { introductionRoutes } from "./who-knows/introductions.ts";
import { optOutRoutes } from "./who-knows/opt-outs.ts";
import { whoKnowsRoutes } from "./who-knows/who-knows.ts";
import { suppressionRoutes } from "./notifications/suppressions.ts";
import { deliveryRoutes } from "./notifications/deliveries.ts";
import { templateRoutes } from "./notifications/templates.ts";
import { preferencesLinkRoutes } from "./notifications/preferences-link.ts";
import { unsubscribeRoutes } from "./notifications/unsubscribe.ts";
import { webhookRoutes } from "./webhooks/webhooks.ts";
import { userRoutes } from "./access/users.ts";
import { json, openProblems } from "./http/schemas.ts";
import { routedPath } from "./http/verb-path.ts";
import { tokenVerifier } from "./access/token.ts";

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

/** The HTTP API. Every error is a problem document (RFC 9457) with the request's id. */
export function createApi(runtime: Runtime, api: ApiSettings) {
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

  const open = app.openapi(health, async (c) => {
    if (await runtime.isDatabaseUp()) return c.json({ status: "ok" as const }, 200);
    throw tryAgain("the database does not answer: try again in a moment");
  });
  // The document is the same for every caller, so it is made once.
  let document: ReturnType<typeof openApiDocument> | undefined;
  const described = () => (document ??= openApiDocument(app));
  app.get("/v1/openapi.json", (c) => c.json(described()));
  app.route("/links", unsubscribeRoutes(runtime));
  app.route("/links", preferencesLinkRoutes(runtime));
  app.get("/docs", (c) => c.html(docsPage(described())));

  app.route("/", slackEndpoints(runtime));

  app.use("/v1/*", authenticate(runtime, api, tokenVerifier(api, runtime.clock)));
  app.use("/v1/*", limitRate(api.rateLimit, runtime.clock));
  // An inbound webhook stores its idempotency key with its deal, in one transaction.
  app.use("/v1/*", except("/v1/hooks/*", idempotent(runtime)));
  app.use("/v1/*", insistOnDecision);
  app.use("/v1/*", nudgeWebhooks(runtime));
  return open
    .route("/v1", tenantRoutes)
    .route("/v1", slackRoutes)
    .route("/v1", templateRoutes)
    .route("/v1", deliveryRoutes)
    .route("/v1", userRoutes)
    .route("/v1", apiKeyRoutes)
    .route("/v1", findingRoutes)
    .route("/v1", reviewRoutes)
    .route("/v1", forYouRoutes)
    .route("/v1", codeRedRoutes)
    .route("/v1", linkRoutes)
    .route("/v1", linkSuggestionRoutes)
    .route("/v1", healthRoutes)
    .route("/v1", monitorRoutes)
    .route("/v1", customerStatusRoutes)
    .route("/v1", followUpRoutes)
    .route("/v1", criteriaRoutes)
    .route("/v1", whoKnowsRoutes)
    .route("/v1", somebodyHealthRoutes)
    .route("/v1", selectionRoutes)
    .route("/v1", selectionActionRoutes)
    .route("/v1", introductionRoutes)
    .route("/v1", optOutRoutes)
    .route("/v1", backtestRoutes)
    .route("/v1", customerRoutes)
    .route("/v1", orderRoutes)
    .route("/v1", invoiceRoutes)
    .route("/v1", paymentRoutes)
    .route("/v1", ingestRoutes)
    .route("/v1", deleteRecordRoutes)
    .route("/v1", salesPlanRoutes)
    .route("/v1", statusRoutes)
    .route("/v1", memberRoutes)
    .route("/v1", refusalReasonRoutes)
    .route("/v1", boardRoutes)
    .route("/v1", dealRoutes)
    .route("/v1", dealChangeRoutes)
    .route("/v1", dealOperationRoutes)
    .route("/v1", audienceOperationRoutes)
    .route("/v1", dealBatchRoutes)
    .route("/v1", refusalReportRoutes)
    .route("/v1", contactRoutes)
    .route("/v1", webhookRoutes)
    .route("/v1", inboundRoutes)
    .route("/v1", inboundRequestRoutes)
    .route("/v1", suppressionRoutes)
    .route("/v1", preferenceRoutes(ourChannelIn))
    .route("/v1", nightlyRoutes);
}

/** Gives the request its id, and logs one structured line when it is answered. */
function identify(runtime: Runtime): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    c.set("runtime", runtime);
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
      actor: c.get("actor") === undefined ? undefined : actorId(c.var.actor),
    });
  };
}

/** Has webhooks informed soon of what a request changed. */
function nudgeWebhooks(runtime: Runtime): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    if (c.var.store.events.hasNews) await runtime.queues.send("webhooks", { tenantId: c.var.tenant.tenantId });
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
  const what = `${method} ${path.slice(0, 200)}`;
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

const tryAgain = (detail: string): Problem =>
  new Problem({ status: 503, code: "try-again", detail, headers: { "retry-after": "1" } });
