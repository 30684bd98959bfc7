import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/platform/save-counts";
import type * as z from "zod";
import { contentHash } from "./content-hash.ts";
import { keeping } from "./keeping.ts";
import type { Key } from "./key.ts";
import type { Operations } from "./operations.ts";
import type { StoredItem } from "./own-write.ts";
import type { TransactWrite } from "./transact-write.ts";
import { replacing } from "./revision.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "./save-groups.ts";

interface Replacing<T> {
  /** What the records are, in the plural. */
  readonly name: string;
  /** Fields that keep their stored value. */
  readonly keep?: readonly string[] | undefined;
  readonly note?: NoteSaved<T> | undefined;
  readonly schema: z.ZodType<T>;
  readonly keyOf: (record: T) => Key;
  /** Attributes for an index, in addition to the record. */
  readonly extra?: (record: T) => Record<string, string>;
  /** Further writes of the same transaction; `before` is the stored record, if there is one. */
  readonly further?: (record: T, outcome: SaveOutcome, before: T | undefined) => readonly TransactWrite[];
}

/**
 * Saves small records with a fixed key. Each is replaced completely if it differs, on the condition that nobody has
 * replaced it since it was read.
 */
export function replaceRecords<T extends object>(
  operations: Operations,
  records: readonly T[],
  { name, note, ...given }: Replacing<T>,
): Promise<SaveCounts> {
  return saveRecords(operations, records, {
    name,
    note,
    read: async (left) => {
      const stored = await operations.batchGet(left.map(given.keyOf));
      return compared(left, new Map(stored.map((item) => [nameOf(item), item])), given);
    },
  });
}

const nameOf = ({ pk, sk }: StoredItem): string => `${String(pk)} ${String(sk)}`;

function compared<T extends object>(
  records: readonly T[],
  stored: ReadonlyMap<string, StoredItem>,
  { keep = [], schema, keyOf, extra = () => ({}), further = () => [] }: Omit<Replacing<T>, "name" | "note">,
): ReadToSave<T> {
  const unchanged: T[] = [];
  const differing: RecordWrites<T>[] = [];
  for (const given of records) {
    const key = keyOf(given);
    const item = stored.get(nameOf({ ...key }));
    const before = item === undefined ? undefined : rowAs(schema, item);
    const record = keeping(given, before, keep);
    const outcome = saveOutcomeOf(before && contentHash(before), contentHash(record));
    if (outcome === "unchanged") unchanged.push(given);
    else
      differing.push({
        record: given,
        outcome,
        writes: [
          { Put: replacing({ ...key, ...record, ...extra(record) }, item) },
          ...further(record, outcome, before),
        ],
        shared: new Map(),
        groupKey: 0,
      });
  }
  return { unchanged, differing };
}

/** The outcome of a save, from the hashes of the stored and the new record. */
export const saveOutcomeOf = (stored: string | undefined, hash: string): SaveOutcome =>
  stored === undefined ? "created" : stored === hash ? "unchanged" : "changed";
