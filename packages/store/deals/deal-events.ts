import type { Deal, LogEntry } from "@regulars/core/deals/deal";
import { dealEvent } from "@regulars/core/deals/deal-event";
import type { Keys } from "../keys.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { eventAttributes } from "../engine/published-events.ts";

/**
 * The attributes that list a log entry among the events to deliver: an event exists if and only if its change was
 * written. Empty for a change that causes no event.
 */
export const eventMark = (
  keys: Keys,
  entry: LogEntry,
  change: { readonly before?: Deal; readonly after: Deal; readonly isBulk?: boolean | undefined },
): StoredItem => eventAttributes(keys, dealEvent(entry, change));
