import type { Keys } from "../keys.ts";
import type { NewNotification } from "@regulars/core/notifications/notification";

/** A notification as it is queued in the outbox. It is due while it is in the index of due notifications. */
export function notificationItem(keys: Keys, { id, dueAt, message, isOnHold }: NewNotification) {
  return {
    ...keys.notification(id),
    id,
    state: isOnHold ? "on-hold" : "due",
    dueAt,
    attempts: 0,
    message,
    ...(isOnHold ? { g2p: keys.held(), g2s: message.asOf } : { g2p: keys.due(), g2s: dueAt }),
  };
}
