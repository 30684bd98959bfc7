import { cutText } from "@regulars/core/platform/cut-text";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { MailEvent } from "@regulars/core/notifications/mail-event";
import {
  type Delivered,
  type DeliveryLog,
  type Failure,
  type Notification,
  type NotificationPage,
  type NotificationPageRequest,
  type NewNotification,
  type Outbox,
} from "@regulars/core/notifications/notification";
import type { Instant } from "@regulars/core/platform/values";
import { inDueOrder, inIdOrder } from "./due-order.ts";
import { outboxPartitionOf } from "./keys.ts";
import { logPage, logRow } from "./notification-log.ts";
import { type Expiry, afterDue, notificationItem } from "./notification-item.ts";
import { heldNotifications } from "./held-notifications.ts";
import { loggedNotifications } from "./logged.ts";
import { notificationOf } from "./stored-message.ts";
import { waitingNotifications } from "./waiting.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";

/** What an interrupted retry has made due already, and how this one records what it makes due. */
interface RetryProgress {
  readonly done?: ReadonlySet<string>;
  readonly companionOf?: (id: string) => CompanionWrites | undefined;
}

/**
 * Notifications that are queued side by side in each partition, which takes a thousand write units a second: at 5 ms each
 * these are 800 writes.
 */
const TOGETHER = 4;

/**
 * The outbox: queued and sent notifications. Queued ones are in GSI2 by due time. A claim moves that time to the end of
 * its lease, so that a notification is found again after a crash.
 */
export class StoredOutbox implements Outbox, DeliveryLog {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #expiryOf: Expiry;
  readonly postpone: Outbox["postpone"];
  readonly delay: Outbox["delay"];
  readonly drop: Outbox["drop"];
  readonly merge: Outbox["merge"];
  readonly amend: Outbox["amend"];
  readonly waitingFor: Outbox["waitingFor"];
  readonly noteClick: DeliveryLog["noteClick"];
  readonly release: DeliveryLog["release"];
  readonly queueWith: DeliveryLog["queueWith"];
  readonly releaseHeld: ReturnType<typeof heldNotifications>;
  readonly forget: DeliveryLog["forget"];

  constructor(operations: Operations, keys: Keys, expiryOf: Expiry) {
    this.#operations = operations;
    this.#keys = keys;
    this.#expiryOf = expiryOf;
    this.releaseHeld = heldNotifications(operations, keys, expiryOf);
    const waiting = waitingNotifications(operations, keys, expiryOf);
    ({ postpone: this.postpone, drop: this.drop, merge: this.merge, amend: this.amend } = waiting);
    this.delay = waiting.delay;
    this.waitingFor = waiting.waitingFor;
    const logged = loggedNotifications(operations, keys, expiryOf);
    ({ noteClick: this.noteClick, release: this.release, queueWith: this.queueWith, forget: this.forget } = logged);
  }

