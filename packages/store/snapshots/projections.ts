import type { CustomerId } from "@regulars/core/platform/values";
import { markDirty } from "../customers/document-ids.ts";
import type { EventSubscriber } from "../engine/event-writes.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { activities } from "./activities/activities.ts";
import { history } from "./history/history.ts";
import type { Projection } from "./projection.ts";
import { receivables } from "./receivables/receivables.ts";

/** Every projection of a customer snapshot. One more is a folder and an entry here. */
export const projections: readonly Projection[] = [history, receivables, activities];

/** Where a customer-year's dirty mark lies. */
export const markKey = (keys: Keys, { letters }: Projection, customerId: CustomerId, year: number): Key =>
  keys.snapshotPart(customerId, { part: "year", letter: letters.marker, year });

/** Where a customer-year's chunk lies, or one of its further pieces. */
export const chunkKey = (
  keys: Keys,
  { letters }: Projection,
  customerId: CustomerId,
  year: number,
  piece?: string,
): Key => keys.snapshotPart(customerId, { part: "year", letter: letters.chunk, year, piece });

/** Marks the customer-years that an event makes stale. */
export const dirtyMarks =
  (keys: Keys): EventSubscriber =>
  ({ type, customerId, on }) =>
    projections
      .filter(({ event }) => event === type)
      .map((projection) => {
        const key = markKey(keys, projection, customerId, Number(on.slice(0, 4)));
        return [key.sk, markDirty(key)];
      });
