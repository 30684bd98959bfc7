import { describe, expect, it } from "vitest";
import { mailEventOf, sesEventSchema } from "./ses-event.ts";

/** An event as SES publishes it (its developer guide, "Examples of event data"), with the tags of a digest. */
const sesEvent = (parts: object, mail: object = {}) => ({
  mail: {
    timestamp: "2026-11-23T07:30:01.000Z",
    source: "regulars@regulars.example",
    sendingAccountId: "111122223333",
    messageId: "EXAMPLE7c191be45",
    destination: ["Ase@acme.example"],
    headersTruncated: false,
    headers: [{ name: "X-Regulars-Delivery", value: "acme.eu/digest:2026-11-22:åse" }],
    tags: {
      "ses:configuration-set": ["regulars-production-mail"],
      tenant: ["acme_eu"],
      // "acme.eu/digest:2026-11-22:åse" in base64url.
      delivery: ["YWNtZS5ldS9kaWdlc3Q6MjAyNi0xMS0yMjrDpXNl"],
    },
    ...mail,
  },
  ...parts,
});

const bounce = (parts: object = {}) => ({
  eventType: "Bounce",
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [
      {
        emailAddress: "Ase@acme.example",
        action: "failed",
        status: "5.1.1",
        diagnosticCode: "smtp; 550 5.1.1 unknown",
      },
    ],
    timestamp: "2026-11-23T07:30:05.123Z",
    feedbackId: "01000157c44f053b-61b59c11",
    reportingMTA: "dsn; mta.example.com",
    ...parts,
  },
});

const read = (given: unknown) => mailEventOf(sesEventSchema.parse(given));

describe("an event of SES", () => {
  it("names tenant, notification, address and reason of a permanent bounce", () => {
    expect(read(sesEvent(bounce()))).toEqual({
      tenantId: "acme.eu",
      event: {
        id: "01000157c44f053b-61b59c11",
        at: "2026-11-23T07:30:05.123Z",
        fate: "bounced",
        isPermanent: true,
        addresses: ["Ase@acme.example"],
        detail: "smtp; 550 5.1.1 unknown",
        notificationId: "digest:2026-11-22:åse",
      },
    });
  });

  it.each(["Transient", "Undetermined"])("does not take a bounce of type %s for a permanent one", (bounceType) => {
    expect(read(sesEvent(bounce({ bounceType })))?.event).toMatchObject({ fate: "bounced", isPermanent: false });
  });

  it("tells the kind of a bounce when the server has said nothing", () => {
    const bouncedRecipients = [{ emailAddress: "ase@acme.example" }];
    expect(read(sesEvent(bounce({ bounceSubType: "MailboxFull", bouncedRecipients })))?.event.detail).toBe(
      "Permanent MailboxFull",
    );
  });

  it("reads a complaint, a delivery, a delay and a rejection", () => {
    const complaint = {
      eventType: "Complaint",
      complaint: {
        complainedRecipients: [{ emailAddress: "ase@acme.example" }],
        complaintFeedbackType: "abuse",
        timestamp: "2026-11-24T10:00:00.000Z",
        feedbackId: "f-2",
      },
    };
    const delivery = {
      eventType: "Delivery",
      delivery: {
        timestamp: "2026-11-23T07:30:03.000Z",
        recipients: ["ase@acme.example"],
        smtpResponse: "250 ok",
        processingTimeMillis: 546,
      },
    };
    const delay = {
      eventType: "DeliveryDelay",
      deliveryDelay: {
        timestamp: "2026-11-23T08:00:00.000Z",
        delayType: "MailboxFull",
        delayedRecipients: [{ emailAddress: "ase@acme.example" }],
      },
    };
    const told = [complaint, delivery, delay, { eventType: "Reject", reject: { reason: "Bad content" } }].map((one) =>
      read(sesEvent(one)),
    );
    expect(told.map((one) => one?.event)).toMatchObject([
      { id: "f-2", fate: "complained", detail: "abuse" },
      { id: "EXAMPLE7c191be45 delivered 2026-11-23T07:30:03.000Z", fate: "delivered", detail: "250 ok" },
      { fate: "delayed", detail: "MailboxFull" },
      { fate: "rejected", detail: "Bad content", addresses: ["Ase@acme.example"] },
    ]);
  });

  it("finds the notification by its header when its id was too long for a tag", () => {
    expect(read(sesEvent(bounce(), { tags: {} }))).toMatchObject({
      tenantId: "acme.eu",
      event: { notificationId: "digest:2026-11-22:åse" },
    });
  });

  it.each([
    ["an event that changes nothing", sesEvent({ eventType: "Send" })],
    ["a mail of another system", sesEvent(bounce(), { tags: {}, headers: [] })],
    ["a tag that names no tenant", sesEvent(bounce(), { tags: { delivery: ["bm9ib2R5"] } })],
  ])("is of no use: %s", (_what, given) => {
    expect(read(given)).toBeUndefined();
  });
});
