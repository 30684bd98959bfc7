import { ContentionError } from "@regulars/core/platform/contention-error";
import type { NoteSaved, SaveCounts, Saved } from "@regulars/core/platform/save-counts";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "./companion-writes.ts";
import type { Operations } from "./operations.ts";
import { pauseToReread } from "./pause.ts";
import type { TransactWrite } from "./transact-write.ts";
import { type WriteGroup, runGrouped } from "./packing.ts";
import { SaveCounter } from "./save-counter.ts";

/** With so many rounds a dozen writers of one record all get their turn: in each round at least one of them does. */
const MAX_ROUNDS = 12;

/** A record with the writes that save it, on the condition that nobody has written it since it was read. */
export interface RecordWrites<Doc> extends WriteGroup, Saved<Doc> {
  /** Groups of one number are written one after the other. */
  readonly groupKey: number;
  /** What remains to be done once the record is saved. */
  readonly afterwards?: (() => Promise<void>) | undefined;
}

/** One reading of records that are to be saved. */
export interface ReadToSave<Doc> {
  readonly unchanged: readonly Doc[];
  readonly differing: readonly RecordWrites<Doc>[];
}

interface SavingRecords<Doc> {
  /** What the records are, in the plural. */
  readonly name: string;
  readonly note?: NoteSaved<Doc> | undefined;
  /** Reads what is stored of these records, and compares. */
  readonly read: (records: readonly Doc[]) => Promise<ReadToSave<Doc>>;
}

/**
 * Saves records that many may write at once: each is read, compared, and written on the condition that it is still as
 * it was read. One that was overtaken is read again. Throws a `ContentionError` for those that never get their turn,
 * unless a listener is told of each.
 */
export async function saveRecords<Doc>(
  operations: Operations,
  records: readonly Doc[],
  { name, note, read }: SavingRecords<Doc>,
): Promise<SaveCounts> {
  const counter = new SaveCounter(note);
  let left = records;
  for (let round = 0; left.length > 0 && round < MAX_ROUNDS; round += 1) {
    if (round > 0) await pauseToReread(round);
    const { unchanged, differing } = await read(left);
    for (const record of unchanged) counter.add(record, "unchanged");
    const overtaken: Doc[] = [];
    const reserved = note?.companionOf === undefined ? 0 : 1;
    await runGrouped(
      differing,
      ({ groupKey }) => groupKey,
      async ({ groups }) => {
        const lost = await writeGroups(operations, groups, note?.companionOf);
        for (const group of groups)
          if (lost.has(group)) overtaken.push(group.record);
          else {
            counter.add(group.record, group.outcome);
            await group.afterwards?.();
          }
      },
      reserved,
    );
    left = overtaken;
  }
  if (left.length > 0 && note === undefined)
    throw new ContentionError(`${left.length} ${name} keep being changed by other writers: try again`);
  for (const record of left) counter.overtaken(record);
  return counter.counts();
}

/** Writes groups in one transaction, without those that were overtaken, which are returned. */
export async function writeGroups<G extends WriteGroup>(
  operations: Operations,
  groups: readonly G[],
  companionOf?: (groups: readonly G[]) => CompanionWrites | undefined,
): Promise<ReadonlySet<G>> {
  const lost = new Set<G>();
  let trying = groups;
  while (trying.length > 0) {
    const owners = trying.flatMap((group) => group.writes.map(() => group));
    const failed = await operations.transactOrFailed([...writesOfAll(trying), ...writesOf(companionOf?.(trying))]);
    if (failed.length === 0) return lost;
    const overtaken = new Set(failed.map((at) => owners[at]));
    // A shared write fails for all of them.
    for (const group of overtaken.has(undefined) ? trying : overtaken) if (group !== undefined) lost.add(group);
    trying = trying.filter((group) => !lost.has(group));
  }
  return lost;
}

const writesOfAll = (groups: readonly WriteGroup[]): TransactWrite[] => [
  ...groups.flatMap(({ writes }) => writes),
  ...new Map(groups.flatMap(({ shared }) => [...shared])).values(),
];
