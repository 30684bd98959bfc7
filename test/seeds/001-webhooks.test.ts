import type { Message } from "@regulars/core/notifications/message";
import type { MessageSender } from "@regulars/core/notifications/notification";
import { LocalQueues } from "@regulars/local/queue";
import { deliver } from "@regulars/functions/workers/deliver";
import { informWebhooks } from "@regulars/functions/workers/webhooks";
import { noticeEmail } from "@regulars/render/notice";
import { isAllowedAddress } from "@regulars/functions/webhook-sender";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { FUNNEL, addDeal, at, cancel, move, runDealsOperation } from "../fixtures/deal-steps.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { type Receiver, openReceiver } from "../fixtures/receiver.ts";
import { unlikeExample } from "../fixtures/unlike-example.ts";

/** BX17: outgoing webhooks for deals, received and verified as a receiver would do it. */

/** Messages that were sent other than webhooks. */
const mails: Message[] = [];
const mailed: MessageSender = {
  deliver: (message) => {
    mails.push(message);
    return Promise.resolve({ providerId: String(mails.length) });
  },
};

let apiClient: ApiTestClient;
let receiver: Receiver;

beforeAll(async () => {
  apiClient = await anApiClient();
  receiver = await openReceiver();
});

afterAll(async () => {
  await receiver.close();
  await apiClient.close();
});

/** Handles a queue message, and those that it leads to, as the queues' functions do. */
async function deliverNow({ tenant }: SalesPlanClient): Promise<void> {
  const queues = new LocalQueues();
  const runtime = { ...apiClient.runtime, queues, messageSender: mailed };
  queues.consume("webhooks", informWebhooks.handlerFor(runtime));
  queues.consume("outgoing", deliver.handlerFor(runtime));
  await queues.send("webhooks", { tenantId: tenant.tenantId });
  await queues.idle();
  expect(queues.deadLetters).toEqual([]);
}

async function subscribed(given: object = {}) {
  const home = await SalesPlanClient.open(apiClient);
  const { status, body } = await home.ask("POST", "/webhooks", { url: receiver.url, ...given });
  expect(status).toBe(201);
  const plan = await home.plan("related>even", ["A", "B"], { statuses: FUNNEL });
  return { home, plan, webhook: body };
}

const typesFrom = (start: number): string[] =>
  receiver.received
    .slice(start)
    .map(({ body }) => JSON.parse(body).type)
    .toSorted();

