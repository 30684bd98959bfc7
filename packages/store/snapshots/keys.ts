import { type Subject, subjectPath } from "@regulars/core/insights/subject";
import { idOfKey, keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId } from "@regulars/core/platform/values";
import { type Key, type InFamily, keyOfLongId, shardOf } from "../engine/key.ts";

/** The parts of a customer snapshot in the order in which they are read. Sort keys are `C#<customer>#<part>`. */
type SnapshotPart =
  | { readonly part: "profile" }
  | {
      /** A calendar year of a projection: its dirty marker, its chunk, or a further piece of the chunk. */
      readonly part: "year";
      readonly letter: string;
      readonly year: number;
      readonly piece?: string | undefined;
    }
  | { readonly part: "statuses" }
  | { readonly part: "finding" | "dismissal"; readonly kind: string; readonly subject: Subject };

export const PROFILE_LETTER = "P";

const FINDING_PARTS = { dismissal: "A", finding: "F" } as const;

function partSort(part: SnapshotPart): string {
  if (part.part === "profile") return PROFILE_LETTER;
  if (part.part === "statuses") return "S";
  if (part.part === "year") return `${part.letter}#${part.year}${part.piece === undefined ? "" : `#${part.piece}`}`;
  const path = subjectPath(part.subject);
  return [FINDING_PARTS[part.part], part.kind, ...(path === undefined ? [] : [keyOfLongId(path)])].join("#");
}

/** Where the sort keys that begin with a customer's prefix end: "$" follows "#". */
export const afterPrefix = (prefix: string): string => `${prefix.slice(0, -1)}$`;

/** Parses the sort key of a snapshot item into customer and part. */
export function parseSnapshotSort(sk: string): {
  readonly customerId: string;
  readonly letter: string;
  readonly rest: string;
} {
  const end = sk.indexOf("#", 2);
  return { customerId: idOfKey(sk.slice(2, end)), letter: sk.charAt(end + 1), rest: sk.slice(end + 3) };
}

export function snapshotsKeys(inFamily: InFamily) {
  const shardPartition = (shard: number): string => inFamily(`S#${String(shard).padStart(2, "0")}`);
  const statusFindingsPartition = (shard: number): string => inFamily(`SF#${String(shard).padStart(2, "0")}`);
  const changesPartition = (shard: number): string => inFamily(`CHANGED#${String(shard).padStart(2, "0")}`);
  return {
    /** The dirty markers of a shard, with the sort keys of snapshots: apart from them, so that they are found alone. */
    changes: (shard: number): string => changesPartition(shard),
    changesOf: (customerId: CustomerId): string => changesPartition(shardOf(customerId)),
    change: (customerId: CustomerId, letter: string, year: string): Key => ({
      pk: changesPartition(shardOf(customerId)),
      sk: `C#${keyOfId(customerId)}#${letter}#${year}`,
    }),
    /** The marker of a changed profile, and of what was decided on the customer's findings. */
    changedProfile: (customerId: CustomerId): Key => ({
      pk: changesPartition(shardOf(customerId)),
      sk: `C#${keyOfId(customerId)}#${PROFILE_LETTER}`,
    }),
    shard: (shard: number): string => shardPartition(shard),
    snapshot: (customerId: CustomerId): { readonly pk: string; readonly prefix: string } => ({
      pk: shardPartition(shardOf(customerId)),
      prefix: `C#${keyOfId(customerId)}#`,
    }),
    /** The findings about statuses of a customer, apart from the snapshot: a nightly run does not read them. */
    statusFindings: (customerId: CustomerId): string => statusFindingsPartition(shardOf(customerId)),
    statusFinding: (customerId: CustomerId, kind: string, subject: Subject): Key => ({
      pk: statusFindingsPartition(shardOf(customerId)),
      sk: `C#${keyOfId(customerId)}#${partSort({ part: "finding", kind, subject })}`,
    }),
    snapshotPart: (customerId: CustomerId, part: SnapshotPart): Key => ({
      pk: shardPartition(shardOf(customerId)),
      sk: `C#${keyOfId(customerId)}#${partSort(part)}`,
    }),
  };
}
