import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import type { Keys } from "../keys.ts";
import type { EventSubscriber } from "./event-writes.ts";
import type { Operations } from "./operations.ts";
import { type StoredItem, mustBeNew } from "./own-write.ts";

const KEPT_SECONDS = 30 * 86_400;

/**
 * The attributes that list an item in the index of events to deliver. A feature that logs its changes puts them on the
 * log entry: then the log is the outbox, and costs no further write. Empty without event types.
 */
export const eventAttributes = (keys: Keys, event: PublishedEvent): StoredItem =>
  event.eventTypes.length === 0 ? {} : { event, g2p: keys.publishedEvents(), g2s: `${event.at}#${event.eventId}` };

/** An event as an item of its own, which fails the transaction when the event was published before. */
const eventWrite = (keys: Keys, event: PublishedEvent) => ({
  Put: {
    Item: {
      ...keys.publishedEvent(event.eventId),
      ...eventAttributes(keys, event),
      expiresAt: Math.ceil(Date.parse(event.at) / 1000) + KEPT_SECONDS,
    },
    ...mustBeNew,
  },
});

/** Stores published events in the transaction of the change. */
export const publishing =
  (keys: Keys): EventSubscriber =>
  (event) =>
    event.type === "published" ? [[event.eventId, eventWrite(keys, event)]] : [];

/** A tenant's events for webhooks. */
export class PublishedEvents {
  /** Whether this store has written changes that a webhook must be called for. */
  hasNews = false;
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Whether an active webhook exists. Asked before every change, so that no event is missed. */
  async isWanted(): Promise<boolean> {
    for await (const item of this.#operations.partition(this.#keys.webhooks()))
      if (item["isActive"] === true) {
        this.hasNews = true;
        return true;
      }
    return false;
  }

  /** Publishes an event of a change that is already stored; `false` if nobody wants it, or it was published before. */
  async publish(event: PublishedEvent): Promise<boolean> {
    if (event.eventTypes.length === 0 || !(await this.isWanted())) return false;
    return this.#operations.transact([eventWrite(this.#keys, event)]);
  }
}
