import type { Deal, LogEntry } from "@regulars/core/deals/deal";
import { type DealEvent, dealState, eventTypesOf } from "@regulars/core/deals/deal-event";
import type { Keys } from "../keys.ts";
import type { Operations, StoredItem } from "../engine/operations.ts";

/** Whether webhooks of the tenant subscribe to deals. */
export class DealTelling {
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
}

/**
 * The attributes that list a log entry in the index of events to deliver. The log is the outbox: an event exists if and
 * only if its change was written. Empty for a change that causes no event.
 */
export function eventMark(
  keys: Keys,
  entry: LogEntry,
  {
    before,
    after,
    isBulk = false,
  }: { readonly before?: Deal; readonly after: Deal; readonly isBulk?: boolean | undefined },
): StoredItem {
  const types = eventTypesOf(entry.action, after);
  if (types.length === 0) return {};
  const event: DealEvent = {
    types,
    at: entry.at,
    actorId: entry.actorId,
    requestId: entry.requestId,
    isBulk,
    ...(before === undefined ? {} : { previous: dealState(before) }),
    current: dealState(after),
  };
  return { event, g2p: keys.dealEvents(), g2s: `${entry.at}#${entry.dealId}#${entry.version}` };
}
