import type { Keys } from "../keys.ts";
import type { Message } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { storedMessage } from "./stored-message.ts";
import type { Instant } from "@regulars/core/platform/values";

/** The place in the index of what is due: the alerts for one person at one time are next to each other. */
export const duePlace = (dueAt: Instant, message: Message): string =>
  message.type === "alert" ? `${dueAt}#${message.rep?.userId ?? ""}` : dueAt;

/** After the places of everything that is due at a time. */
export const afterDue = (now: Instant): string => `${now}~`;

/** A notification as it is queued in the outbox. It is due while it is in the index of due notifications. */
export function notificationItem(
  keys: Keys,
  expiryOf: Expiry,
  { id, dueAt, message, isOnHold, queuedAt, why, note }: NewNotification,
) {
  return {
    ...keys.notification(id),
    id,
    state: isOnHold ? "on-hold" : "due",
    dueAt,
    attempts: 0,
    expiresAt: expiryOf(dueAt),
    ...storedMessage(message),
    ...(queuedAt === undefined ? {} : { queuedAt }),
    ...(why === undefined ? {} : { why }),
    ...(note === undefined ? {} : { note }),
    ...(isOnHold ? { g2p: keys.held(), g2s: message.asOf } : { g2p: keys.dueOf(id), g2s: duePlace(dueAt, message) }),
  };
}

/** When the table lets go of a message that was due then, with its contents, epoch seconds. */
export type Expiry = (dueAt: Instant) => number;

/** The expiry of messages that a tenant keeps for so many days after they were due. */
export const expiryAfter =
  (keepDays: number): Expiry =>
  (dueAt) =>
    Math.ceil(Date.parse(dueAt) / 1000) + keepDays * 86_400;
