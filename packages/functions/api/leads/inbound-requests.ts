import { createRoute } from "@hono/zod-openapi";
import type { ApiKey } from "@regulars/core/access/api-key";
import { type InboundRequest, redacted } from "@regulars/core/leads/inbound-request";
import { cutText } from "@regulars/core/platform/cut-text";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { replayed } from "./inbound-log.ts";
import { senderScope } from "../sales-plans/context.ts";
import { refused } from "../http/problem.ts";
import { json, lookup, idempotencyHeader, problems, wholeQuery } from "../http/schemas.ts";

const inboundSchema = z
  .object({
    requestId: z.string(),
    at: z.string(),
    action: z.string(),
    planId: z.string(),
    status: z.int(),
    problem: z.string().nullable(),
    paths: z.array(z.string()),
    dealId: z.string().nullable(),
    isReplayOf: z.string().nullable(),
    body: z.unknown().meta({ description: "Without personal data" }),
  })
  .meta({ id: "InboundRequest" });

const listHooks = createRoute({
  method: "get",
  path: "/api-keys/{keyId}/inbound-requests",
  tags: ["Inbound webhooks"],
  summary: "Inbound requests of an API key, newest first",
  middleware: [demand("keys.manage")],
  request: {
    params: z.object({ keyId: lookup("k000000000001") }),
    query: z.object({ limit: wholeQuery(1, 200).default(50).meta({ example: 50 }) }),
  },
  responses: { 200: json(z.object({ data: z.array(inboundSchema) }), "Deliveries"), ...problems(404) },
});

const replay = createRoute({
  method: "post",
  path: "/api-keys/{keyId}/inbound-requests/{requestId}/~replay",
  tags: ["Inbound webhooks"],
  summary: "Replay an inbound request; one that had succeeded changes nothing",
  middleware: [demand("keys.manage")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ keyId: lookup("k000000000001"), requestId: lookup("req_example") }),
  },
  responses: {
    200: json(z.looseObject({ status: z.int() }), "The new answer"),
    ...problems("write", 404),
  },
});

const inboundJson = (request: InboundRequest): z.output<typeof inboundSchema> => ({
  requestId: request.requestId,
  at: request.at,
  action: request.action,
  planId: request.planId,
  status: request.status,
  problem: request.problem ?? null,
  paths: request.paths ?? [],
  dealId: request.dealId ?? null,
  isReplayOf: request.isReplayOf ?? null,
  body: redacted(request.body),
});

async function keyOf(c: Context<ApiEnv>): Promise<ApiKey> {
  const keyId = c.req.param("keyId") ?? "";
  const key = (await c.var.store.apiKeys.list()).find((one) => one.keyId === keyId);
  if (key === undefined) throw refused({ reason: "unknown-key", message: `there is no key ${cutText(keyId, 100)}` });
  return key;
}

/** The scope of a key's inbound requests, shared by all keys of its name. */
async function scopeOfKey(c: Context<ApiEnv>): Promise<string> {
  return senderScope({ type: "key", ...(await keyOf(c)) });
}

export const inboundRequestRoutes = newRouter()
  .openapi(listHooks, async (c) => {
    const inboundRequests = await c.var.store.sales.inboundRequests.list(
      await scopeOfKey(c),
      c.req.valid("query").limit,
    );
    return c.json({ data: inboundRequests.map(inboundJson) }, 200);
  })
  .openapi(replay, async (c) => {
    const request = await c.var.store.sales.inboundRequests.find(await scopeOfKey(c), c.req.valid("param").requestId);
    if (request === undefined) throw refused({ reason: "unknown-delivery", message: "there is no such delivery" });
    const answer = await replayed(c, request);
    return c.json({ status: answer.status, ...answer.body }, 200);
  });
