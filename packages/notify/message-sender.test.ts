import { expect, it } from "vitest";
import { createMessageSender } from "./message-sender.ts";
import { aStoredAlert, aStoredDigest, someTexts } from "@regulars/render/testing";

function couriered() {
  const delivered: unknown[] = [];
  const messageSender = createMessageSender({
    mailer: {
      async send({ to, subject, key }) {
        delivered.push({ to: to.address, subject, key });
        return { providerId: "mail-1" };
      },
    },
    slack: {
      async post({ text }, key) {
        delivered.push({ text, key });
        return { providerId: "C1/1.2" };
      },
    },
  });
  return { messageSender, delivered };
}

it("brings a digest by e-mail, its key made the tenant's", async () => {
  const { messageSender, delivered } = couriered();
  expect(await messageSender.deliver(aStoredDigest(), "key-1", someTexts)).toEqual({ providerId: "mail-1" });
  expect(delivered).toEqual([
    { to: "sanne@acme.example", subject: "Acme Foods: 1 churn risk – 22 Nov", key: "acme/key-1" },
  ]);
});

it("brings an alert to Slack", async () => {
  const { messageSender, delivered } = couriered();
  expect(await messageSender.deliver(aStoredAlert(), "key-2", someTexts)).toEqual({ providerId: "C1/1.2" });
  expect(delivered).toEqual([
    { text: "▲ High: Churn risk – Café Crémant: silent 22 days, usually 14", key: "acme/key-2" },
  ]);
});

it("sends nothing that it has no words for", async () => {
  const { messageSender, delivered } = couriered();
  const noTexts = () => undefined;
  await expect(messageSender.deliver(aStoredAlert(), "key-3", noTexts)).rejects.toThrow(
    "there is no text cold-coffee.title",
  );
  expect(delivered).toEqual([]);
});
