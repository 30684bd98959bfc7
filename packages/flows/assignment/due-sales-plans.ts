import type { OperationId, PlanId } from "@regulars/core/platform/ids";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";

/** Work that is due in a tenant's plans. */
interface DueSalesPlans {
  readonly planIds: readonly PlanId[];
  readonly operationIds: readonly OperationId[];
}

/**
 * Plans with queued leads, with sequence numbers left by a crash, with leads in the unassigned queue, with deals in
 * deleted statuses, or with a board far behind its deals; and bulk operations that are not done
 * (docs/reference/sales-plans.md 5.6).
 */
export async function dueSalesPlans(store: SalesStore): Promise<DueSalesPlans> {
  const plans = await store.salesPlans.plans();
  const planIds: PlanId[] = [];
  for (const { planId, tombstones } of plans) {
    const [assignmentState, last, unassigned, isBehind, counts] = await Promise.all([
      store.assignment.assignmentStateOf(planId),
      store.assignment.lastReserved(planId),
      store.assignment.unassigned(planId, 1),
      store.boards.isBehind(planId),
      tombstones.length === 0 ? [] : store.deals.counts(planId),
    ]);
    const gone = new Set(tombstones.map(({ statusId }) => statusId));
    const isDue = unassigned.length > 0 || (assignmentState?.assignmentState.lastSequence ?? 0) < last || isBehind;
    if (isDue || counts.some(({ statusId }) => gone.has(statusId))) planIds.push(planId);
  }
  return { planIds, operationIds: await store.audienceOperations.open() };
}
