import { type User, isActive } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import { planIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { OpenTenant } from "../page/open-tenant.ts";
import { membersOf } from "./deal-text.ts";

/** What a new deal of a plan may be made of. */
export interface NewDealPage {
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  /** An id of the form's own: sent twice, it adds one deal. */
  readonly requestId: string;
  /** The members for whom the viewer may add a deal. */
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
}

/** The plan takes deals, and the viewer reaches it: else a refusal. */
export async function readNewDealPage(
  context: SalesContext,
  { tenant, store: nightly, decide }: OpenTenant,
  planText: string,
): Promise<Result<NewDealPage>> {
  const { store, effects } = context;
  const planId = planIdSchema.safeParse(planText);
  const plan = planId.success ? await store.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined || !decide("plan.reach", plan)) return unknownPlan(cutText(planText, 100));
  if (plan.isArchived)
    return refuse("plan-archived", `the sales plan ${plan.planId} is archived: it takes no more leads`);
  const [users, reasons] = await Promise.all([nightly.users(), store.salesPlans.reasons()]);
  return ok({
    tenant,
    plan,
    requestId: effects.newId(),
    managers: membersOf(plan, users).filter(
      (user) => isActive(user) && decide("deal.add_for", { managerId: user.userId }),
    ),
    reasons: [...reasons.values()].filter(({ isArchived }) => !isArchived),
  });
}
