import { createRoute } from "@hono/zod-openapi";
import { refuse } from "@regulars/core/platform/result";
import { type WebhookDelivery, webhookStates } from "@regulars/core/webhooks/webhook";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { newRouter, nowOf } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { idempotencyHeader, json, lookup, problems, wholeQuery } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";
import { eventTypeField } from "./event-types.ts";
import { webhookOf } from "./webhook-of.ts";

const manage = demand("webhooks.manage");
const param = z.object({ webhookId: lookup("wh_1") });

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    type: eventTypeField,
    state: z.enum(webhookStates),
    attempts: z.int(),
    tries: z.array(z.object({ at: z.string(), status: z.int().nullable(), error: z.string().nullable() })),
    createdAt: z.string(),
    nextAttemptAt: z.string().nullable(),
    event: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "WebhookDelivery" });

const list = createRoute({
  method: "get",
  path: "/webhooks/{webhookId}/deliveries",
  tags: ["Webhooks"],
  summary: "A webhook's deliveries with their answers, newest first",
  middleware: [manage],
  request: {
    params: param,
    query: z.object({ limit: wholeQuery(1, 200).default(50).meta({ example: 50 }) }),
  },
  responses: { 200: json(z.object({ data: z.array(deliverySchema) }), "Deliveries"), ...problems(404) },
});

const replay = createRoute({
  method: "post",
  path: "/webhooks/{webhookId}/deliveries/{deliveryId}/~replay",
  tags: ["Webhooks"],
  summary: "Send a delivery again, under the same id",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: param.extend({ deliveryId: lookup("evt_deal_0000000000001_1_1_created") }),
  },
  responses: { 202: json(deliverySchema, "It is queued"), ...problems("write", 404) },
});

const deliveryJson = (delivery: WebhookDelivery): z.output<typeof deliverySchema> => ({
  deliveryId: delivery.deliveryId,
  type: delivery.type,
  state: delivery.state,
  attempts: delivery.attempts,
  tries: delivery.tries.map(({ at, status, error }) => ({ at, status: status ?? null, error: error ?? null })),
  createdAt: delivery.createdAt,
  nextAttemptAt: delivery.state === "waiting" ? delivery.dueAt : null,
  event: delivery.event,
});

export const webhookDeliveryRoutes = newRouter()
  .openapi(list, async (c) => {
    const { webhookId } = await webhookOf(c);
    const deliveries = await c.var.store.webhooks.deliveries(webhookId, c.req.valid("query").limit);
    return c.json({ data: deliveries.map(deliveryJson) }, 200);
  })
  .openapi(replay, async (c) => {
    const { webhookId } = await webhookOf(c);
    const { webhooks } = c.var.store;
    const delivery = await webhooks.delivery(webhookId, c.req.valid("param").deliveryId);
    if (delivery === undefined) throw refused(refuse("unknown-delivery", "there is no such delivery"));
    const dueAt = nowOf(c);
    const again: WebhookDelivery = { ...delivery, state: "waiting", attempts: 0, dueAt };
    sendAfter(c, "webhooks");
    await webhooks.replay(again, companionFor(c, 202, deliveryJson(again)));
    return c.json(deliveryJson(again), 202);
  });
