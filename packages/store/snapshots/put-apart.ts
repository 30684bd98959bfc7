import { rowAs } from "@regulars/core/platform/unreadable-row";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { Operations } from "../engine/operations.ts";
import type { WireItem } from "../engine/wire.ts";
import type { Keys } from "../keys.ts";
import { isAboutStatus, statusNotesOf, writeNotes } from "./status-notes.ts";

/** Puts findings about statuses apart that an earlier version stored in the customer's snapshot. */
export async function putApart(operations: Operations, keys: Keys, items: readonly WireItem[]): Promise<void> {
  for (const item of items) {
    const stored = unmarshall(item);
    const finding = rowAs(storedFindingSchema, stored);
    const { kind, subject } = finding;
    if (!isAboutStatus(subject)) continue;
    await operations.transact([
      { Put: { Item: { ...stored, ...keys.statusFinding(subject.customerId, kind, subject) } } },
      { Delete: { Key: { pk: String(stored["pk"]), sk: String(stored["sk"]) } } },
      ...writeNotes(keys, statusNotesOf(finding)),
    ]);
  }
}
