import type { Message } from "@regulars/core/notifications/message";
import type { Notification } from "@regulars/core/notifications/notification";
import type { Day, Instant } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { type Expiry, duePlace } from "./notification-item.ts";
import { logRow } from "./notification-log.ts";
import { notificationOf } from "./stored-message.ts";

type DueAt = (message: Message) => Instant;

/**
 * Releases the notifications that the nightly run of a day kept on hold; returns how many. The index may not show yet
 * what was put on hold in the last seconds: when the run of the day `isRepeated`, the log is read too, where all are.
 */
export function heldNotifications(operations: Operations, keys: Keys, expiryOf: Expiry) {
  const release = async ({ id, message }: Notification, dueAt: DueAt): Promise<boolean> => {
    const at = dueAt(message);
    await operations.put(logRow(keys, expiryOf, { id, dueAt: at }));
    return operations.update({
      Key: keys.notification(id),
      UpdateExpression: "SET #state = :due, dueAt = :at, g2p = :index, g2s = :place, expiresAt = :expiry",
      ConditionExpression: "#state = :onHold",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":due": "due",
        ":onHold": "on-hold",
        ":expiry": expiryOf(at),
        ":at": at,
        ":place": duePlace(at, message),
        ":index": keys.dueOf(id),
      },
    });
  };
  return async (asOf: Day, dueAt: DueAt, isRepeated: boolean): Promise<number> => {
    let released = 0;
    const indexed = operations.query({
      IndexName: "gsi2",
      KeyConditionExpression: "g2p = :held AND g2s = :asOf",
      ExpressionAttributeValues: { ":held": keys.held(), ":asOf": asOf },
    });
    for await (const item of indexed) if (await release(notificationOf(item), dueAt)) released += 1;
    for (const notification of isRepeated ? await heldInLog(operations, keys, asOf) : [])
      if (await release(notification, dueAt)) released += 1;
    return released;
  };
}

/** Those on hold of a day, by the log's rows: they are due after their day. */
async function heldInLog(operations: Operations, keys: Keys, asOf: Day): Promise<Notification[]> {
  const ids = new Set<string>();
  for await (const { id } of operations.query({
    KeyConditionExpression: "pk = :log AND sk > :asOf",
    ExpressionAttributeValues: { ":log": keys.notificationLog(), ":asOf": asOf },
    ConsistentRead: true,
  }))
    ids.add(String(id));
  const items = await operations.batchGet([...ids].map((id) => keys.notification(id)));
  return items.map(notificationOf).filter(({ state, message }) => state === "on-hold" && message.asOf === asOf);
}
