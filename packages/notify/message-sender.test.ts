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

it("sends a digest by e-mail, with the tenant in its key", async () => {
  const { messageSender, delivered } = couriered();
  expect(await messageSender.deliver(aStoredDigest(), "key-1", someTexts)).toEqual({ providerId: "mail-1" });
  expect(delivered).toEqual([
    { to: "sanne@acme.example", subject: "Acme Foods: 1 churn risk – 22 Nov", key: "acme/key-1" },
  ]);
});

it("sends an alert to Slack", async () => {
  const { messageSender, delivered } = couriered();
  expect(await messageSender.deliver(aStoredAlert(), "key-2", someTexts)).toEqual({ providerId: "C1/1.2" });
  expect(delivered).toEqual([
    { text: "▲ High: Churn risk – Café Crémant: silent 22 days, usually 14", key: "acme/key-2" },
  ]);
});

it("sends nothing when a text is missing", async () => {
  const { messageSender, delivered } = couriered();
  const noTexts = () => undefined;
  await expect(messageSender.deliver(aStoredAlert(), "key-3", noTexts)).rejects.toThrow(
    "there is no text cold-coffee.title",
  );
  expect(delivered).toEqual([]);
});
