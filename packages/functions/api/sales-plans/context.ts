import { actorId, senderOf } from "@regulars/core/access/actor";
import { reachesAll } from "@regulars/core/access/may";
import { cutText } from "@regulars/core/platform/cut-text";
import { type DealId, type PlanId, dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { Context } from "hono";
import { salesContextOf } from "../../effects.ts";
import { decide } from "../access/decide.ts";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { sendAfter } from "../http/send-after.ts";

/** The context of sales plans' flows for this request. */
export const salesContext = (c: Context<ApiEnv>): SalesContext =>
  salesContextOf(c.var.tenant, c.var.store, c.var.runtime);

/** The plan id in the path; an invalid one, or one that the API key has no access to, is treated as unknown. */
export function planIdOf(c: Context<ApiEnv>): PlanId {
  const given = c.req.param("planId") ?? "";
  const planId = planIdSchema.safeParse(given);
  if (planId.success && decide(c, "plan.reach", { planId: planId.data })) return planId.data;
  throw refused(unknownPlan(cutText(given, 100)));
}

/** The plan in the path; refused as unknown when there is none. */
export async function planOf(c: Context<ApiEnv>): Promise<SalesPlan> {
  const planId = planIdOf(c);
  const plan = await c.var.store.sales.salesPlans.plan(planId);
  if (plan === undefined) throw refused(unknownPlan(planId));
  return plan;
}

/** Whether the caller sees every deal of a plan, and so its bulk operations. */
export async function seesAllOf(c: Context<ApiEnv>, planId: PlanId): Promise<boolean> {
  const plan = await c.var.store.sales.salesPlans.plan(planId);
  return plan !== undefined && decide(c, "plan.see_all", plan);
}

/** Refuses API keys for some sales plans where something belongs to all of them. */
export function wholeTenant({ var: { actor } }: Context<ApiEnv>): void {
  if (reachesAll(actor)) return;
  const message = `${actorId(actor)} is for some sales plans only, and this needs access to all of them`;
  throw refused({ reason: "not-allowed", message });
}

/** The deal id in the path; an invalid one is treated as unknown. */
export function dealIdOfPath(c: Context<ApiEnv>): DealId {
  const given = c.req.param("dealId") ?? "";
  const dealId = dealIdSchema.safeParse(given);
  if (dealId.success) return dealId.data;
  throw refused({ reason: "unknown-deal", message: `there is no deal ${cutText(given, 100)}` });
}

/** The author of a request's changes, for action logs. */
export const byWhom = (c: Context<ApiEnv>) => ({ actorId: actorId(c.var.actor), requestId: c.var.requestId });

/** Logs why a stored lead could not be assigned. */
export function noteFault(
  c: Context<ApiEnv>,
  { dealId, fault }: { readonly dealId: string; readonly fault?: unknown },
) {
  if (fault === undefined) return;
  const reason = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  c.var.runtime.log.error("lead awaiting assignment", { requestId: c.var.requestId, dealId, reason });
}

/** Has the worker retry a plan's unassigned queue. */
export async function retryUnassigned(c: Context<ApiEnv>, planId: PlanId): Promise<void> {
  const state = await c.var.store.sales.assignment.assignmentStateOf(planId);
  if (state?.hasUnassigned === true) sendAfter(c, "plans", () => ({ planId }));
}

/** The scope of a sender's idempotency keys. */
export const senderScope = senderOf;

export const isMachines = (scope: string): boolean => scope.startsWith("machine:");
