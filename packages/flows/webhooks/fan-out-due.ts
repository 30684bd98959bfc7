import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import type { Webhook, WebhookDelivery } from "@regulars/core/webhooks/webhook";
import type { DueEvent, WebhookStore } from "@regulars/core/webhooks/webhook-store";

/** Creates the deliveries of new events, `most` of them and `page` at once; returns those that it created. */
export async function fanOutDue(
  webhooks: Pick<WebhookStore, "dueEvents" | "list" | "fanOut">,
  { page, most }: { readonly page: number; readonly most: number },
): Promise<{ readonly created: WebhookDelivery[]; readonly isMore: boolean }> {
  const created: WebhookDelivery[] = [];
  for (let done = 0; done < most; done += page) {
    const events = await webhooks.dueEvents(page);
    if (events.length === 0) return { created, isMore: false };
    const active = (await webhooks.list()).filter(({ isActive }) => isActive);
    const made = await Promise.all(
      events.map(async (event) => {
        const deliveries = notificationsOf(event, active);
        return (await webhooks.fanOut(event, deliveries)) ? deliveries : undefined;
      }),
    );
    created.push(...made.flatMap((deliveries) => deliveries ?? []));
    // Others have taken them all, or the index shows them still: the next run goes on.
    if (made.every((deliveries) => deliveries === undefined)) return { created, isMore: true };
  }
  return { created, isMore: true };
}

/** One delivery for each event and each webhook that wants it; its id is the same for all attempts. */
function notificationsOf({ event }: DueEvent, subscribers: readonly Webhook[]): WebhookDelivery[] {
  return event.eventTypes.flatMap((type) =>
    subscribers
      .filter(({ events }) => events.includes(type))
      .map(({ webhookId }) => deliveryOf(event, type, webhookId)),
  );
}

/** The delivery of an event, as one of its types, before the first attempt. */
export const deliveryOf = (event: PublishedEvent, type: string, webhookId: string): WebhookDelivery => ({
  deliveryId: `evt_${event.eventId}_${type.slice(type.indexOf(".") + 1)}`,
  webhookId,
  type,
  event: payloadOf(event, type),
  correlationId: event.requestId,
  isBulk: event.isBulk,
  state: "waiting",
  attempts: 0,
  tries: [],
  createdAt: event.at,
  dueAt: event.at,
});

const payloadOf = ({ at, actorId, current, previous }: PublishedEvent, type: string): Record<string, unknown> => ({
  type,
  timestamp: at,
  data: { current, previous: previous ?? null, actor: actorId },
});
