import { expect, it } from "vitest";
import { createCourier } from "./message-sender.ts";
import { aDigest, anAlert } from "@regulars/render/testing";

function couriered() {
  const delivered: unknown[] = [];
  const courier = createCourier({
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
  return { courier, delivered };
}

it("brings a digest by e-mail, its key made the tenant's", async () => {
  const { courier, delivered } = couriered();
  expect(await courier.deliver(aDigest(), "key-1")).toEqual({ providerId: "mail-1" });
  expect(delivered).toEqual([
    { to: "sanne@acme.example", subject: "Acme Foods: 1 churn risk – 22 Nov", key: "acme/key-1" },
  ]);
});

it("brings an alert to Slack", async () => {
  const { courier, delivered } = couriered();
  expect(await courier.deliver(anAlert(), "key-2")).toEqual({ providerId: "C1/1.2" });
  expect(delivered).toEqual([
    { text: "▲ High: Churn risk – Café Crémant: silent 22 days, usually 14", key: "acme/key-2" },
  ]);
});
