import { type CustomerId, type Day, toDayNumber } from "@regulars/core/platform/values";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import type { Operations } from "../../engine/operations.ts";
import { wirePages } from "../../engine/wire.ts";
import type { Keys } from "../../keys.ts";
import { CorruptChunkError } from "../../engine/bytes.ts";
import { type Chunk, joinedBytes } from "../chunk.ts";
import { parseSnapshotSort } from "../keys.ts";
import { emptySnapshot, notePart, yearsIn } from "../raw-snapshot.ts";
import type { Rebuilder } from "../rebuild.ts";
import { activities } from "./activities.ts";
import { decodeActivities } from "./activities-chunk.ts";

/** The activities of a stored chunk; `undefined` where only the source of truth has them. */
function readable(chunk: Chunk | undefined, asOf: Day): ActivityView[] | undefined {
  const bytes = chunk === undefined || chunk.revision === 0 ? undefined : joinedBytes(chunk);
  if (bytes === undefined) return undefined;
  try {
    return decodeActivities(bytes, toDayNumber(asOf));
  } catch (error) {
    if (error instanceof CorruptChunkError) return undefined;
    throw error;
  }
}

/** Reads the packed activities of one customer without the rest of the snapshot. */
export class ActivityReader {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #rebuilder: Pick<Rebuilder, "chunkOf">;

  constructor(operations: Operations, keys: Keys, rebuilder: Pick<Rebuilder, "chunkOf">) {
    this.#operations = operations;
    this.#keys = keys;
    this.#rebuilder = rebuilder;
  }

  /** Counted activities up to `asOf`, of its year and the one before. A dirty year is packed again, and not stored. */
  async read(customerId: CustomerId, asOf: Day): Promise<ActivityView[]> {
    const { chunks, dirtyMarkers } = await this.#packed(customerId);
    const year = Number(asOf.slice(0, 4));
    const views: ActivityView[] = [];
    for (const one of [year - 1, year]) {
      if (!chunks.has(one) && !dirtyMarkers.has(one)) continue;
      const stored = dirtyMarkers.has(one) ? undefined : readable(chunks.get(one), asOf);
      const packed =
        stored ?? decodeActivities(await this.#rebuilder.chunkOf(activities, customerId, one), toDayNumber(asOf));
      views.push(...packed);
    }
    return views;
  }

  async #packed(customerId: CustomerId) {
    const { table, usage } = this.#operations;
    const { pk, prefix } = this.#keys.snapshot(customerId);
    const { marker, chunk } = activities.letters;
    const snapshot = emptySnapshot(customerId);
    const pages = wirePages(
      table,
      {
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        // "$" comes after "#": the range has the dirty markers, the chunks and their pieces.
        ExpressionAttributeValues: {
          ":pk": { S: pk },
          ":from": { S: `${prefix}${marker}#` },
          ":to": { S: `${prefix}${chunk}$` },
        },
        ConsistentRead: true,
      },
      usage,
    );
    for await (const items of pages)
      for (const item of items) {
        const { letter, rest } = parseSnapshotSort(item["sk"]?.S ?? "");
        notePart(snapshot, letter, rest, item);
      }
    return yearsIn(snapshot, activities);
  }
}
