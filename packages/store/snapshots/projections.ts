import type { CustomerId } from "@regulars/core/platform/values";
import { markDirty } from "../customers/document-ids.ts";
import type { EventSubscriber } from "../engine/event-writes.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { activities } from "./activities/activities.ts";
import { history } from "./history/history.ts";
import type { Projection } from "./projection.ts";
import { projects } from "./projects/projects.ts";
import { receivables } from "./receivables/receivables.ts";
import { requests } from "./requests/requests.ts";
import { sales } from "./sales/sales.ts";

/** Every projection of a customer snapshot. A new one needs a folder and an entry here. */
export const projections: readonly Projection[] = [history, receivables, activities, sales, requests, projects];

/** The key of the dirty marker of a customer-year. */
export const markKey = (keys: Keys, { letters }: Projection, customerId: CustomerId, year: number): Key =>
  keys.change(customerId, letters.marker, String(year));

/** The key of the chunk of a customer-year, or of one of its further pieces. */
export const chunkKey = (
  keys: Keys,
  { letters }: Projection,
  customerId: CustomerId,
  year: number,
  piece?: string,
): Key => keys.snapshotPart(customerId, { part: "year", letter: letters.chunk, year, piece });

/** Sets the dirty markers of the customer-years that an event concerns. */
export const dirtyMarks =
  (keys: Keys): EventSubscriber =>
  (change) =>
    change.type === "published"
      ? []
      : projections
          .filter(({ event }) => event === change.type)
          .map((projection) => {
            const key = markKey(keys, projection, change.customerId, Number(change.on.slice(0, 4)));
            return [key.sk, markDirty(key)];
          });
