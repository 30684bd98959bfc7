import { type Actor, actorId, reaches, reachesAll } from "@regulars/core/access/actor";
import { type DealId, type PlanId, dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { Context } from "hono";
import { salesContextOf } from "../../effects.ts";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";

/** What the flows of plans work with, for this request. */
export const salesContext = (c: Context<ApiEnv>): SalesContext =>
  salesContextOf(c.var.tenant, c.var.store, c.var.runtime);

/** The plan's id of an address, or a refusal: one that cannot be, or that the key is not made for, is not there. */
export function planIdOf(c: Context<ApiEnv>): PlanId {
  const given = c.req.param("planId") ?? "";
  const planId = planIdSchema.safeParse(given);
  if (planId.success && reaches(c.var.actor, planId.data)) return planId.data;
  throw refused(unknownPlan(given.slice(0, 100)));
}

/** Stops a key that is for some sales plans only before what belongs to all of them. */
export function wholeTenant({ var: { actor } }: Context<ApiEnv>): void {
  if (reachesAll(actor)) return;
  const message = `${actorId(actor)} is for some sales plans only: this is for all of them`;
  throw refused({ reason: "not-allowed", message });
}

/** The deal's id of an address, or a refusal: one that cannot be is not there. */
export function dealIdOfPath(c: Context<ApiEnv>): DealId {
  const given = c.req.param("dealId") ?? "";
  const dealId = dealIdSchema.safeParse(given);
  if (dealId.success) return dealId.data;
  throw refused({ reason: "unknown-deal", message: `there is no deal ${given.slice(0, 100)}` });
}

/** Who a request's changes are by, in logs of deals. */
export const byWhom = (c: Context<ApiEnv>) => ({ actorId: actorId(c.var.actor), requestId: c.var.requestId });

/** A lead is stored and nobody could be found for it: whoever runs this is told why. */
export function noteFault(
  c: Context<ApiEnv>,
  { dealId, fault }: { readonly dealId: string; readonly fault?: unknown },
) {
  if (fault === undefined) return;
  const reason = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  c.var.runtime.log.error("lead awaiting assignment", { requestId: c.var.requestId, dealId, reason });
}

/** What still lies in a plan's unassigned queue is offered by the queue's worker, however long that takes. */
export async function retryUnassigned(
  { var: { store, runtime, tenant } }: Context<ApiEnv>,
  planId: PlanId,
): Promise<void> {
  if ((await store.sales.assignment.assignmentStateOf(planId))?.hasUnassigned !== true) return;
  await runtime.queues.send("plans", { tenantId: tenant.tenantId, planId });
}

/** What a sender's idempotency keys are told apart by: a key's successor goes on where it was. */
export const senderScope = (actor: Actor): string =>
  actor.type === "user" ? `user:${actor.user.userId}` : `machine:${actor.name}`;

export const isMachines = (scope: string): boolean => scope.startsWith("machine:");
