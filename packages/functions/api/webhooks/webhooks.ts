import { ContentionError } from "@regulars/core/platform/contention-error";
import { changeWebhook, unknownWebhook } from "@regulars/flows/webhooks/change-webhook";
import { createRoute } from "@hono/zod-openapi";
import { MOST_WEBHOOKS, type Webhook } from "@regulars/core/webhooks/webhook";
import { rotated, switched, tooManyWebhooks } from "@regulars/core/webhooks/webhook-changes";
import { toInstant } from "@regulars/core/platform/values";
import type { Context } from "hono";
import * as z from "zod";
import { checkWebhookUrl } from "../../webhook-sender.ts";
import { eventTypeField, eventTypes, webhookBody } from "./event-types.ts";
import { demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { salesContext } from "../sales-plans/context.ts";
import { companionFor } from "../access/idempotency.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";
import { stampOf } from "../http/stamp.ts";
import { webhookOf } from "./webhook-of.ts";
import { newWebhookSecret } from "./webhook-secret.ts";

const manage = demand("webhooks.manage");
const param = z.object({ webhookId: lookup("wh_1") });
const exampleFields = { url: "https://example.com/deals", events: ["deal.closed", "deal.cancelled"] };

export const webhookAnswerSchema = z
  .object({
    webhookId: z.string(),
    url: z.string(),
    events: z.array(eventTypeField),
    isActive: z.boolean(),
    failingSince: z.string().nullable().meta({ description: "Since when all attempts have failed" }),
    pausedUntil: z.string().nullable().meta({ description: "Until when nothing is sent, because it keeps failing" }),
    disabledReason: z
      .string()
      .nullable()
      .meta({ description: "Why it was disabled automatically; the admins were informed by e-mail" }),
    disabledAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: "Webhook", description: "An address that is informed of events, signed by Standard Webhooks" });

const withSecret = webhookAnswerSchema
  .extend({
    secret: z
      .string()
      .nullable()
      .meta({ description: "Signs the deliveries. Returned only once; a repeated request gets null" }),
  })
  .meta({ id: "WebhookWithSecret" });

const list = createRoute({
  method: "get",
  path: "/webhooks",
  tags: ["Webhooks"],
  summary: "The webhooks",
  middleware: [manage],
  responses: { 200: json(z.object({ data: z.array(webhookAnswerSchema) }), "Webhooks"), ...problems() },
});

const create = createRoute({
  method: "post",
  path: "/webhooks",
  tags: ["Webhooks"],
  summary: "Create a webhook; private addresses are refused",
  middleware: [manage],
  request: { headers: idempotencyHeader, body: body(webhookBody, exampleFields) },
  responses: { 201: json(withSecret, "The webhook with its secret"), ...problems("write") },
});

const change = createRoute({
  method: "patch",
  path: "/webhooks/{webhookId}",
  tags: ["Webhooks"],
  summary: "Change a webhook's address or events, pause or resume it",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: param,
    body: body(webhookBody.partial().extend({ isActive: z.boolean().optional() }), { isActive: true }),
  },
  responses: { 200: json(webhookAnswerSchema, "The changed webhook"), ...problems("write", 404) },
});

const rotate = createRoute({
  method: "post",
  path: "/webhooks/{webhookId}/~rotate",
  tags: ["Webhooks"],
  summary: "Rotate the secret; for a day, deliveries are signed with the old one too",
  middleware: [manage],
  request: { headers: idempotencyHeader, params: param },
  responses: { 200: json(withSecret, "The webhook with its new secret"), ...problems("write", 404) },
});

const remove = createRoute({
  method: "delete",
  path: "/webhooks/{webhookId}",
  tags: ["Webhooks"],
  summary: "Delete a webhook",
  middleware: [manage],
  request: { headers: idempotencyHeader, params: param },
  responses: { 200: json(webhookAnswerSchema, "The deleted webhook"), ...problems("write", 404) },
});