  /** Queues the notifications that do not exist yet. */
  async queue(notifications: readonly NewNotification[]): Promise<number> {
    const known = await this.#operations.batchGet(notifications.map(({ id }) => this.#keys.notification(id)));
    const queuedBefore = new Set(known.map((item) => item["id"]));
    // A put with a failing condition costs as much as a write, so known notifications are left out.
    const fresh = notifications.filter(({ id }) => !queuedBefore.has(id));
    await this.#operations.batchPut(fresh.map((notification) => logRow(this.#keys, this.#expiryOf, notification)));
    const queueSome = async (some: readonly NewNotification[]): Promise<number> => {
      let queued = 0;
      for (let from = 0; from < some.length; from += TOGETHER) {
        const puts = some
          .slice(from, from + TOGETHER)
          .map((one) => this.#operations.put(notificationItem(this.#keys, this.#expiryOf, one), mustBeNew));
        const stored = await Promise.all(puts);
        queued += stored.filter(Boolean).length;
      }
      return queued;
    };
    const partitions = [...Map.groupBy(fresh, ({ id }) => outboxPartitionOf(id)).values()];
    return (await Promise.all(partitions.map(queueSome))).reduce((sum, queued) => sum + queued, 0);
  }

  async find(id: string): Promise<Notification | undefined> {
    const item = await this.#operations.get(this.#keys.notification(id));
    return item === undefined ? undefined : notificationOf(item);
  }

  async due(now: Instant, limit: number): Promise<Notification[]> {
    const due: Notification[] = [];
    for await (const item of inDueOrder(this.#operations, this.#keys, { until: afterDue(now), limit })) {
      due.push(notificationOf(item));
      if (due.length === limit) break;
    }
    return due;
  }

  /**
   * Claims a notification. One in state `sending` was claimed by a process that did not finish; its message may have
   * been sent.
   */
  claim(notification: Notification, leaseUntil: Instant): Promise<boolean> {
    const wasSending = notification.state === "sending";
    return this.#operations.update({
      Key: this.#keys.notification(notification.id),
      UpdateExpression: `SET #state = :sending, attempts = :attempts, g2s = :lease${wasSending ? ", maybeDuplicate = :true, mayHaveArrived = :true" : ""}`,
      ConditionExpression: "attempts = :before AND #state = :state",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":sending": "sending",
        ":attempts": notification.attempts + 1,
        ":lease": leaseUntil,
        ":before": notification.attempts,
        ":state": notification.state,
        ...(wasSending ? { ":true": true } : {}),
      },
    });
  }

  async markSent(
    notification: Notification,
    sentAt: Instant,
    { providerId, maybeDuplicate = false, note }: Delivered,
  ): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.notification(notification.id),
      UpdateExpression: `SET #state = :sent, sentAt = :at, providerId = :provider${maybeDuplicate ? ", maybeDuplicate = :true" : ""}${note === undefined ? "" : ", note = :note"} REMOVE g2p, g2s`,
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":sent": "sent",
        ":at": sentAt,
        ":provider": providerId,
        ...(maybeDuplicate ? { ":true": true } : {}),
        ...(note === undefined
          ? {}
          : { ":note": notification.note === undefined ? note : `${notification.note}; ${note}` }),
      },
    });
  }

  /**
   * Marks the attempt as failed, if the claim is still valid. Another process may have claimed the notification after
   * the lease, or sent it.
   */
  async markFailed(notification: Notification, { error, retryAt, mayHaveArrived = false }: Failure): Promise<void> {
    const unsure = mayHaveArrived ? ", mayHaveArrived = :true" : "";
    await this.#operations.update({
      Key: this.#keys.notification(notification.id),
      UpdateExpression:
        retryAt === undefined
          ? `SET #state = :state, lastError = :error, g2p = :index, g2s = dueAt${unsure}`
          : `SET #state = :state, lastError = :error, g2s = :retry${unsure}`,
      ConditionExpression: "#state = :sending AND attempts = :attempts",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":state": retryAt === undefined ? "failed" : "due",
        ":error": error,
        ":sending": "sending",
        ":attempts": notification.attempts + 1,
        ...(mayHaveArrived ? { ":true": true } : {}),
        ...(retryAt === undefined ? { ":index": this.#keys.givenUp() } : { ":retry": retryAt }),
      },
    });
  }

  async end(notification: Notification, state: "failed" | "suppressed" | "dropped", why: string): Promise<void> {
    const isDropped = state === "dropped";
    await this.#operations.update({
      Key: this.#keys.notification(notification.id),
      UpdateExpression: isDropped
        ? "SET #state = :state, note = :why REMOVE g2p, g2s"
        : "SET #state = :state, lastError = :why, g2p = :index, g2s = dueAt",
      ConditionExpression: "#state = :sending AND attempts = :attempts",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":state": state,
        ":why": why,
        ":sending": "sending",
        ":attempts": notification.attempts + 1,
        ...(isDropped ? {} : { ":index": this.#keys.givenUp() }),
      },
    });
  }

  async noteFate(notificationId: string, { fate, at, detail }: MailEvent): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.notification(notificationId),
      UpdateExpression: "SET #fate = if_not_exists(#fate, :told)",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeNames: { "#fate": fate },
      ExpressionAttributeValues: { ":told": { at, ...(detail === undefined ? {} : { detail: cutText(detail, 499) }) } },
    });
  }

  /**
   * Makes failed notifications due again, without those of `done`. Returns how many. A companion write is written with
   * each. One that failed in the last second may not be in the index yet: it stays failed, and is shown as that.
   */
  async retryFailed(
    dueAt: Instant,
    { done = new Set(), companionOf = () => undefined }: RetryProgress = {},
  ): Promise<number> {
    let released = 0;
    for await (const item of this.#operations.query({
      IndexName: "gsi2",
      KeyConditionExpression: "g2p = :given",
      ExpressionAttributeValues: { ":given": this.#keys.givenUp() },
    })) {
      const { id } = notificationOf(item);
      if (done.has(id)) continue;
      if (await this.release(id, dueAt, companionOf(id))) released += 1;
    }
    return released;
  }

  page(request: NotificationPageRequest): Promise<NotificationPage> {
    const source = { operations: this.#operations, keys: this.#keys };
    return logPage({ ...source, parse: notificationOf }, request);
  }

  async *list(): AsyncGenerator<Notification> {
    for await (const item of inIdOrder(this.#operations, this.#keys)) yield notificationOf(item);
  }
}
