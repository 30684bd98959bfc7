import type { Deal, LogEntry } from "@regulars/core/deals/deal";
import { type DealEvent, dealState, eventTypesOf } from "@regulars/core/deals/deal-event";
import type { Keys } from "../keys.ts";
import type { Operations, StoredItem } from "../engine/operations.ts";

/** Who is told of a tenant's deals, as one store sees it. */
export class DealTelling {
  /** This store has written changes that somebody is to be told of. */
  hasNews = false;
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Whether anybody wants to be told: asked before every change, so that none is missed. */
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
 * What makes a row of the log wait for its webhooks: the log is the outbox, so that a change is told exactly when it
 * was written. Nothing for a change that nobody is told of.
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
