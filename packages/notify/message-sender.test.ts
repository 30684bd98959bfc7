import type { AlertRouting } from "@regulars/core/notifications/alert-route";
import { expect, it } from "vitest";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { createMessageSender } from "./message-sender.ts";
import { aGroupMail, aStoredAlert, aStoredDigest, someTexts } from "@regulars/render/testing";

function aSender() {
  const delivered: unknown[] = [];
  const tagged: unknown[] = [];
  const messageSender = createMessageSender({
    mailer: {
      async send({ to, subject, key, unsubscribe, tags }) {
        delivered.push({ to: to.address, subject, key, ...(unsubscribe && { unsubscribe }) });
        tagged.push(tags);
        return { providerId: "mail-1" };
      },
    },
  });
  const alerts: AlertRouting = {
    routeOf: () => Promise.resolve({ places: [{ type: "channel", id: "C1", name: "#sales" }] }),
    workspace: {
      post: ({ id }, { text }, key) => {
        delivered.push({ text, key });
        return Promise.resolve({ providerId: `${id}/1.2` });
      },
      find: () => Promise.resolve(undefined),
      onGone: () => Promise.resolve(),
    },
  };
  return { messageSender, delivered, tagged, alerts };
}

it("sends a digest by e-mail, with the tenant in its key", async () => {
  const { messageSender, delivered } = aSender();
  expect(await messageSender.deliver(aStoredDigest(), "key-1", someTexts)).toEqual({ providerId: "mail-1" });
  expect(delivered).toEqual([
    { to: "sanne@acme.example", subject: "Acme Foods: 1 churn risk – 22 Nov", key: "acme/key-1" },
  ]);
});

it("sends an alert to the tenant's Slack", async () => {
  const { messageSender, delivered, alerts } = aSender();
  expect(await messageSender.deliver(aStoredAlert(), "key-2", someTexts, { alerts })).toEqual({
    providerId: "C1/1.2",
  });
  expect(delivered).toEqual([
    { text: "▲ High: Churn risk – Café Crémant: silent 22 days, usually 14", key: "acme/key-2" },
  ]);
});

it("sends a group mailing only with the link that ends it", async () => {
  const { messageSender, delivered } = aSender();
  await expect(messageSender.deliver(aGroupMail(), "key", someTexts)).rejects.toThrow("needs the link that ends it");
  const links = {
    unsubscribe: "https://x.example/u",
    unsubscribeSubject: "unsubscribe u",
    preferences: "https://x.example/p",
  };
  await messageSender.deliver(aGroupMail(), "key", someTexts, { links });
  expect(delivered).toEqual([
    {
      to: "shop@cafe.example",
      subject: "New coffee",
      key: "acme/key",
      unsubscribe: { url: "https://x.example/u", subject: "unsubscribe u" },
    },
  ]);
});

it("sends an alert by e-mail to the rep of a tenant without Slack", async () => {
  const { messageSender, delivered, alerts } = aSender();
  const mail = { name: "Sanne Holm", address: "sanne@acme.example" };
  const withoutSlack: AlertRouting = { routeOf: () => Promise.resolve({ places: [], mail }) };
  expect(alerts.workspace).toBeDefined();
  await messageSender.deliver(aStoredAlert(), "key-4", someTexts, { alerts: withoutSlack });
  expect(delivered).toEqual([
    { to: "sanne@acme.example", subject: "▲ High: Churn risk – Café Crémant", key: "acme/key-4" },
  ]);
});

it("sends nothing when a text is missing", async () => {
  const { messageSender, delivered } = aSender();
  const noTexts = () => undefined;
  await expect(messageSender.deliver(aStoredAlert(), "key-3", noTexts)).rejects.toThrow(
    "there is no text cold-coffee.title",
  );
  expect(delivered).toEqual([]);
});

it("tells SES tenant, kind and delivery of a mail, and its reader where to end it", async () => {
  const { messageSender, delivered, tagged } = aSender();
  const links = {
    unsubscribe: "https://x.example/u",
    unsubscribeSubject: "unsubscribe u",
    preferences: "https://x.example/p",
  };
  await messageSender.deliver(
    { ...aStoredDigest(), tenantId: tenantIdSchema.parse("acme.eu") },
    "digest:1",
    someTexts,
    { links },
  );
  expect(delivered).toMatchObject([{ unsubscribe: { url: "https://x.example/u", subject: "unsubscribe u" } }]);
  // "acme.eu/digest:1" in base64url.
  expect(tagged).toEqual([{ tenant: "acme_eu", kind: "digest", delivery: "YWNtZS5ldS9kaWdlc3Q6MQ" }]);
});
