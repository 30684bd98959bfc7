import { rowAs } from "@regulars/core/platform/unreadable-row";
import { writesOf } from "../engine/companion-writes.ts";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import {
  type Webhook,
  type WebhookDelivery,
  loggedWebhook,
  webhookDeliverySchema,
  webhookSchema,
} from "@regulars/core/webhooks/webhook";
import type { DueEvent, WebhookStore } from "@regulars/core/webhooks/webhook-store";
import * as z from "zod";
import { logRow } from "../notifications/notification-log.ts";
import { type Expiry, notificationItem } from "../notifications/notification-item.ts";
import type { Keys } from "../keys.ts";
import { changeWrites } from "../tenants/change-log.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";

const eventSchema = z.custom<PublishedEvent>(
  (value) => typeof value === "object" && value !== null && "eventTypes" in value,
);
const dueEventSchema = z.object({ event: eventSchema, pk: z.string(), sk: z.string() });

const KEPT_SECONDS = 30 * 86_400;

/** The entry of the log for a webhook that was changed, or removed where there is none after. */
function logWrites(
  keys: Keys,
  logged: Parameters<WebhookStore["remove"]>[2],
  after: Webhook | undefined = undefined,
): TransactWrite[] {
  if (logged === undefined) return [];
  const { before, stamp } = logged;
  const [was, is] = [loggedWebhook(before), after === undefined ? {} : loggedWebhook(after)];
  return changeWrites(keys, was, is, { log: "webhooks", of: before.webhookId, stamp });
}

/** Webhooks, the events that have no deliveries yet, and the deliveries. */
export function openWebhooks(operations: Operations, keys: Keys, expiryOf: Expiry): WebhookStore {
  return {
    list: async () => {
      const webhooks: Webhook[] = [];
      for await (const item of operations.partition(keys.webhooks())) webhooks.push(rowAs(webhookSchema, item));
      return webhooks;
    },
    find: async (webhookId) => {
      const item = await operations.get(keys.webhook(webhookId));
      return item === undefined ? undefined : rowAs(webhookSchema, item);
    },
    create: (webhook, companion, stamp) =>
      operations.transact([
        { Put: { Item: { ...keys.webhook(webhook.webhookId), ...webhook }, ...mustBeNew } },
        ...changeWrites(keys, {}, loggedWebhook(webhook), { log: "webhooks", of: webhook.webhookId, stamp }),
        ...writesOf(companion),
      ]),
    save: (webhook, notices = [], companion = undefined, logged = undefined) =>
      operations.transact([
        {
          Put: {
            Item: { ...keys.webhook(webhook.webhookId), ...webhook },
            ConditionExpression: "version = :before",
            ExpressionAttributeValues: { ":before": webhook.version - 1 },
          },
        },
        ...notices.flatMap((notice) => [
          { Put: { Item: notificationItem(keys, expiryOf, notice), ...mustBeNew } },
          { Put: { Item: logRow(keys, expiryOf, notice) } },
        ]),
        ...logWrites(keys, logged, webhook),
        ...writesOf(companion),
      ]),
    remove: (webhookId, companion, logged) =>
      operations.transact([
        { Delete: { Key: keys.webhook(webhookId), ConditionExpression: "attribute_exists(pk)" } },
        ...logWrites(keys, logged),
        ...writesOf(companion),
      ]),
    dueEvents: (limit) => dueEvents(operations, keys, limit),
    fanOut: (event, deliveries) => operations.transact(fanOutWrites(keys, event, deliveries)),
    dueNotifications: (now, limit) => dueNotifications(operations, keys, limit, now),
    nextDueAt: async () => (await dueNotifications(operations, keys, 1))[0]?.dueAt,
    claim: ({ webhookId, deliveryId, dueAt, attempts }, until) =>
      operations.update({
        Key: keys.webhookDelivery(webhookId, deliveryId),
        UpdateExpression: "SET dueAt = :until, g2s = :until",
        // The index may show a delivery as it was before it was sent.
        ConditionExpression: "dueAt = :seen AND attempts = :attempts AND #state = :waiting",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":until": until, ":seen": dueAt, ":attempts": attempts, ":waiting": "waiting" },
      }),
    finish: async (delivery, leaseUntil) =>
      void (await operations.put(
        deliveryItem(keys, delivery),
        leaseUntil === undefined
          ? {}
          : { ConditionExpression: "dueAt = :lease", ExpressionAttributeValues: { ":lease": leaseUntil } },
      )),
    replay: async (delivery, companion) => {
      const isSaved = await operations.transact([
        { Put: { Item: deliveryItem(keys, delivery) } },
        ...writesOf(companion),
      ]);
      if (!isSaved) throw new ContentionError(`delivery ${delivery.deliveryId} was replayed by another request`);
    },
    deliveries: (webhookId, limit) => notificationsOf(operations, keys, webhookId, limit),
    delivery: async (webhookId, deliveryId) => {
      const item = await operations.get(keys.webhookDelivery(webhookId, deliveryId));
      return item === undefined ? undefined : rowAs(webhookDeliverySchema, item);
    },
  };
}

