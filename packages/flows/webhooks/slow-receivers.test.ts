import { functions } from "../../../infra/functions.ts";
import { jobs } from "../../../infra/jobs.ts";
import type { Webhook, WebhookAnswer } from "@regulars/core/webhooks/webhook";
import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const START = Date.parse("2026-11-23T08:00:00.000Z");
const SLOW = "https://slow.example.com/";
const QUICK = "https://quick.example.com/";

const aWebhook = (webhookId: string, url: string): Webhook => ({
  webhookId,
  url,
  events: ["deal.created"],
  secret: "whsec_a",
  isActive: true,
  createdAt: toInstant(START),
  version: 1,
});

/** A tenant with a receiver that never answers and a quick one, with the given numbers of due deliveries. */
async function aTenantWith(slow: number, quick: number) {
  const { webhooks } = aTenantStore().store;
  const seen = { nowMs: START, sent: [] as string[], answer: { error: "no answer in time" } as WebhookAnswer };
  for (const webhook of [aWebhook("wh_slow", SLOW), aWebhook("wh_quick", QUICK)]) await webhooks.create(webhook);
  const add = async (webhookId: string, count: number, at: number): Promise<void> => {
    for (let i = 0; i < count; i += 1)
      await webhooks.finish({
        deliveryId: `evt_${webhookId}_${at}_${i}`,
        webhookId,
        type: "deal.created",
        event: { type: "deal.created" },
        correlationId: "req",
        isBulk: false,
        state: "waiting",
        attempts: 0,
        tries: [],
        createdAt: toInstant(at),
        dueAt: toInstant(at),
      });
  };
  await add("wh_slow", slow, START - 2_000);
  await add("wh_quick", quick, START - 1_000);
  await indexesCaughtUp();
  const run = async (patienceMs = 60_000) => {
    await indexesCaughtUp();
    return deliverWebhooks({
      webhooks,
      send: ({ url }) => {
        seen.sent.push(url);
        if (url === QUICK) return Promise.resolve({ status: 200 });
        return Promise.resolve(seen.answer);
      },
      clock: () => seen.nowMs,
      elapsed: () => seen.nowMs,
      patienceMs,
      random: () => 0.5,
      noticesOf: () => Promise.resolve([]),
    });
  };
  return { webhooks, seen, add, run, of: (url: string) => seen.sent.filter((one) => one === url).length };
}

describe("receivers that do not answer", () => {
  it("G3: have a queue of their own, so that no notification waits for them", () => {
    expect(functions.deliver.consumes?.queue).toBe("outgoing");
    expect(functions.informWebhooks.consumes?.queue).toBe("webhooks");
    const senders = Object.entries(jobs).filter(([, { sends }]) => sends.some((one) => one === "webhooks"));
    expect(senders.map(([key]) => key)).toEqual(["nightlyOfTenant", "informWebhooks", "plansTick", "planWork"]);
  });

  it("G3: get a pause after one page of failures, and the tenant's other receivers are informed", async () => {
    const { webhooks, seen, run, of } = await aTenantWith(60, 10);
    const report = await run();
    expect([of(SLOW), of(QUICK)]).toEqual([25, 10]);
    expect(report).toMatchObject({ sent: 10, failed: 25 });
    expect((await webhooks.find("wh_slow"))?.pausedUntil).toBe(toInstant(seen.nowMs + 60_000));
    expect((await webhooks.find("wh_quick"))?.pausedUntil).toBeUndefined();
  });

  it("G3: are tried with one delivery after the pause; those put off have lost no attempt, and all arrive", async () => {
    const { webhooks, seen, run, of } = await aTenantWith(60, 0);
    await run();
    seen.nowMs += 60_000;
    await run();
    expect(of(SLOW)).toBe(26);
    expect(Date.parse((await webhooks.find("wh_slow"))?.pausedUntil ?? "")).toBeGreaterThan(seen.nowMs);
    seen.answer = { status: 200 };
    for (let i = 0; i < 5; i += 1) {
      seen.nowMs += 60 * 60_000;
      await run();
    }
    const deliveries = await webhooks.deliveries("wh_slow", 100);
    expect(deliveries.filter(({ state }) => state === "sent")).toHaveLength(60);
    expect(deliveries.filter(({ attempts }) => attempts === 1)).toHaveLength(60 - 25);
    expect((await webhooks.find("wh_slow"))?.pausedUntil).toBeUndefined();
  });

  it("OP02: are sent a delivery once, also where the index still shows it as it was before", async () => {
    const { webhooks, seen, run, of } = await aTenantWith(1, 1);
    const shown = await webhooks.dueNotifications(toInstant(seen.nowMs), 10);
    expect(shown).toHaveLength(2);
    await run();
    expect([of(SLOW), of(QUICK)]).toEqual([1, 1]);
    for (const delivery of shown) expect(await webhooks.claim(delivery, toInstant(seen.nowMs + 60_000))).toBe(false);
  });

  it("G3: take no more than a run's time; the rest waits for the next run", async () => {
    const { run, of } = await aTenantWith(0, 60);
    expect(await run(0)).toMatchObject({ sent: 0, hasMore: true });
    expect(of(QUICK)).toBe(0);
    expect(await run()).toMatchObject({ sent: 60, hasMore: false });
  });
});
