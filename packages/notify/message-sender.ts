import type { Alert, Digest, IntroductionMail, Message } from "@regulars/core/notifications/message";
import type { DeliveryContext, MessageSender } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import { alertMessage } from "@regulars/render/alert";
import { alertEmail } from "@regulars/render/alert-email";
import { digestEmail } from "@regulars/render/digest/digest";
import type { Email, Mailer } from "./email.ts";
import { introductionEmail } from "@regulars/render/introduction";
import { digestMessage } from "@regulars/render/slack/digest-message";
import { introductionMessage } from "@regulars/render/slack/introduction-message";
import { groupEmail } from "@regulars/render/notifications/group-mail";
import { noticeEmail } from "@regulars/render/notice";
import { wordAlert, wordDigest } from "@regulars/render/notifications/worded";
import { sendAlert } from "./send-alert.ts";
import type { SendRate } from "./send-rate.ts";
import type { Turns } from "./turns.ts";

interface Senders {
  readonly mailer: Mailer;
  readonly turns?: Turns;
  /** The pace of mails; without one, there is no limit. */
  readonly rate?: SendRate | undefined;
}

const noTurn = (): void => undefined;

/** A mail whose earlier attempt may have arrived is marked, because nobody can look for it. */
const markingRepeats = (mailer: Mailer, { earlier }: DeliveryContext): Mailer =>
  earlier?.mayHaveArrived === true
    ? { send: async (email) => ({ ...(await mailer.send(email)), maybeDuplicate: true }) }
    : mailer;

/**
 * Sends digests and notices by e-mail, and alerts and requests for introductions to the tenant's Slack workspace or,
 * where no place takes them, by e-mail. Keys, unique per tenant, get the tenant as prefix: "acme/alert:1".
 */
export function createMessageSender({ mailer: bare, turns, rate }: Senders): MessageSender {
  return {
    takeTurn: async ({ type, tenantId }) => {
      if (type !== "alert") await rate?.(tenantId);
      const isForSlack = type === "alert" || type === "introduction";
      return (isForSlack ? await turns?.take(tenantId) : undefined) ?? noTurn;
    },
    async deliver(message, tenantKey, texts, context = {}) {
      const mail = mailPartsOf(message, tenantKey, context);
      const mailer = markingRepeats(bare, context);
      switch (message.type) {
        case "digest":
          return deliverDigest(message, texts, context, { mailer, mail });
        case "notice":
          return mailer.send({ to: message.to, ...noticeEmail(message, texts), ...mail });
        case "introduction":
          return deliverIntroduction(message, texts, context, { mailer, mail });
        case "group": {
          // Nobody who cannot end a mailing gets one.
          if (context.links === undefined) throw new Error("a group mailing needs the link that ends it");
          const { unsubscribe } = context.links;
          return mailer.send({
            to: message.to,
            replyTo: message.replyTo,
            ...groupEmail(message, unsubscribe),
            ...mail,
          });
        }
        case "alert":
          return deliverAlert(message, texts, context, { mailer, mail });
      }
    },
  };
}

/** What every mail carries beside its words: its key, how its reader ends it, and what SES tells us with its fate. */
function mailPartsOf(
  message: Message,
  tenantKey: string,
  { links }: DeliveryContext,
): Omit<Email, "to" | "subject" | "html" | "text"> {
  const key = `${message.tenantId}/${tenantKey}`;
  const kind = message.type === "alert" ? message.kind : message.type;
  return {
    key,
    tags: {
      // For figures: a tag has no dots.
      tenant: message.tenantId.replaceAll(".", "_"),
      kind,
      delivery: Buffer.from(key).toString("base64url"),
    },
    ...(links === undefined ? {} : { unsubscribe: { url: links.unsubscribe, subject: links.unsubscribeSubject } }),
  };
}

interface Mailing {
  readonly mailer: Mailer;
  readonly mail: ReturnType<typeof mailPartsOf>;
}

/** By e-mail; in direct messages where the reader's address takes none. */
async function deliverDigest(
  message: Digest,
  texts: TextSource,
  { alerts, earlier, links, told }: DeliveryContext,
  { mailer, mail }: Mailing,
) {
  const worded = wordDigest(message, texts, told);
  const route = await alerts?.routeOf(message);
  const byMail = () => mailer.send({ to: message.to, ...digestEmail(worded, links), ...mail });
  if (route === undefined || route.places.length === 0) return byMail();
  return sendAlert({
    message: digestMessage(worded, route.suppressed?.address),
    key: mail.key,
    route,
    workspace: alerts?.workspace,
    earlier,
    mail: byMail,
  });
}

/** Asks in the colleague's direct messages, with buttons, where they take it; else by e-mail. */
async function deliverIntroduction(
  message: IntroductionMail,
  texts: TextSource,
  { alerts, earlier, links }: DeliveryContext,
  { mailer, mail }: Mailing,
) {
  return sendAlert({
    message: introductionMessage(message, texts),
    key: mail.key,
    route: (await alerts?.routeOf(message)) ?? { places: [], mail: mailboxOf(message.to) },
    workspace: alerts?.workspace,
    earlier,
    mail: (to) => mailer.send({ to, ...introductionEmail(message, texts, links), ...mail }),
  });
}

const mailboxOf = ({ name, address }: IntroductionMail["to"]) =>
  address === undefined ? undefined : { name, address };

async function deliverAlert(
  alert: Alert,
  texts: TextSource,
  { alerts, earlier, links }: DeliveryContext,
  { mailer, mail }: Mailing,
) {
  const worded = wordAlert(alert, texts);
  return sendAlert({
    message: alertMessage(worded),
    key: mail.key,
    route: (await alerts?.routeOf(alert)) ?? { places: [] },
    workspace: alerts?.workspace,
    earlier,
    mail: (to) => mailer.send({ to, ...alertEmail(worded, links), ...mail }),
  });
}
