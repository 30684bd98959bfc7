import type { Period } from "../platform/period.ts";
import type { ItemId } from "../platform/values.ts";
import type { Documents, History } from "../snapshots/history.ts";

/** The most source documents that evidence names: all are too many to read. */
const MOST_DOCUMENTS = 20;

/** The last documents of a period, oldest first; with items, only those that have a line of one of them. */
export function lastDocuments(
  { documents, itemOf }: Pick<History, "documents" | "itemOf">,
  { from, to }: Period,
  items?: readonly ItemId[],
): string[] {
  const ids: string[] = [];
  for (let d = documents.count - 1; d >= 0 && ids.length < MOST_DOCUMENTS; d -= 1) {
    const on = documents.day[d] ?? 0;
    if (on < from || on > to) continue;
    if (items === undefined || hasLine(documents, d, (item) => items.includes(itemOf(item).itemId)))
      ids.push(documents.ids[d] ?? "");
  }
  return ids.toReversed();
}

function hasLine({ firstLine, item }: Documents, document: number, isIt: (item: number) => boolean): boolean {
  for (let l = firstLine[document] ?? 0; l < (firstLine[document + 1] ?? 0); l += 1)
    if (isIt(item[l] ?? -1)) return true;
  return false;
}
