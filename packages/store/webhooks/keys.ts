import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const webhooksKeys = (inFamily: InFamily) => ({
  webhooks: (): string => inFamily("WEBHOOKS"),
  webhook: (webhookId: string): Key => ({ pk: inFamily("WEBHOOKS"), sk: webhookId }),
  webhookDeliveries: (webhookId: string): string => inFamily(`SENT#${webhookId}`),
  webhookDelivery: (webhookId: string, deliveryId: string): Key => ({
    pk: inFamily(`SENT#${webhookId}`),
    sk: deliveryId,
  }),
  /** GSI1: the deliveries of a webhook, by creation time. */
  webhookLog: (webhookId: string): string => inFamily(`SENTLOG#${webhookId}`),
  /** GSI2: items with an event that webhook deliveries have not been made for yet. */
  publishedEvents: (): string => inFamily("EVENTS"),
  /** An event that is not stored with a log entry of its feature. */
  publishedEvent: (eventId: string): Key => ({ pk: inFamily(`EVENT#${eventId}`), sk: "EVENT" }),
  /** GSI2: webhook deliveries by due time. */
  webhooksDue: (): string => inFamily("SENTDUE"),
});

export const webhooksFates = {
  WEBHOOKS: "kept",
  SENT: { kind: "webhook deliveries", fate: "gone" },
  EVENT: { kind: "events", fate: "gone" },
} as const satisfies FamilyFates;
