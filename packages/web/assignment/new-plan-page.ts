import { type User, isActive } from "@regulars/core/access/user";
import type { PlanId } from "@regulars/core/platform/ids";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import { newPlanId } from "@regulars/flows/sales-plans/create-sales-plan";
import type { OpenTenant } from "../page/open-tenant.ts";

/** What a new sales plan may be made of. */
export interface NewPlanPage {
  readonly tenant: Tenant;
  /** The id of the plan that the form makes: sent twice, it makes one. */
  readonly planId: PlanId;
  readonly users: readonly User[];
  readonly reasons: readonly RefusalReason[];
}

export async function readNewPlanPage(context: SalesContext, { tenant, store }: OpenTenant): Promise<NewPlanPage> {
  const [users, reasons] = await Promise.all([store.users(), context.store.salesPlans.reasons()]);
  return {
    tenant,
    planId: newPlanId(context.effects),
    users: users.filter(isActive).toSorted(byName),
    reasons: [...reasons.values()].filter(({ isArchived }) => !isArchived).toSorted(byName),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, "en");