const webhookJson = (webhook: Webhook): z.output<typeof webhookAnswerSchema> => ({
  webhookId: webhook.webhookId,
  url: webhook.url,
  events: webhook.events,
  isActive: webhook.isActive,
  failingSince: webhook.failingSince ?? null,
  pausedUntil: webhook.pausedUntil ?? null,
  disabledReason: webhook.disabledReason ?? null,
  disabledAt: webhook.disabledAt ?? null,
  createdAt: webhook.createdAt,
});

function checkedUrl(c: Context<ApiEnv>, text: string): string {
  const url = checkWebhookUrl(text, c.var.runtime.allowsLoopbackWebhooks);
  if (url.ok) return url.value.href;
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: `the url ${url.message}`,
    errors: [{ path: "url", code: url.reason, message: url.message }],
  });
}

/** Changes the webhook in the path; the answer is stored with the change, without a secret. */
async function changed(
  c: Context<ApiEnv>,
  changeOf: (webhook: Webhook) => Webhook,
  jsonOf: (webhook: Webhook) => object,
): Promise<Webhook> {
  const webhookId = c.req.param("webhookId") ?? "";
  const companionOf = (webhook: Webhook) => companionFor(c, 200, jsonOf(webhook));
  return valueOf(
    await changeWebhook({ webhooks: c.var.store.webhooks, webhookId, changeOf, stamp: stampOf(c), companionOf }),
  );
}

/** The answer that is stored for repetition: the secret is shown only once, and stored nowhere but in the webhook. */
const withoutSecret = (webhook: Webhook) => ({ ...webhookJson(webhook), secret: null });

export const webhookRoutes = newRouter()
  .openapi(list, async (c) => c.json({ data: (await c.var.store.webhooks.list()).map(webhookJson) }, 200))
  .openapi(create, async (c) => {
    const { webhooks } = c.var.store;
    const { url, events = eventTypes } = c.req.valid("json");
    if ((await webhooks.list()).length >= MOST_WEBHOOKS) throw refused(tooManyWebhooks());
    const { effects } = salesContext(c);
    const webhook: Webhook = {
      webhookId: `wh_${effects.newId()}`,
      url: checkedUrl(c, url),
      events: [...new Set(events)],
      secret: newWebhookSecret(),
      isActive: true,
      createdAt: toInstant(effects.clock()),
      version: 1,
    };
    if (!(await webhooks.create(webhook, companionFor(c, 201, withoutSecret(webhook)), stampOf(c))))
      throw new ContentionError("this webhook was created by another request with the same key");
    return c.json({ ...webhookJson(webhook), secret: webhook.secret }, 201);
  })
  .openapi(change, async (c) => {
    const { url, events, isActive } = c.req.valid("json");
    await webhookOf(c);
    const newUrl = url === undefined ? undefined : checkedUrl(c, url);
    const changeOf = (webhook: Webhook): Webhook => {
      const subscribed = events === undefined ? webhook.events : [...new Set(events)];
      const next = { ...webhook, url: newUrl ?? webhook.url, events: subscribed };
      return isActive === undefined ? next : switched(next, isActive);
    };
    const saved = await changed(c, changeOf, webhookJson);
    return c.json(webhookJson(saved), 200);
  })
  .openapi(rotate, async (c) => {
    const [secret, nowMs] = [newWebhookSecret(), c.var.runtime.clock()];
    const changeOf = (webhook: Webhook) => rotated(webhook, secret, nowMs);
    const saved = await changed(c, changeOf, withoutSecret);
    return c.json({ ...webhookJson(saved), secret: saved.secret }, 200);
  })
  .openapi(remove, async (c) => {
    const webhook = await webhookOf(c);
    const answer = companionFor(c, 200, webhookJson(webhook));
    if (!(await c.var.store.webhooks.remove(webhook.webhookId, answer, { before: webhook, stamp: stampOf(c) })))
      throw refused(unknownWebhook());
    return c.json(webhookJson(webhook), 200);
  });
