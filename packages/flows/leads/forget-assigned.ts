import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { Instant } from "@regulars/core/platform/values";

/**
 * Removes the copies of leads in the queues of sales plans that came before an instant, once they are assigned: the deal
 * has what they said. A lead that waits stays, however long.
 */
export async function forgetAssigned(
  { salesPlans, assignment }: Pick<SalesStore, "salesPlans" | "assignment">,
  before: Instant,
): Promise<number> {
  let forgotten = 0;
  for (const { planId } of await salesPlans.plans()) forgotten += await assignment.forgetAssigned(planId, before);
  return forgotten;
}
