import type { Webhook, WebhookDelivery } from "@regulars/core/webhooks/webhook";
import type { Filled } from "../fields.ts";
import { at } from "./values.ts";

export const webhook: Filled<Webhook> = {
  webhookId: "wh_1",
  url: "https://example.com/deals",
  events: ["deal.closed"],
  secret: "whsec_a",
  oldSecret: "whsec_b",
  oldSecretUntil: at,
  isActive: true,
  failingSince: at,
  pausedUntil: at,
  disabledReason: "gone",
  disabledAt: at,
  createdAt: at,
  version: 1,
};

export const webhookDelivery: Filled<WebhookDelivery> = {
  deliveryId: "whd_1",
  webhookId: "wh_1",
  type: "deal.closed",
  event: { id: "e1" },
  correlationId: "req-1",
  isBulk: true,
  state: "waiting",
  attempts: 1,
  tries: [{ at, status: 500, error: "refused" }],
  createdAt: at,
  dueAt: at,
};
