import type { NewNotification, Notification } from "@regulars/core/notifications/notification";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { Instant } from "@regulars/core/platform/values";
import { writesOf } from "../engine/companion-writes.ts";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { type Expiry, notificationItem } from "./notification-item.ts";
import { notificationOf } from "./stored-message.ts";
import { logRow } from "./notification-log.ts";

/** Log rows that are looked at together when old messages are erased. */
const CHUNK = 100;

/** What becomes of notifications in the log: clicks on them, sending them again, and the end of their days. */
export const loggedNotifications = (operations: Operations, keys: Keys, expiryOf: Expiry) => ({
  noteClick: async (
    notificationId: string,
    click: { readonly at: Instant; readonly detail?: string | undefined },
  ): Promise<void> => {
    await operations.update({
      Key: keys.notification(notificationId),
      UpdateExpression: "SET clicked = if_not_exists(clicked, :click)",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":click": click },
    });
  },

  release: (id: string, dueAt: Instant, companion?: CompanionWrites): Promise<boolean> => {
    const release = {
      Key: keys.notification(id),
      UpdateExpression: "SET #state = :due, dueAt = :at, g2p = :index, g2s = :at, expiresAt = :expiry",
      ConditionExpression: "#state IN (:failed, :suppressed)",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":due": "due",
        ":failed": "failed",
        ":suppressed": "suppressed",
        ":expiry": expiryOf(dueAt),
        ":at": dueAt,
        ":index": keys.dueOf(id),
      },
    };
    const row = { Put: { Item: logRow(keys, expiryOf, { id, dueAt }) } };
    return operations.transact([{ Update: release }, row, ...writesOf(companion)]);
  },

  queueWith: (notification: NewNotification, companion?: CompanionWrites): Promise<boolean> =>
    operations.transact([
      { Put: { Item: notificationItem(keys, expiryOf, notification), ...mustBeNew } },
      { Put: { Item: logRow(keys, expiryOf, notification) } },
      ...writesOf(companion),
    ]),

  forget: async (before: Instant): Promise<number> => {
    let forgotten = 0;
    for await (const rows of chunksBefore(operations, keys, before)) {
      const ids = [...new Set(rows.map(({ id }) => id))];
      const items = await operations.batchGet(ids.map((id) => keys.notification(id)));
      const found = items.map(notificationOf);
      const old = found.filter((one) => one.dueAt < before && !WAITING.has(one.state));
      const waiting = new Set(found.filter((one) => one.dueAt < before && WAITING.has(one.state)).map(({ id }) => id));
      const ended = rows.filter(({ id }) => !waiting.has(id)).map(({ key }) => key);
      await operations.batchDelete([...old.map(({ id }) => keys.notification(id)), ...ended]);
      forgotten += old.length;
    }
    return forgotten;
  },
});

/** States in which a message is still to be sent: none of these is erased, however old it is. */
const WAITING: ReadonlySet<Notification["state"]> = new Set(["due", "sending", "on-hold"]);

interface LogRow {
  readonly id: string;
  readonly key: Key;
}

/** The rows of the log before an instant, the oldest first. */
async function* chunksBefore(operations: Operations, keys: Keys, before: Instant): AsyncGenerator<readonly LogRow[]> {
  let chunk: LogRow[] = [];
  for await (const item of operations.query({
    KeyConditionExpression: "pk = :log AND sk < :before",
    ExpressionAttributeValues: { ":log": keys.notificationLog(), ":before": before },
  })) {
    chunk.push({ id: String(item["id"]), key: { pk: String(item["pk"]), sk: String(item["sk"]) } });
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
