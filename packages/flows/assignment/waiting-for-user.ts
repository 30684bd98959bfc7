import type { PlanId } from "@regulars/core/platform/ids";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { UserId } from "@regulars/core/platform/values";

/**
 * Plans of a user with leads in the unassigned queue: to be retried when the user is available again
 * (docs/reference/sales-plans.md 5.6).
 */
export async function waitingForUser(
  store: Pick<SalesStore, "salesPlans" | "assignment">,
  userId: UserId,
): Promise<readonly PlanId[]> {
  const ofUser = (await store.salesPlans.plans()).filter(({ members }) =>
    members.some((member) => member.userId === userId),
  );
  const assignments = await Promise.all(ofUser.map(({ planId }) => store.assignment.assignmentStateOf(planId)));
  return ofUser.filter((_, i) => assignments[i]?.hasUnassigned === true).map(({ planId }) => planId);
}
