import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import { toInstant } from "@regulars/core/platform/values";
import type { Webhook } from "@regulars/core/webhooks/webhook";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const AT = toInstant(Date.parse("2026-11-23T08:00:00Z"));

/** An event of a type that the product does not have: a feature that comes later only names it. */
const gradeChanged: PublishedEvent = {
  type: "published",
  eventId: "health_acme_2026-11-22",
  eventTypes: ["health.gradeChanged"],
  at: AT,
  actorId: "schedule",
  requestId: "night-1",
  isBulk: false,
  previous: { customerId: "acme", grade: "A" },
  current: { customerId: "acme", grade: "C" },
};

const aWebhook = (parts: Partial<Webhook> = {}): Webhook => ({
  webhookId: "wh_1",
  url: "https://example.com/events",
  events: ["health.gradeChanged"],
  secret: "whsec_a",
  isActive: true,
  createdAt: AT,
  version: 1,
  ...parts,
});

async function aSubscribedTenant(...webhooks: readonly Webhook[]) {
  const { store } = aTenantStore();
  for (const webhook of webhooks) await store.webhooks.create(webhook);
  const sent: { url: string; id: string; body: unknown }[] = [];
  const deliver = async () => {
    await indexesCaughtUp();
    return deliverWebhooks({
      webhooks: store.webhooks,
      send: async ({ url, id, body }) => {
        sent.push({ url, id, body: JSON.parse(body) });
        return { status: 200 };
      },
      clock: () => Date.parse(AT),
      elapsed: () => 0,
      patienceMs: 60_000,
      random: () => 0.5,
      noticesOf: async () => [],
    });
  };
  return { store, sent, deliver };
}

describe("an event of any feature", () => {
  it("is delivered once to the webhooks that subscribe to its type, however often it is published", async () => {
    const other = aWebhook({ webhookId: "wh_2", url: "https://example.com/deals", events: ["deal.closed"] });
    const { store, sent, deliver } = await aSubscribedTenant(aWebhook(), other);
    expect(await store.events.publish(gradeChanged)).toBe(true);
    expect(store.events.hasNews).toBe(true);
    expect(await store.events.publish(gradeChanged)).toBe(false);
    await deliver();
    expect(await store.events.publish(gradeChanged)).toBe(false);
    await deliver();
    expect(sent).toEqual([
      {
        url: "https://example.com/events",
        id: "evt_health_acme_2026-11-22_gradeChanged",
        body: {
          type: "health.gradeChanged",
          timestamp: AT,
          data: {
            current: { customerId: "acme", grade: "C" },
            previous: { customerId: "acme", grade: "A" },
            actor: "schedule",
          },
          meta: {
            id: "evt_health_acme_2026-11-22_gradeChanged",
            correlation_id: "night-1",
            attempt: 1,
            is_bulk_edit: false,
          },
        },
      },
    ]);
    expect(await store.webhooks.dueEvents(10)).toEqual([]);
  });

  it("is one delivery for each of its types", async () => {
    const both = ["status.left", "status.entered"];
    const { store, sent, deliver } = await aSubscribedTenant(aWebhook({ events: both }));
    await store.events.publish({ ...gradeChanged, eventId: "status_acme_7", eventTypes: both });
    await deliver();
    expect(sent.map(({ id }) => id).toSorted()).toEqual(["evt_status_acme_7_entered", "evt_status_acme_7_left"]);
  });

  it("is not stored when nobody subscribes", async () => {
    const { store, sent, deliver } = await aSubscribedTenant(aWebhook({ isActive: false }));
    expect(await store.events.publish(gradeChanged)).toBe(false);
    await deliver();
    expect([store.events.hasNews, sent, await store.webhooks.dueEvents(10)]).toEqual([false, [], []]);
  });
});
