import type { Regeneration } from "@regulars/core/monitors/regeneration";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { MonitorId } from "@regulars/core/platform/ids";

const MAX_ROUNDS = 12;

/**
 * Saves what `change` makes of what is stored (`undefined`: that stays), and asks it again whenever another run was
 * first. `known`: what was read last. Returns what is stored then.
 */
export async function saveRegeneration(
  statuses: Pick<StatusStore, "regeneration" | "saveRegeneration">,
  { statusId, known }: { readonly statusId: MonitorId; readonly known: Regeneration | undefined },
  change: (stored: Regeneration | undefined) => Regeneration | undefined,
): Promise<Regeneration | undefined> {
  let stored = known;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = change(stored);
    if (next === undefined) return stored;
    const saved = await statuses.saveRegeneration(next, stored);
    if (saved !== false) return saved;
    stored = await statuses.regeneration(statusId);
  }
  throw new ContentionError(`others keep saving how far the evaluation of ${statusId} is: try again`);
}
