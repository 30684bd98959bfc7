import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/platform/save-counts";
import type * as z from "zod";
import { contentHash } from "./content-hash.ts";
import { keeping } from "./keeping.ts";
import type { Key } from "./key.ts";
import type { Operations } from "./operations.ts";
import { SaveCounter } from "./save-counter.ts";

interface Replacing<T> {
  /** Fields that keep their stored value. */
  readonly keep?: readonly string[] | undefined;
  readonly note?: NoteSaved<T> | undefined;
  readonly schema: z.ZodType<T>;
  readonly keyOf: (record: T) => Key;
  /** Attributes for an index, in addition to the record. */
  readonly extra?: (record: T) => Record<string, string>;
}

/** Saves small records with a fixed key. Each is replaced completely if it differs. */
export async function replaceRecords<T extends object>(
  operations: Operations,
  records: readonly T[],
  { keep = [], note, schema, keyOf, extra = () => ({}) }: Replacing<T>,
): Promise<SaveCounts> {
  const counter = new SaveCounter(note);
  const stored = await operations.batchGet(records.map(keyOf));
  const known = new Map(stored.map((item) => [`${String(item["pk"])} ${String(item["sk"])}`, schema.parse(item)]));
  const before = new Map([...known].map(([key, record]) => [key, contentHash(record)]));
  const keyed = records.map((given) => {
    const key = keyOf(given);
    const name = `${key.pk} ${key.sk}`;
    const record = keeping(given, known.get(name), keep);
    return { key, record, given, outcome: saveOutcomeOf(before.get(name), contentHash(record)) };
  });
  const differing = keyed.filter(({ outcome }) => outcome !== "unchanged");
  await operations.batchPut(differing.map(({ key, record }) => ({ ...key, ...record, ...extra(record) })));
  for (const { given, outcome } of keyed) counter.add(given, outcome);
  return counter.counts();
}

/** The outcome of a save, from the hashes of the stored and the new record. */
export const saveOutcomeOf = (stored: string | undefined, hash: string): SaveOutcome =>
  stored === undefined ? "created" : stored === hash ? "unchanged" : "changed";