describe("outgoing webhooks", () => {
  it("BX17 each change of a deal is sent, signed, with the deal before and after", async () => {
    const { home, plan, webhook } = await subscribed();
    const start = receiver.received.length;
    const dealId = await addDeal(home, plan);
    await move(home, plan, dealId, "s2");
    await move(home, plan, dealId, "Lost");
    await cancel(home, plan, dealId);
    await home.ask("POST", `/hooks/plans/${plan.planId}/deals:remove`, { dealId }, { as: home.integration });
    expect(apiClient.sent).toContainEqual({ queue: "webhooks", body: { tenantId: home.tenant.tenantId } });
    await deliverNow(home);
    await deliverNow(home);
    expect(typesFrom(start)).toEqual([
      "deal.assigned",
      "deal.cancelled",
      "deal.closed",
      "deal.created",
      "deal.removed",
      "deal.status_changed",
      "deal.status_changed",
      "deal.status_changed",
    ]);
    for (const { body, headers } of receiver.received.slice(start)) {
      // The test clock differs from the wall clock: the signature is checked at its own time.
      const stamp = Number(headers["webhook-timestamp"]);
      const signed = new Webhook(webhook.secret).sign(headers["webhook-id"] ?? "", new Date(stamp * 1000), body);
      expect(headers["webhook-signature"]).toBe(signed);
      expect(Math.abs(stamp * 1000 - apiClient.clock.nowMs)).toBeLessThan(1_000);
    }
    expect(receiver.received.slice(start).flatMap(({ body }) => unlikeExample(body))).toEqual([]);
    const closed = receiver.received.slice(start).find(({ body }) => JSON.parse(body).type === "deal.closed");
    expect(JSON.parse(closed?.body ?? "")).toMatchObject({
      data: { previous: { state: "open", version: 2 }, current: { state: "lost", version: 3 }, actor: "user:boss" },
      meta: { attempt: 1, is_bulk_edit: false, correlation_id: expect.stringMatching(/^req_/) },
    });
  });

  it("BX17 only subscribed events are sent, and those of a bulk operation are marked as such", async () => {
    const { home, plan } = await subscribed({ events: ["deal.closed"] });
    const start = receiver.received.length;
    const dealIds = [await addDeal(home, plan), await addDeal(home, plan)];
    const won = plan.statuses.find(({ kind }) => kind === "won")?.statusId;
    const change = { change: { action: "move", statusId: won }, dealIds };
    await runDealsOperation(
      home,
      (await home.ask("POST", `/plans/${plan.planId}/deals:change`, change)).body.operationId,
    );
    await deliverNow(home);
    expect(typesFrom(start)).toEqual(["deal.closed", "deal.closed"]);
    for (const { body } of receiver.received.slice(start)) expect(JSON.parse(body).meta.is_bulk_edit).toBe(true);
  });

  it("BX17 a delivery without a 2xx answer is sent again under the same id, with growing delays; the log shows every attempt", async () => {
    const { home, plan, webhook } = await subscribed({ events: ["deal.created"] });
    const start = receiver.received.length;
    receiver.answers = [500, 302];
    await addDeal(home, plan);
    await deliverNow(home);
    const log = async () => (await home.ask("GET", `/webhooks/${webhook.webhookId}/deliveries`)).body.data;
    const [failed] = await log();
    expect(failed).toMatchObject({ state: "waiting", attempts: 1, tries: [{ status: 500, error: null }] });
    const pause = Date.parse(failed.nextAttemptAt) - apiClient.clock.nowMs;
    expect(pause).toBeGreaterThanOrEqual(4_000);
    expect(pause).toBeLessThanOrEqual(6_000);
    await deliverNow(home);
    expect(receiver.received).toHaveLength(start + 1);
    apiClient.clock.nowMs += 6_000;
    await deliverNow(home);
    expect((await log())[0]).toMatchObject({
      state: "waiting",
      attempts: 2,
      tries: [{ status: 500 }, { status: 302 }],
    });
    apiClient.clock.nowMs += 36_000;
    await deliverNow(home);
    expect((await log())[0]).toMatchObject({ state: "sent", attempts: 3, nextAttemptAt: null });
    const given = receiver.received.slice(start);
    expect(given).toHaveLength(3);
    expect(new Set(given.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(given.map(({ body }) => JSON.parse(body).meta.attempt)).toEqual([1, 2, 3]);

    const again = await home.ask("POST", `/webhooks/${webhook.webhookId}/deliveries/${failed.deliveryId}:replay`);
    expect(again.status).toBe(202);
    await deliverNow(home);
    expect(receiver.received).toHaveLength(start + 4);
    expect(receiver.received.at(-1)?.headers["webhook-id"]).toBe(failed.deliveryId);
  });

  it("BX17 410 disables a subscription and mails the admins; nothing is sent until it is enabled again", async () => {
    const { home, plan, webhook } = await subscribed({ events: ["deal.created"] });
    await home.ask("PUT", "/users/ada", { name: "Ada", role: "admin", email: "ada@example.com" });
    await home.ask("PUT", "/users/gone", { name: "Gone", role: "admin", email: "gone@example.com", isActive: false });
    mails.length = 0;
    const start = receiver.received.length;
    receiver.answers = [410];
    await addDeal(home, plan);
    await deliverNow(home);
    const [seen] = (await home.ask("GET", "/webhooks")).body.data;
    expect(seen).toMatchObject({
      isActive: false,
      disabledReason: "the receiver answered 410 Gone",
      disabledAt: new Date(apiClient.clock.nowMs).toISOString(),
    });
    expect((await home.ask("GET", "/tenant/webhooks/changes")).body.data[0]).toMatchObject({
      by: "deliveries",
      of: webhook.webhookId,
      changes: [{ setting: "isActive", from: true, to: false }],
    });
    expect(mails).toMatchObject([
      {
        type: "notice",
        to: { name: "Ada", address: "ada@example.com" },
        title: { template: "webhook.off" },
        paragraphs: [{ template: "webhook.gone" }, { template: "webhook.log" }, { template: "webhook.back" }],
      },
    ]);
    const notices = mails.flatMap((message) => (message.type === "notice" ? [message] : []));
    expect(
      notices.map((notice) =>
        noticeEmail(notice, () => undefined)
          .text.split("\n\n")
          .slice(0, 2),
      ),
    ).toEqual([
      ["A webhook was switched off", `${receiver.url} no longer receives events: the receiver answered 410 Gone.`],
    ]);
    const log = (await home.ask("GET", "/notifications")).body.data;
    expect(log).toMatchObject([{ channel: "email", state: "sent" }]);
    await addDeal(home, plan);
    await deliverNow(home);
    expect(receiver.received).toHaveLength(start + 1);
    await home.ask("PATCH", `/webhooks/${webhook.webhookId}`, { isActive: true });
    await addDeal(home, plan);
    await deliverNow(home);
    expect(receiver.received).toHaveLength(start + 2);
  });

  it("BX17 a receiver that fails for three days is disabled, and the admins get one mail about it", async () => {
    const { home, plan, webhook } = await subscribed({ events: ["deal.created"] });
    await home.ask("PUT", "/users/ada", { name: "Ada", role: "admin", email: "ada@example.com" });
    mails.length = 0;
    const seen = async () => (await home.ask("GET", "/webhooks")).body.data[0];
    receiver.answers = [500];
    await addDeal(home, plan);
    await deliverNow(home);
    const since = new Date(apiClient.clock.nowMs).toISOString();
    expect(await seen()).toMatchObject({ isActive: true, failingSince: since, disabledReason: null });
    apiClient.clock.nowMs += 3 * 86_400_000 - 1;
    const later = await home.signedIn();
    receiver.answers = [500, 500];
    await addDeal(later, plan);
    await deliverNow(home);
    expect(mails).toEqual([]);
    apiClient.clock.nowMs += 1;
    receiver.answers = [500, 500, 500];
    await addDeal(later, plan);
    await deliverNow(home);
    const ended = (await later.ask("GET", `/webhooks`)).body.data[0];
    expect(ended).toMatchObject({ isActive: false, disabledReason: `no delivery has come through since ${since}` });
    expect(mails).toHaveLength(1);
    receiver.answers = [];
    await later.ask("PATCH", `/webhooks/${webhook.webhookId}`, { isActive: true });
    await addDeal(later, plan);
    await deliverNow(home);
    expect((await later.ask("GET", `/webhooks`)).body.data[0]).toMatchObject({ isActive: true, failingSince: null });
    apiClient.clock.nowMs = API_NOW;
  });

  it("BX17 after a rotation the old secret signs together with the new one for a day", async () => {
    const { home, plan, webhook } = await subscribed({ events: ["deal.created"] });
    const rotated = (await home.ask("POST", `/webhooks/${webhook.webhookId}:rotate`)).body;
    expect(rotated.secret).not.toBe(webhook.secret);
    await addDeal(home, plan);
    await deliverNow(home);
    const { headers, body } = receiver.received.at(-1) ?? { headers: {}, body: "" };
    const signatures = (headers["webhook-signature"] ?? "").split(" ");
    const stamp = new Date(Number(headers["webhook-timestamp"]) * 1000);
    const expected = [rotated.secret, webhook.secret].map((secret) =>
      new Webhook(secret).sign(headers["webhook-id"] ?? "", stamp, body),
    );
    expect(signatures).toEqual(expected);
  });

  it("BX17 private addresses are refused, as written and as names resolve", async () => {
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "::1",
      "::",
      "fc00::1",
      "fe80::1",
      "ff02::1",
      "::ffff:10.0.0.1",
      "64:ff9b::a00:1",
      "2001:db8::1",
      "2002:a00:1::",
    ])
      expect([address, isAllowedAddress(address, false)]).toEqual([address, false]);
    for (const address of ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
      expect([address, isAllowedAddress(address, false)]).toEqual([address, true]);
    const home = await SalesPlanClient.open(apiClient);
    for (const url of [
      "https://10.0.0.1/x",
      "https://[::ffff:10.0.0.1]/x",
      "https://2130706433.example:80@10.0.0.1/",
      "http://example.com/",
      "https://169.254.169.254/latest",
      "https://0x0a000001/",
      "ftp://example.com/",
      "no address",
    ])
      expect([url, (await home.ask("POST", "/webhooks", { url })).status]).toEqual([url, 422]);
    // A name that resolves to this machine is refused where loopback is not allowed.
    const { webhookSender } = await import("@regulars/functions/webhook-sender");
    const { port } = new URL(receiver.url);
    const secrets = ["whsec_c2VjcmV0IG9mIHRlc3RzLCB0aGlydHktdHdvIGJ5dGVz"];
    const start = receiver.received.length;
    const request = {
      url: `https://localhost.localdomain:${port}/`,
      id: "evt",
      body: "{}",
      secrets,
      atMs: apiClient.clock.nowMs,
    };
    expect(await webhookSender(false)(request)).toMatchObject({ error: expect.any(String) });
    expect(receiver.received).toHaveLength(start);
  });

  it("BX17 without a subscription no delivery is stored", async () => {
    const home = await SalesPlanClient.open(apiClient);
    const plan = await home.plan("related>even", ["A"], { statuses: FUNNEL });
    const dealId = await addDeal(home, plan);
    expect((await home.ask("GET", at(plan, dealId))).status).toBe(200);
    expect(await home.fixture.testTenant.store.webhooks.dueEvents(10)).toEqual([]);
  });
});
