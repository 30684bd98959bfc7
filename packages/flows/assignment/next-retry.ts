import type { PlanId } from "@regulars/core/platform/ids";
import { nextArrival } from "@regulars/core/sales-plans/member";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

/**
 * When to retry a plan's unassigned queue because a manager's working hours begin or a vacation ends within the given
 * minutes (docs/reference/sales-plans.md 5.6). `undefined` if the queue is empty.
 */
export async function nextRetry(
  { store, tenant, effects }: Omit<SalesContext, "batchers">,
  planId: PlanId,
  minutes: number,
): Promise<Instant | undefined> {
  const [assignmentState, unassigned] = await Promise.all([
    store.assignment.assignmentStateOf(planId),
    store.assignment.unassigned(planId, 1),
  ]);
  if (assignmentState === undefined || unassigned.length === 0) return undefined;
  const { members } = assignmentState.assignmentState.rules;
  const users = await store.salesPlans.users(members.map(({ userId }) => userId));
  return nextArrival(members, users, toInstant(effects.clock()), tenant.timeZone, minutes);
}
