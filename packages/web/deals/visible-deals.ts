import type { Visible } from "@regulars/core/boards/board-query";
import { visibleTo } from "@regulars/core/boards/visibility";
import type { PlanId } from "@regulars/core/platform/ids";
import type { OpenTenant } from "../page/open-tenant.ts";

/** The deals of a plan that the viewer may see; without a plan, those of all plans. */
export async function visibleDeals(
  { actor, store, whole, decide, noteDecision }: OpenTenant,
  planId: PlanId | undefined,
): Promise<Visible> {
  const plan = planId === undefined ? undefined : await whole.sales.salesPlans.plan(planId);
  if (plan === undefined) noteDecision("plan.see_all");
  else decide("plan.see_all", plan);
  return visibleTo(actor, plan, await store.users());
}