/** A waiting delivery is also in GSI2 by due time; a finished one is in the log only. */
function deliveryItem(keys: Keys, delivery: WebhookDelivery) {
  const { webhookId, deliveryId, createdAt, dueAt, state } = delivery;
  return {
    ...keys.webhookDelivery(webhookId, deliveryId),
    ...delivery,
    g1p: keys.webhookLog(webhookId),
    g1s: `${createdAt}#${deliveryId}`,
    ...(state === "waiting" ? { g2p: keys.webhooksDue(), g2s: dueAt } : {}),
    expiresAt: Math.ceil(Date.parse(createdAt) / 1000) + KEPT_SECONDS,
  };
}

function fanOutWrites(
  keys: Keys,
  { event, storedAt }: DueEvent,
  deliveries: readonly WebhookDelivery[],
): TransactWrite[] {
  return [
    {
      Update: {
        Key: storedAt,
        UpdateExpression: "REMOVE g2p, g2s, #event",
        ExpressionAttributeNames: { "#event": "event" },
        ConditionExpression: "g2s = :place",
        ExpressionAttributeValues: { ":place": `${event.at}#${event.eventId}` },
      },
    },
    ...deliveries.map((delivery) => ({ Put: { Item: deliveryItem(keys, delivery), ...mustBeNew } })),
  ];
}

async function first(
  operations: Operations,
  limit: number,
  input: Parameters<Operations["query"]>[0],
): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of operations.query({ ...input, Limit: limit })) {
    items.push(item);
    if (items.length === limit) break;
  }
  return items;
}

async function dueEvents(operations: Operations, keys: Keys, limit: number): Promise<DueEvent[]> {
  const items = await first(operations, limit, {
    IndexName: "gsi2",
    KeyConditionExpression: "g2p = :due",
    ExpressionAttributeValues: { ":due": keys.publishedEvents() },
  });
  return items.map((item) => {
    const { event, pk, sk } = rowAs(dueEventSchema, item);
    return { event, storedAt: { pk, sk } };
  });
}

async function dueNotifications(
  operations: Operations,
  keys: Keys,
  limit: number,
  now?: string,
): Promise<WebhookDelivery[]> {
  const items = await first(operations, limit, {
    IndexName: "gsi2",
    KeyConditionExpression: now === undefined ? "g2p = :due" : "g2p = :due AND g2s <= :now",
    ExpressionAttributeValues: { ":due": keys.webhooksDue(), ...(now === undefined ? {} : { ":now": now }) },
  });
  return items.map((item) => rowAs(webhookDeliverySchema, item));
}

async function notificationsOf(
  operations: Operations,
  keys: Keys,
  webhookId: string,
  limit: number,
): Promise<WebhookDelivery[]> {
  const items = await first(operations, limit, {
    IndexName: "gsi1",
    KeyConditionExpression: "g1p = :log",
    ExpressionAttributeValues: { ":log": keys.webhookLog(webhookId) },
    ScanIndexForward: false,
  });
  return items.map((item) => rowAs(webhookDeliverySchema, item));
}
