import type { User } from "@regulars/core/access/user";
import { isActive } from "@regulars/core/access/user";
import type { Assignment } from "@regulars/core/assignment/assignment";
import type { SalesPlan, SalesPlanChange } from "@regulars/core/sales-plans/sales-plan";
import { idsOfKind } from "@regulars/core/sales-plans/status";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type Result, ok } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { dryRunSalesPlan } from "@regulars/flows/assignment/dry-run-sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import { visibleDeals } from "../sales-plans/visible-deals.ts";
import { planPath } from "../page/addresses.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { membersChange } from "./members-form.ts";
import { type Fields, planOf, rulesChangeOf, userNames } from "./plan-form.ts";

/** Leads of a dry run. */
const LEADS = 10;

/** A sales plan with its rules, members, statuses and their reasons, to change them. */
export interface PlanSettingsPage {
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly path: string;
  readonly users: readonly User[];
  readonly nameOf: (userId: string) => string;
  readonly reasons: readonly RefusalReason[];
  /** Who would get the next leads by the rules or with the members that were tried; nothing is saved. */
  readonly tried: readonly Assignment[] | undefined;
  /** The open deals that would stay in the plan, when it was asked what archiving or restoring it does. */
  readonly staying: number | undefined;
}

export async function readPlanSettings(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  tried?: Fields,
): Promise<Result<PlanSettingsPage>> {
  const { tenant, words, store } = opened;
  const nameOf = await userNames(store);
  const plan = await planOf(context, opened, planText);
  if (!plan.ok) return plan;
  const [users, reasons] = await Promise.all([store.users(), context.store.salesPlans.reasons()]);
  const change = tried && triedChange(plan.value, tried, { words, nameOf });
  if (change?.ok === false) return change;
  const run = change === undefined ? ok(undefined) : await dryRunOf(context, plan.value, change.value);
  if (!run.ok) return run;
  return ok({
    tenant,
    plan: plan.value,
    path: `${planPath(tenant.tenantId, plan.value.planId)}/settings`,
    users: users.filter(isActive),
    nameOf,
    reasons: [...reasons.values()],
    tried: run.value,
    staying: tried?.["action"] === "archive" ? await openDealsIn(context, opened, plan.value) : undefined,
  });
}

async function openDealsIn(context: SalesContext, opened: OpenTenant, plan: SalesPlan): Promise<number> {
  const [visible, counts] = await Promise.all([visibleDeals(opened, plan), context.store.deals.counts(plan.planId)]);
  const open = idsOfKind(plan, "intermediate");
  const isVisible = (managerId: UserId | undefined): boolean =>
    visible === "all" || (managerId !== undefined && visible.has(managerId));
  return counts
    .filter(({ statusId, managerId }) => open.has(statusId) && isVisible(managerId))
    .reduce((sum, { count }) => sum + count, 0);
}

/** The change of who gets leads that a form tries; nothing of another form. */
function triedChange(plan: SalesPlan, form: Fields, named: Parameters<typeof membersChange>[2]) {
  if (form["action"] === "try") return rulesChangeOf(plan, form, named.words);
  return form["action"] === "members" ? membersChange(plan, form, named) : undefined;
}

/** The next assignments after a change. */
const dryRunOf = (
  context: SalesContext,
  { planId }: SalesPlan,
  change: SalesPlanChange,
): Promise<Result<readonly Assignment[]>> =>
  dryRunSalesPlan({ context, planId, leads: Array.from({ length: LEADS }, () => ({})), change });
