import { type User, isActive } from "@regulars/core/access/user";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { PlanId } from "@regulars/core/platform/ids";

/**
 * Retries the plans of a saved user that have leads in the unassigned queue: they may be available again
 * (docs/reference/sales-plans.md 5.6).
 */
export async function retryForUser(
  user: User,
  store: Pick<SalesStore, "salesPlans" | "assignment">,
  retry: (planId: PlanId) => Promise<unknown> | void,
): Promise<void> {
  if (!isActive(user)) return;
  const ofUser = (await store.salesPlans.plans()).filter(({ members }) =>
    members.some((member) => member.userId === user.userId),
  );
  const assignments = await Promise.all(ofUser.map(({ planId }) => store.assignment.assignmentStateOf(planId)));
  for (const [i, { planId }] of ofUser.entries()) if (assignments[i]?.hasUnassigned === true) await retry(planId);
}
