import { type User, isActive } from "@regulars/core/access/user";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { PlanId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";

type Store = Pick<SalesStore, "salesPlans" | "assignment">;

/**
 * Retries the plans of a saved user that have leads in the unassigned queue: they may be available again
 * (docs/reference/sales-plans.md 5.6).
 */
export async function retryForUser(
  user: User,
  store: Store,
  retry: (planId: PlanId) => Promise<unknown> | void,
): Promise<void> {
  for (const { planId } of await plansToRetry(user, store)) await retry(planId);
}

/** The plans of a user, as they are saved, that have leads in the unassigned queue. */
export async function plansToRetry(user: User, store: Store): Promise<readonly SalesPlan[]> {
  if (!isActive(user)) return [];
  const ofUser = (await store.salesPlans.plans()).filter(({ members }) =>
    members.some((member) => member.userId === user.userId),
  );
  const states = await Promise.all(ofUser.map(({ planId }) => store.assignment.assignmentStateOf(planId)));
  return ofUser.filter((_, index) => states[index]?.hasUnassigned === true);
}
