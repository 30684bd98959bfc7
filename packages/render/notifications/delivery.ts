import { channelOf } from "@regulars/core/notifications/channel";
import type { Notification } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import { noticeTitle } from "../notice.ts";
import { formatsOf } from "../texts/formats.ts";
import { writeText } from "../texts/write-text.ts";
import { countedPhraseOf, titleOf } from "./worded.ts";

/** One message of the log, with what depends on its words. */
export interface Delivery {
  readonly notification: Notification;
  readonly channel: ReturnType<typeof channelOf>;
  /** An address; of an alert the rep, null for a channel's. */
  readonly to: string | null;
  readonly subject: string;
}

/** A message of the log with its channel, its receiver and what it is about, in its own language. */
export const deliveryOf = (notification: Notification, texts: TextSource): Delivery => {
  const { message, providerId } = notification;
  return {
    notification,
    channel: channelOf(message, providerId),
    to: message.type === "alert" ? (message.rep?.userId ?? null) : (message.to.address ?? message.to.name),
    subject: subjectOf(notification, alsoOfGone(texts)),
  };
};

/** The texts of kinds, of one that is gone by its id: a message may be kept longer than its kind. */
export const alsoOfGone =
  (texts: TextSource): TextSource =>
  (id) => {
    const [, language, kind, what] = /^(in:)?(.*)\.(title|counted)$/.exec(id) ?? [];
    if (kind === undefined || language !== undefined) return texts(id);
    return texts(id) ?? (what === "title" ? kind : `<numb> ${kind}`);
  };

function subjectOf({ message }: Notification, texts: TextSource): string {
  switch (message.type) {
    case "digest":
      return `digest of ${message.asOf}: ${message.sections.map((one) => countedPhraseOf(one, texts, message.locale)).join(", ")}`;
    case "alert":
      return `${titleOf(message.kind, texts, formatsOf(message.locale))}: ${message.line.customerName}`;
    case "notice":
      return noticeTitle(message, texts);
    case "group":
      return message.subject;
    case "introduction":
      return writeText(message.subject, texts, formatsOf(message.locale));
  }
}
