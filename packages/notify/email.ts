import { createHash } from "node:crypto";
import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { deliverableEmail } from "@regulars/core/platform/contact-point";
import { NAME_LENGTH, oneLine } from "@regulars/render/plain-text";

/** A sender or recipient of e-mail. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One e-mail to one person. `key` stays the same when sending is retried. */
export interface Email {
  readonly to: Mailbox;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly key: string;
}

/** Sends e-mail. Throws on failure; the caller retries. */
export interface Mailer {
  readonly send: (email: Email) => Promise<{ readonly providerId: string }>;
}

const SUBJECT_LENGTH = 400;
const KEY_LENGTH = 400;

/** A mailer over SES. `from` is a verified identity. Throws when an address is invalid. */
export function createMailer({ client, from }: { client: SESClient; from: Mailbox }): Mailer {
  const sender = usable(from);
  return {
    async send(email) {
      const to = usable(email.to);
      const message = await new MailComposer(optionsOf(email, sender, to)).compile().build();
      const sent = await client.send(
        new SendRawEmailCommand({ Source: sender.address, Destinations: [to.address], RawMessage: { Data: message } }),
      );
      if (sent.MessageId === undefined) throw new Error(`SES answered without a message id for ${email.key}`);
      return { providerId: sent.MessageId };
    },
  };
}

function optionsOf({ subject, html, text, key }: Email, from: Mailbox, to: Mailbox) {
  return {
    from,
    to,
    subject: oneLine(subject, SUBJECT_LENGTH),
    html,
    text,
    messageId: messageIdOf(key, from),
    headers: headersOf(key),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A Message-ID derived from the key, so that mail programs show a message that arrives twice only once. */
function messageIdOf(key: string, { address }: Mailbox): string {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`;
}

const headersOf = (key: string) => ({
  "X-Regulars-Delivery": oneLine(key, KEY_LENGTH),
  "Auto-Submitted": "auto-generated",
});

function usable({ name, address }: Mailbox): Mailbox {
  const deliverable = deliverableEmail(address);
  if (deliverable === undefined) throw new Error(`"${address.slice(0, 80)}" is not an e-mail address`);
  return { name: oneLine(name, NAME_LENGTH), address: deliverable };
}
