import type { MessageSender } from "@regulars/core/notifications/notification";
import { alertMessage } from "@regulars/render/alert";
import { digestEmail } from "@regulars/render/digest/digest";
import type { Mailer } from "./email.ts";
import { introductionEmail } from "@regulars/render/introduction";
import { noticeEmail } from "@regulars/render/notice";
import { wordAlert, wordDigest } from "@regulars/render/notifications/worded";
import type { Slack } from "./slack.ts";

/**
 * Sends digests, notices and requests for introductions by e-mail and alerts to Slack. Keys, unique per tenant, get the tenant as prefix:
 * "acme/alert:1".
 */
export function createMessageSender({ mailer, slack }: { mailer: Mailer; slack: Slack }): MessageSender {
  return {
    async deliver(message, tenantKey, texts) {
      const key = `${message.tenantId}/${tenantKey}`;
      switch (message.type) {
        case "digest":
          return mailer.send({ to: message.to, ...digestEmail(wordDigest(message, texts)), key });
        case "notice":
          return mailer.send({ to: message.to, ...noticeEmail(message), key });
        case "introduction":
          return mailer.send({ to: message.to, ...introductionEmail(message, texts), key });
        case "alert":
          return slack.post(alertMessage(wordAlert(message, texts)), key);
      }
    },
  };
}
