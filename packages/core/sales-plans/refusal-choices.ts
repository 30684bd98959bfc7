import { type Result, ok, refuse } from "../platform/result.ts";
import type { ReasonId } from "../platform/ids.ts";
import type { RefusalReason } from "./refusal.ts";
import type { Status } from "./status.ts";

/**
 * Whether statuses may offer the refusal reasons that they name: all must be the tenant's, and a status that requires a
 * reason needs one that is not archived (docs/reference/sales-plans.md 5.12).
 */
export function checkChoices(
  statuses: readonly Status[],
  reasons: ReadonlyMap<ReasonId, RefusalReason>,
): Result<undefined, "unknown-reason" | "reasons-empty"> {
  for (const { name, refusal } of statuses) {
    for (const reasonId of refusal?.reasonIds ?? [])
      if (!reasons.has(reasonId)) return refuse("unknown-reason", `there is no refusal reason ${reasonId}`);
    const isSelectable = refusal?.reasonIds.some((reasonId) => reasons.get(reasonId)?.isArchived === false) === true;
    if (refusal?.isRequired === true && !isSelectable)
      return refuse("reasons-empty", `"${name}" requires a refusal reason and offers only archived ones`);
  }
  return ok(undefined);
}
