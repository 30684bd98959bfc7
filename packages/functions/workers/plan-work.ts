import { assignWaiting } from "@regulars/flows/assignment/assign-waiting";
import { runDealOperation } from "@regulars/flows/bulk-operations/change-deals";
import { runAudienceOperation } from "@regulars/flows/bulk-operations/add-audience";
import type { SalesContext } from "@regulars/flows/sales-context";
import { sweepStatuses } from "@regulars/flows/sales-plans/sweep-statuses";
import type * as z from "zod";
import { salesContextOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { planMessageSchema } from "./messages.ts";
import { actOnSelection } from "./selection-work.ts";
import { openTenant } from "./open-tenant.ts";

/** Runs a plan's assignment or a bulk operation within the time limit of one call. */
export const planWork = defineQueueJob({ id: "planWork", schema: planMessageSchema, work });

async function work(message: z.output<typeof planMessageSchema>, runtime: Runtime, patienceMs: number): Promise<void> {
  const { tenantId } = message;
  const { tenant, store } = await openTenant(tenantId, runtime);
  const context = salesContextOf(tenant, store, runtime);
  const patienceEnds = context.effects.elapsed() + patienceMs;
  const isEnough = () => context.effects.elapsed() >= patienceEnds;
  if ("operationId" in message && (await actOnSelection({ tenant, store, runtime }, message.operationId, isEnough)))
    return;
  await workOn(message, context, runtime, isEnough);
  if (context.store.deals.hasNews()) await runtime.queues.send("webhooks", { tenantId });
}

async function workOn(
  message: z.output<typeof planMessageSchema>,
  context: SalesContext,
  runtime: Runtime,
  isEnough: () => boolean,
): Promise<void> {
  const { tenantId } = message;
  if ("operationId" in message && (await context.store.dealOperations.find(message.operationId)) !== undefined) {
    const operation = await runDealOperation(context, message.operationId, isEnough);
    if (!operation.ok) throw new Error(operation.message);
    if (operation.value.state !== "done") await runtime.queues.send("plans", message);
    else await context.store.boards.refresh(operation.value.planId);
    const { state, total, next: done, changed, same, failed } = operation.value;
    runtime.report("mass-change", {
      tenantId,
      operationId: message.operationId,
      state,
      total,
      done,
      changed,
      same,
      failed,
    });
  } else if ("operationId" in message) {
    const operation = await runAudienceOperation(context, message.operationId, isEnough);
    if (!operation.ok) throw new Error(operation.message);
    if (operation.value.state !== "done") await runtime.queues.send("plans", message);
    else await context.store.boards.refresh(operation.value.planId);
    const { state, total, next, added, duplicates, failed } = operation.value;
    runtime.report("bulk-operation", {
      tenantId,
      operationId: message.operationId,
      state,
      total,
      done: next,
      added,
      duplicates,
      failed,
    });
  } else
    runtime.report("plan", {
      tenantId,
      planId: message.planId,
      ...(await workPlan(context, message.planId, isEnough)),
    });
}

async function workPlan(context: SalesContext, planId: Parameters<typeof assignWaiting>[1], isEnough: () => boolean) {
  const run = await assignWaiting(context, planId, isEnough);
  const plan = await context.store.salesPlans.plan(planId);
  const by = { actorId: "schedule", requestId: `sweep-${planId}-${plan?.version}` };
  const swept = plan === undefined ? 0 : await sweepStatuses(context, plan, by);
  // Keeps the board current, so that its next reader need not wait after many changes.
  await context.store.boards.refresh(planId);
  return { run, swept };
}

export const handler = lambdaHandler(planWork, { queues: cloudQueues });
