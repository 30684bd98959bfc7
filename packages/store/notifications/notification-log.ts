import type {
  Notification,
  NotificationPage,
  NotificationPageRequest,
} from "@regulars/core/notifications/notification";
import { newestFirst } from "../engine/document-pages.ts";
import { type Key, keyOfLongId } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Expiry } from "./notification-item.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";

type Given = Pick<Notification, "id" | "dueAt">;

const placeOf = ({ id, dueAt }: Given): string => `${dueAt}#${id}`;

/** Rows per query when only some states are wanted, and most rows for one page. */
const CHUNK = 100;
const MOST_ROWS = 1_000;

/**
 * A row of the notification log. It is an item of its own that costs one write unit; an index of the notifications
 * would contain their texts and double the cost of each change. It may exist before its notification: a row is ignored
 * if its notification is missing or is now due at another time.
 */
export const logRow = (keys: Keys, expiryOf: Expiry, given: Given): Key & StoredItem => ({
  ...keys.notificationLogRow(placeOf(given)),
  id: given.id,
  expiresAt: expiryOf(given.dueAt),
});

/** A page of the log; the latest due time first. */
export async function logPage(
  { operations, keys, parse }: { operations: Operations; keys: Keys; parse: (item: StoredItem) => Notification },
  { limit, state, before }: NotificationPageRequest,
): Promise<NotificationPage> {
  const found: Notification[] = [];
  const size = state === undefined ? limit : CHUNK;
  let place = before;
  for (let looked = 0; looked < MOST_ROWS; looked += size) {
    const rows = await rowsBefore(operations, keys, place, size);
    const wanted = rows.slice(0, size);
    const ids = [...new Set(wanted.map(({ id }) => id))];
    const items = await operations.batchGet(ids.map((id) => keys.notification(id)));
    const notifications = new Map(items.map(parse).map((notification) => [notification.id, notification]));
    for (const [i, { id, at }] of wanted.entries()) {
      place = at;
      const notification = notifications.get(id);
      if (notification === undefined || keyOfLongId(placeOf(notification)) !== at) continue;
      if (state === undefined || notification.state === state) found.push(notification);
      if (found.length === limit) return { notifications: found, next: i + 1 < rows.length ? place : undefined };
    }
    if (rows.length <= size) return { notifications: found };
  }
  return { notifications: found, next: place };
}

/** Up to `size` + 1 rows; the extra one shows that more exist. */
async function rowsBefore(operations: Operations, keys: Keys, before: string | undefined, size: number) {
  const place = before === undefined ? undefined : keys.notificationLogRow(before);
  const rows: { readonly id: string; readonly at: string }[] = [];
  for await (const item of operations.query(newestFirst(keys.notificationLog(), place, size))) {
    rows.push({ id: String(item["id"]), at: String(item["sk"]) });
    if (rows.length > size) break;
  }
  return rows;
}
