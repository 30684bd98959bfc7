import { isInSlack } from "@regulars/functions/workers/tell-slack";
import { channelOf } from "@regulars/core/notifications/channel";
import type { Notification } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import { deliveryOf } from "@regulars/render/notifications/delivery";
import { deliveriesCsv } from "@regulars/render/notifications/deliveries-csv";
import { whyText } from "@regulars/core/notifications/why";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { resend } from "@regulars/flows/notifications/resend";
import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";
import { textTable } from "../text-table.ts";

export interface DeliveriesOptions {
  readonly tenant: string;
  readonly retry?: boolean;
  readonly csv?: boolean;
  readonly resend?: string;
}

/** `regulars deliveries`: notifications that were sent, are waiting or have failed. */
export function notificationsCommand(session: Session, options: DeliveriesOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const { store, catalog } = await system.openTenant(tenantId);
    if (options.retry === true) {
      await store.outbox.retryFailed(toInstant(system.runtime.clock()));
      await system.queues.send("outgoing", { tenantId });
      await jobsDone(system);
    }
    if (options.resend !== undefined) {
      const { outbox: log, suppressions } = store;
      const now = toInstant(system.runtime.clock());
      const addressOfUser = async (userId: UserId) => (await store.user(userId))?.email;
      const resent = await resend({
        log,
        suppressions,
        addressOfUser,
        isInSlack: (userId) => isInSlack(userId, store, system.runtime),
        notificationId: options.resend,
        by: "command",
        now,
      });
      if (!resent.ok) throw new UserError(resent.message);
      await system.queues.send("outgoing", { tenantId });
      await jobsDone(system);
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
      session.print(deliveriesCsv(notifications.map((notification) => deliveryOf(notification, catalog.textOf))));
      return 0;
    }
    const rows = notifications.map((notification) => [
      notification.sentAt ?? notification.dueAt,
      notification.state + (notification.maybeDuplicate === true ? " (maybe twice)" : ""),
      receiverOf(notification),
      deliveryOf(notification, catalog.textOf).subject,
      notification.lastError ?? notification.note ?? "",
    ]);
    session.print(
      rows.length === 0 ? "No notifications yet.\n" : `${textTable(["WHEN", "STATE", "TO", "WHAT", "ERROR"], rows)}\n`,
    );
    return 0;
  });
}

const receiverOf = ({ message, providerId }: Notification): string => {
  if (message.type !== "alert") return `mail ${message.to.address}`;
  return `${channelOf(message, providerId) === "slack" ? "slack" : "mail"} ${message.rep?.name ?? "channel"}`;
};

function notificationJson(notification: Notification, texts: TextSource) {
  const { id, state, dueAt, attempts, sentAt, providerId, lastError, queuedAt, why, note, maybeDuplicate } =
    notification;
  const { channel, to, subject } = deliveryOf(notification, texts);
  const { delivered, bounced, clicked } = notification;
  return {
    id,
    channel,
    to,
    subject,
    asOf: notification.message.asOf,
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
    delivered,
    bounced,
    clicked,
  };
}
