import type { PlanId } from "@regulars/core/platform/ids";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import type { UserId } from "@regulars/core/platform/values";

/** Plans of a user in whose tray leads lie: where he is there again, they are to be offered (sales-plans.md 5.6). */
export async function plansWaitingFor(
  store: Pick<PlanStore, "plans" | "deskOf">,
  userId: UserId,
): Promise<readonly PlanId[]> {
  const his = (await store.plans()).filter(({ members }) => members.some((member) => member.userId === userId));
  const desks = await Promise.all(his.map(({ planId }) => store.deskOf(planId)));
  return his.filter((_, i) => desks[i]?.hasTray === true).map(({ planId }) => planId);
}
