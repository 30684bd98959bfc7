import type { JobId, PlanId } from "@regulars/core/platform/ids";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";

/** Work that waits in a tenant's plans. */
export interface DuePlans {
  readonly planIds: readonly PlanId[];
  readonly jobIds: readonly JobId[];
}

/**
 * Plans at whose desk something waits, tickets that a crash left or leads in the tray, whose deleted statuses still have
 * deals, or whose board is far behind its deals; and mass actions that are not done (sales-plans.md
 * 5.6, "a scheduled job offers oldest first each 5 min").
 */
export async function duePlans(store: PlanStore): Promise<DuePlans> {
  const plans = await store.plans();
  const planIds: PlanId[] = [];
  for (const { planId, tombstones } of plans) {
    const [desk, last, tray, isBehind, counts] = await Promise.all([
      store.deskOf(planId),
      store.lastTicket(planId),
      store.tray(planId, 1),
      store.isBoardBehind(planId),
      tombstones.length === 0 ? [] : store.counts(planId),
    ]);
    const gone = new Set(tombstones.map(({ statusId }) => statusId));
    const isDue = tray.length > 0 || (desk?.desk.done ?? 0) < last || isBehind;
    if (isDue || counts.some(({ statusId }) => gone.has(statusId))) planIds.push(planId);
  }
  return { planIds, jobIds: await store.openJobs() };
}
