import type { Keys } from "../keys.ts";
import type { NewNotification } from "@regulars/core/notifications/notification";

/** A notification as it waits in the outbox: it is due as long as it stands in the index. */
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
