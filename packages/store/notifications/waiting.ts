import type { Message } from "@regulars/core/notifications/message";
import { type NewNotification, type Notification, isUnsure } from "@regulars/core/notifications/notification";
import type { Why } from "@regulars/core/notifications/route";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { inDueOrder } from "./due-order.ts";
import { type Expiry, duePlace, notificationItem } from "./notification-item.ts";
import { MESSAGE_ATTRIBUTES, notificationOf, storedMessage } from "./stored-message.ts";
import { logRow } from "./notification-log.ts";

/** What becomes of notifications before they are sent; each write fails when somebody else has claimed them since. */
export const waitingNotifications = (operations: Operations, keys: Keys, expiryOf: Expiry) => ({
  postpone: (notification: Notification, until: Instant, why: Why): Promise<boolean> =>
    operations.transact([
      changed(
        keys,
        notification,
        `SET #state = :next, dueAt = :until, g2s = :place, why = :why${unsureOf(notification)}`,
        {
          ":next": "due",
          ":until": until,
          ":place": duePlace(until, notification.message),
          ":why": why,
          ...(isUnsure(notification) ? { ":true": true } : {}),
        },
      ),
      { Put: { Item: logRow(keys, expiryOf, { id: notification.id, dueAt: until }) } },
    ]),

  delay: (notification: Notification, until: Instant, error: string): Promise<boolean> =>
    operations.transact([
      changed(keys, notification, "SET g2s = :place, lastError = :error", {
        ":place": duePlace(until, notification.message),
        ":error": error,
      }),
    ]),

  amend: (notification: Notification, message: Message): Promise<boolean> =>
    operations.transact([changed(keys, notification, ...withMessage(message))]),

  waitingFor: async (userId: UserId | undefined): Promise<Notification[]> => {
    const isTheirs = userId === undefined ? "" : ` AND (${THEIRS})`;
    const found: Notification[] = [];
    for await (const item of inDueOrder(operations, keys, {
      FilterExpression: `#state = :waiting${isTheirs}`,
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":waiting": "due", ...(userId === undefined ? {} : { ":user": userId }) },
    }))
      found.push(notificationOf(item));
    return found;
  },

  drop: (notification: Notification, note: string): Promise<boolean> =>
    operations.transact([ended(keys, notification, "dropped", note)]),

  merge: (notifications: readonly Notification[], merged: NewNotification): Promise<boolean> =>
    operations.transact([
      ...notifications.map((notification) => ended(keys, notification, "merged", merged.id)),
      { Put: { Item: notificationItem(keys, expiryOf, merged), ...mustBeNew } },
      { Put: { Item: logRow(keys, expiryOf, merged) } },
    ]),
});

const THEIRS = "message.userId = :user OR message.rep.userId = :user OR readerId = :user";

/** One whose process ended stays one that may have arrived. */
const unsureOf = (notification: Notification): string => (isUnsure(notification) ? ", mayHaveArrived = :true" : "");

/** Sets the attributes of a message, and takes away those that it does not have. */
function withMessage(message: Message): [expression: string, values: Readonly<Record<string, unknown>>] {
  const stored = storedMessage(message);
  const has = MESSAGE_ATTRIBUTES.filter((name) => stored[name] !== undefined);
  const lacks = MESSAGE_ATTRIBUTES.filter((name) => stored[name] === undefined);
  return [
    `SET ${has.map((name) => `${name} = :${name}`).join(", ")}${lacks.length === 0 ? "" : ` REMOVE ${lacks.join(", ")}`}`,
    Object.fromEntries(has.map((name) => [`:${name}`, stored[name]])),
  ];
}

const ended = (keys: Keys, notification: Notification, state: "dropped" | "merged", note: string): TransactWrite =>
  changed(keys, notification, "SET #state = :next, note = :note REMOVE g2p, g2s", { ":next": state, ":note": note });

/** Changes a notification that is as it was read: a claim counts its attempts. */
function changed(
  keys: Keys,
  { id, attempts, state }: Notification,
  expression: string,
  values: Readonly<Record<string, unknown>>,
): TransactWrite {
  return {
    Update: {
      Key: keys.notification(id),
      UpdateExpression: expression,
      ConditionExpression: "attempts = :attempts AND #state = :state",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ...values, ":attempts": attempts, ":state": state },
    },
  };
}
