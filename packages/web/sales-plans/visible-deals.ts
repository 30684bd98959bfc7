import type { Visible } from "@regulars/core/boards/board-query";
import { visibleTo } from "@regulars/core/boards/visibility";
import type { PlanId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { OpenTenant } from "../page/open-tenant.ts";

/** The deals of a plan that the viewer may see; without a plan, those of all plans. */
export async function visibleDeals(
  { actor, store, whole, decide, noteDecision }: OpenTenant,
  asked: SalesPlan | PlanId | undefined,
): Promise<Visible> {
  const plan = typeof asked === "string" ? await whole.sales.salesPlans.plan(asked) : asked;
  if (plan === undefined) noteDecision("plan.see_all");
  else decide("plan.see_all", plan);
  return visibleTo(actor, plan, await store.users());
}
