import { type CustomerId, type Day, type PersonId, toDayNumber } from "@regulars/core/platform/values";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { withoutNonPersons } from "@regulars/core/snapshots/non-persons";
import { CorruptChunkError } from "../../engine/bytes.ts";
import type { Operations } from "../../engine/operations.ts";
import { wirePages } from "../../engine/wire.ts";
import type { Keys } from "../../keys.ts";
import { type Chunk, joinedBytes } from "../chunk.ts";
import { parseSnapshotSort } from "../keys.ts";
import { emptySnapshot, notePart, yearsIn } from "../raw-snapshot.ts";
import type { Rebuilder } from "../rebuild.ts";
import { activities } from "./activities.ts";
import { decodeActivities } from "./activities-chunk.ts";

/** Reads the packed activities of one customer without the rest of the snapshot. */
export class ActivityReader {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #rebuilder: Pick<Rebuilder, "chunkOf">;
  readonly #nonPersons: () => Promise<ReadonlySet<PersonId>>;

  constructor(
    operations: Operations,
    keys: Keys,
    rebuilder: Pick<Rebuilder, "chunkOf">,
    nonPersons: () => Promise<ReadonlySet<PersonId>>,
  ) {
    this.#nonPersons = nonPersons;
    this.#operations = operations;
    this.#keys = keys;
    this.#rebuilder = rebuilder;
  }

  /** Counted activities with persons up to `asOf`, of its year and the one before. A dirty year is packed again, and not stored. */
  async read(customerId: CustomerId, asOf: Day): Promise<readonly ActivityView[]> {
    const nonPersons = this.#nonPersons();
    const until = Number(asOf.slice(0, 4));
    const years = [until - 1, until];
    // First what is dirty: a chunk that is read later is at least as new.
    const dirty = await this.#dirty(customerId, years);
    const chunks = await this.#chunks(customerId, years);
    const views: ActivityView[] = [];
    for (const year of years) {
      if (!chunks.has(year) && !dirty.has(year)) continue;
      const stored = dirty.has(year) ? undefined : readable(chunks.get(year), asOf);
      const packed = async () => this.#rebuilder.chunkOf(activities, customerId, year);
      views.push(...(stored ?? decodeActivities((await packed()).bytes, toDayNumber(asOf))));
    }
    return withoutNonPersons(views, await nonPersons);
  }

  async #dirty(customerId: CustomerId, years: readonly number[]): Promise<ReadonlySet<number>> {
    const { marker } = activities.letters;
    const keyOf = (year: number) => this.#keys.change(customerId, marker, String(year));
    const found = await this.#operations.batchGet(years.map(keyOf));
    // A clean marker only says that the year has changed.
    const sorts = new Set(found.filter(({ n, c }) => n !== c).map(({ sk }) => sk));
    return new Set(years.filter((year) => sorts.has(keyOf(year).sk)));
  }

  async #chunks(customerId: CustomerId, years: readonly number[]): Promise<ReadonlyMap<number, Chunk>> {
    const { table, usage } = this.#operations;
    const { pk, prefix } = this.#keys.snapshot(customerId);
    const { chunk } = activities.letters;
    const snapshot = emptySnapshot(customerId);
    const range = {
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      // "$" comes after "#": the range has the chunks of these years with their pieces.
      ExpressionAttributeValues: {
        ":pk": { S: pk },
        ":from": { S: `${prefix}${chunk}#${Math.min(...years)}` },
        ":to": { S: `${prefix}${chunk}#${Math.max(...years)}$` },
      },
      ConsistentRead: true,
    };
    for await (const items of wirePages(table, range, usage))
      for (const item of items) {
        const { letter, rest } = parseSnapshotSort(item["sk"]?.S ?? "");
        notePart(snapshot, letter, rest, item);
      }
    return yearsIn(snapshot, activities).chunks;
  }
}

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
