import { channelOf } from "@regulars/core/notifications/channel";
import type { Notification } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import { countedPhraseOf, titleOf } from "@regulars/render/notifications/worded";
import { type DeliveryRow, deliveriesCsv } from "@regulars/render/notifications/deliveries-csv";
import { whyText } from "@regulars/core/notifications/why";
import { toInstant } from "@regulars/core/platform/values";
import { noticeTitle } from "@regulars/render/notice";
import { formatsOf } from "@regulars/render/texts/formats";
import { writeText } from "@regulars/render/texts/write-text";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface DeliveriesOptions {
  readonly tenant: string;
  readonly retry?: boolean;
  readonly csv?: boolean;
}

/** `regulars deliveries`: notifications that were sent, are waiting or have failed. */
export function notificationsCommand(session: Session, options: DeliveriesOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const { store, catalog } = await system.openTenant(tenantId);
    if (options.retry === true) {
      await store.outbox.retryFailed(toInstant(system.runtime.clock()));
      await system.queues.send("outgoing", { tenantId });
      await system.queues.idle();
    }
    const notifications: Notification[] = [];
    for await (const notification of store.outbox.list()) notifications.push(notification);
    notifications.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1));
    if (session.json) {
      printJson(session, {
        tenant: tenantId,
        notifications: notifications.map((notification) => notificationJson(notification, catalog.textOf)),
      });
      return 0;
    }
    if (options.csv === true) {
      session.print(deliveriesCsv(notifications.map((notification) => rowOf(notification, catalog.textOf))));
      return 0;
    }
    const rows = notifications.map((notification) => [
      notification.sentAt ?? notification.dueAt,
      notification.state + (notification.maybeDuplicate === true ? " (maybe twice)" : ""),
      receiverOf(notification),
      subjectOf(notification, catalog.textOf),
      notification.lastError ?? notification.note ?? "",
    ]);
    session.print(
      rows.length === 0 ? "No notifications yet.\n" : `${textTable(["WHEN", "STATE", "TO", "WHAT", "ERROR"], rows)}\n`,
    );
    return 0;
  });
}

const rowOf = (notification: Notification, texts: TextSource): DeliveryRow => {
  const { channel, to, subject } = notificationJson(notification, texts);
  return { notification, channel, to: to ?? "", subject };
};

const receiverOf = ({ message, providerId }: Notification): string => {
  if (message.type !== "alert") return `mail ${message.to.address}`;
  return `${channelOf(message, providerId) === "slack" ? "slack" : "mail"} ${message.rep?.name ?? "channel"}`;
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

function notificationJson(notification: Notification, texts: TextSource) {
  const { id, state, dueAt, attempts, sentAt, providerId, lastError, queuedAt, why, note, maybeDuplicate } =
    notification;
  const { message } = notification;
  return {
    id,
    channel: channelOf(message, providerId),
    to: message.type === "alert" ? (message.rep?.userId ?? null) : message.to.address,
    subject: subjectOf(notification, texts),
    asOf: message.asOf,
    state,
    dueAt,
    attempts,
    sentAt,
    providerId,
    lastError,
    queuedAt,
    why: why && whyText(why),
    note,
    maybeDuplicate: maybeDuplicate ?? false,
  };
}
