import { findingId } from "@regulars/core/insights/finding";
import type { EndedFinding, NightStore } from "@regulars/core/ports";
import type { Day, FindingId } from "@regulars/core/values";

/** What became of findings that ended from a day on, oldest first. */
export async function listEnded(
  store: Pick<NightStore, "endedSince">,
  since: Day,
): Promise<readonly (EndedFinding & { readonly id: FindingId })[]> {
  const ended = [];
  for await (const one of store.endedSince(since))
    ended.push({ id: findingId(one.kind, one.customerId, one.itemId), ...one });
  return ended;
}
