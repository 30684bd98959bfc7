import { type Distribution, countsAllPlans } from "@regulars/core/sales-plans/distribution";
import type { Loads } from "@regulars/core/assignment/assign-lead";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import { idsOfKind } from "@regulars/core/sales-plans/status";
import type { UserId } from "@regulars/core/platform/values";

/**
 * The members' load: their open deals in the plan, and in the tenant's other plans if one of these distributions counts
 * them. Other plans assign concurrently: their counts are as of now, without a lock.
 */
export async function workloadOf(
  store: Pick<SalesStore, "assignment" | "salesPlans">,
  plan: SalesPlan,
  distributions: readonly Distribution[],
): Promise<{ readonly loads: Loads; readonly elsewhere?: Loads | undefined }> {
  const [loads, elsewhere] = await Promise.all([
    store.assignment.loads(plan.planId, idsOfKind(plan, "intermediate")),
    distributions.some(countsAllPlans) ? loadsElsewhere(store, plan) : undefined,
  ]);
  return { loads, elsewhere };
}

/** The members' open deals in the tenant's other plans. */
export async function loadsElsewhere(
  store: Pick<SalesStore, "assignment" | "salesPlans">,
  { planId }: SalesPlan,
): Promise<Loads> {
  const others = (await store.salesPlans.plans()).filter((plan) => plan.planId !== planId);
  const all = await Promise.all(
    others.map((plan) => store.assignment.loads(plan.planId, idsOfKind(plan, "intermediate"))),
  );
  const sums = new Map<UserId, number>();
  for (const loads of all) for (const [userId, open] of loads) sums.set(userId, (sums.get(userId) ?? 0) + open);
  return sums;
}
