import { findingId } from "@regulars/core/insights/finding";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { EndedFinding } from "@regulars/core/insights/stored-finding";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, FindingId } from "@regulars/core/platform/values";

/** What became of findings that ended from a day on, oldest first. */
export async function listEnded(
  tenant: Pick<Tenant, "plan">,
  store: Pick<NightStore, "endedSince">,
  since: Day,
): Promise<Result<readonly (EndedFinding & { readonly id: FindingId })[]>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const ended = [];
  for await (const one of store.endedSince(since))
    ended.push({ id: findingId(one.kind, one.customerId, one.itemId), ...one });
  return ok(ended);
}
