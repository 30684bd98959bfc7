import { dryRun } from "@regulars/core/assignment/dry-run";
import { type Result, ok } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { type SalesPlan, rulesOf, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { workloadOf } from "../assignment/workload.ts";
import type { SalesContext } from "../sales-context.ts";

/**
 * Whom a plan's balance would give so many deals now, deal by deal; `undefined` where nobody can take one. No turns in
 * the round-robin are used up (docs/reference/sales-plans.md 5.7). The plan may have other members than the stored one.
 */
export async function managersByBalance(
  { store, effects, tenant }: SalesContext,
  plan: SalesPlan,
  count: number,
): Promise<Result<readonly (UserId | undefined)[]>> {
  const [lease, work, users] = await Promise.all([
    store.assignment.assignmentStateOf(plan.planId),
    workloadOf(store, plan, [plan.distribution]),
    store.salesPlans.users(plan.members.map(({ userId }) => userId)),
  ]);
  if (lease === undefined) return unknownPlan(plan.planId);
  const view = { now: toInstant(effects.clock()), tenantZone: tenant.timeZone, users, ...work };
  const assignmentState = { ...lease.assignmentState, rules: rulesOf(plan) };
  const given = dryRun(
    { assignmentState, unassigned: [], entries: [] },
    Array.from({ length: count }, () => ({})),
    view,
  );
  return ok(given.map(({ managerId }) => managerId));
}
