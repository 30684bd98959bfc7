import { toInstant } from "@regulars/core/platform/values";
import { digestSchema } from "@regulars/core/notifications/message";
import { noteMailEvent } from "@regulars/flows/notifications/note-mail-event";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { type SlackTrial, aSlackTrial } from "../fixtures/slack-trial.ts";
import { all } from "../fixtures/tenant.ts";

/** Reps whose address takes no mail, as the function that sends does it. */

const WHY = "no mail is sent to sanne@example.com: the address does not take mail (2026-11-23)";

let client: ApiTestClient;
let trial: SlackTrial;

beforeAll(async () => {
  client = await anApiClient();
});
afterAll(() => client.close());

beforeEach(async () => {
  client.clock.nowMs = API_NOW;
  trial = await aSlackTrial(client);
});

const store = () => trial.insight.testTenant.store;
const bounce = (address = "sanne@example.com") =>
  noteMailEvent({
    suppressions: store().suppressions,
    outbox: store().outbox,
    event: {
      id: `f-${address}`,
      at: toInstant(API_NOW),
      fate: "bounced",
      isPermanent: true,
      addresses: [address],
      notificationId: "x",
    },
  });
const queueDigest = () =>
  store().nightly.queueNotifications([
    {
      id: "digest:sanne",
      dueAt: toInstant(API_NOW),
      isOnHold: false,
      message: digestSchema.parse({
        type: "digest",
        tenantId: trial.insight.testTenant.tenant.tenantId,
        tenantName: "Acme",
        asOf: "2026-11-22",
        day: "2026-11-23",
        locale: "en",
        userId: "sanne",
        to: { name: "Sanne", address: "sanne@example.com" },
        sections: [{ kind: "churn-risk", count: 1, newCount: 0 }],
        link: "https://x.example/for-you",
      }),
    },
  ]);
const logged = async (id: string) => (await all(store().outbox.list())).find((one) => one.id.startsWith(id));
const posts = () => trial.calls.filter(({ method }) => method === "chat.postMessage");
const prefersMail = async () => {
  const as = await client.tokenOf(trial.insight.testTenant.tenant, "sanne");
  const path = "/v1/me/notification-preferences";
  expect((await client.ask(path, { method: "PATCH", as, body: { channel: "mail" } })).status).toBe(200);
};

describe("a rep whose address takes no mail", () => {
  it("BX18: gets the digest as a direct message in Slack, and the log says why", async () => {
    await bounce();
    await queueDigest();
    await trial.deliver();
    expect(posts()).toMatchObject([{ values: { channel: "U0SANNE" } }]);
    expect(JSON.stringify(posts()[0]?.values["blocks"])).toContain(
      "because your address sanne@example.com takes no mail",
    );
    expect(trial.mails).toEqual([]);
    expect(await logged("digest:sanne")).toMatchObject({ state: "sent", note: `in Slack, because ${WHY}` });
  });

  it("BX18: gets an alert in Slack although they prefer mail, and the log says why", async () => {
    await prefersMail();
    await bounce();
    await trial.insight.nightly("2026-11-22");
    await trial.deliver();
    expect(new Set(posts().map(({ values }) => values["channel"]))).toEqual(new Set(["U0SANNE"]));
    expect(trial.mails.filter((mail) => mail.startsWith("sanne@"))).toEqual([]);
    expect(await logged("alert:")).toMatchObject({ state: "sent", note: `in Slack, because ${WHY}` });
  });

  it("BX18: has a line for the admins instead when Slack is not connected, once for digest and alert", async () => {
    await prefersMail();
    await bounce();
    await store().slack.eraseInstallation();
    await trial.insight.nightly("2026-11-22");
    await queueDigest();
    await trial.deliver();
    await trial.deliver();
    expect(posts()).toEqual([]);
    expect(trial.mails).toEqual(["astrid@example.com: Acme Foods: Sanne gets no e-mail"]);
    for (const id of ["digest:sanne", "alert:"])
      expect(await logged(id)).toMatchObject({ state: "suppressed", lastError: WHY });
  });

  it("has a line for the admins when their own messages in Slack take nothing either", async () => {
    trial.answers.set("chat.postMessage", () => ({ ok: false, error: "user_not_found" }));
    await bounce();
    await queueDigest();
    await trial.deliver();
    expect(await logged("digest:sanne")).toMatchObject({ state: "failed" });
    expect((await logged("digest:sanne"))?.lastError).toContain(WHY);
  });

  it("gets the mail again once an admin has lifted it", async () => {
    await bounce();
    const as = await client.tokenOf(trial.insight.testTenant.tenant, "astrid");
    const lift = { method: "POST", as, body: { address: "sanne@example.com" } };
    expect((await client.ask("/v1/suppressions/lift", lift)).status).toBe(200);
    await queueDigest();
    await trial.deliver();
    expect(posts()).toEqual([]);
    expect(trial.mails).toHaveLength(1);
  });
});
