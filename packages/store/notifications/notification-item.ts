import type { Keys } from "../keys.ts";
import type { Message } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { Instant } from "@regulars/core/platform/values";

/** The place in the index of what is due: the alerts for one person at one time are next to each other. */
export const duePlace = (dueAt: Instant, message: Message): string =>
  message.type === "alert" ? `${dueAt}#${message.rep?.userId ?? ""}` : dueAt;

/** After the places of everything that is due at a time. */
export const afterDue = (now: Instant): string => `${now}~`;

/** A notification as it is queued in the outbox. It is due while it is in the index of due notifications. */
export function notificationItem(keys: Keys, { id, dueAt, message, isOnHold, queuedAt, why }: NewNotification) {
  return {
    ...keys.notification(id),
    id,
    state: isOnHold ? "on-hold" : "due",
    dueAt,
    attempts: 0,
    expiresAt: expiryOf(dueAt),
    message,
    ...(queuedAt === undefined ? {} : { queuedAt }),
    ...(why === undefined ? {} : { why }),
    ...(isOnHold ? { g2p: keys.held(), g2s: message.asOf } : { g2p: keys.due(), g2s: duePlace(dueAt, message) }),
  };
}

/** Days for which a message is kept after it was due, with its contents. */
export const KEEP_DAYS = 90;

/** When the table lets go of a message that was due then, epoch seconds. */
export const expiryOf = (dueAt: Instant): number => Math.ceil(Date.parse(dueAt) / 1000) + KEEP_DAYS * 86_400;
