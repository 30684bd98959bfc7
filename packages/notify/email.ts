import { createHash } from "node:crypto";
import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { cutText } from "@regulars/core/platform/cut-text";
import { mailFault } from "./ses-faults.ts";
import { deliverableEmail } from "@regulars/core/platform/contact-point";
import { NAME_LENGTH, oneLine } from "@regulars/render/plain-text";

/** A sender or recipient of e-mail. */
interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One e-mail to one person. `key` stays the same when sending is retried. */
export interface Email {
  readonly to: Mailbox;
  /** Who gets an answer; default: the sender. */
  readonly replyTo?: Mailbox | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly key: string;
  /** What its HTML shows as `cid:<contentId>`, sent along with it. */
  readonly pictures?: readonly Picture[] | undefined;
  /** How its reader ends this kind of mail; absent only where it is compulsory. */
  readonly unsubscribe?: Unsubscribe | undefined;
  /** What SES tells with whatever happens to the mail: names and values of letters, digits, `_` and `-`. */
  readonly tags?: Readonly<Record<string, string>>;
}

interface Picture {
  readonly contentId: string;
  readonly png: Buffer;
}

/** The targets of a mail program's button: an address that takes a POST, and the subject of a mail to the sender. */
interface Unsubscribe {
  readonly url: string;
  readonly subject: string;
}

/** Sends e-mail. Throws on failure; the caller retries. */
export interface Mailer {
  readonly send: (email: Email) => Promise<{ readonly providerId: string }>;
}

interface MailerOptions {
  readonly client: SESClient;
  /** A verified identity. */
  readonly from: Mailbox;
  /** The configuration set that reports what happens to each mail. */
  readonly configurationSet?: string | undefined;
  /** In [0, 1): for pauses that differ. */
  readonly random?: () => number;
}

const SUBJECT_LENGTH = 400;
const KEY_LENGTH = 400;
const LONGEST_TAG = 256;

/** A mailer over SES. Throws when an address is invalid. */
export function createMailer({ client, from, configurationSet, random = Math.random }: MailerOptions): Mailer {
  const sender = usable(from);
  return {
    async send(email) {
      const to = usable(email.to);
      const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
      const message = await new MailComposer(optionsOf(email, sender, to)).compile().build();
      const command = new SendRawEmailCommand({
        Source: sender.address,
        Destinations: [to.address],
        RawMessage: { Data: message },
        ConfigurationSetName: configurationSet,
        Tags: tagsOf(email.tags),
      });
      const sent = await client.send(command).catch((error: unknown) => {
        throw mailFault(error, random);
      });
      if (sent.MessageId === undefined) throw new Error(`SES answered without a message id for ${email.key}`);
      return { providerId: sent.MessageId };
    },
  };
}

const tagsOf = (tags: Email["tags"] = {}) =>
  Object.entries(tags).flatMap(([Name, Value]) => (Value.length > LONGEST_TAG ? [] : [{ Name, Value }]));

function optionsOf(
  { replyTo, subject, html, text, pictures = [], key, unsubscribe }: Email,
  from: Mailbox,
  to: Mailbox,
) {
  return {
    from,
    to,
    ...(replyTo === undefined ? {} : { replyTo: usable(replyTo) }),
    subject: oneLine(subject, SUBJECT_LENGTH),
    html,
    text,
    attachments: pictures.map(({ contentId, png }) => ({
      cid: contentId,
      content: png,
      contentType: "image/png",
      contentDisposition: "inline" as const,
      filename: `${contentId}.png`,
    })),
    messageId: messageIdOf(key, from),
    headers: { ...headersOf(key), ...(unsubscribe === undefined ? {} : unsubscribeHeaders(unsubscribe, from)) },
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

/**
 * The headers of RFC 8058, one address a line: a line has at most 998 characters. They are part of the raw message, so
 * the signature that SES adds covers them.
 */
const unsubscribeHeaders = ({ url, subject }: Unsubscribe, { address }: Mailbox) => ({
  "List-Unsubscribe": {
    prepared: true,
    value: `<${new URL(url).href}>,\r\n <mailto:${address}?subject=${encodeURIComponent(subject)}>`,
  },
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

function usable({ name, address }: Mailbox): Mailbox {
  const deliverable = deliverableEmail(address);
  if (deliverable === undefined) throw new Error(`"${cutText(address, 80)}" is not an e-mail address`);
  return { name: oneLine(name, NAME_LENGTH), address: deliverable };
}
