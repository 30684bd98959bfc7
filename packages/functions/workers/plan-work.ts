import { assignWaiting } from "@regulars/flows/assignment/assign-waiting";
import { workDealJob } from "@regulars/flows/bulk-operations/change-deals";
import { workJob } from "@regulars/flows/bulk-operations/add-audience";
import type { PlanContext } from "@regulars/flows/sales-context";
import { sweepStatuses } from "@regulars/flows/sales-plans/sweep-statuses";
import type * as z from "zod";
import { planContextOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { planMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/** Works on a plan's desk, or on a mass action, for as long as one call may. */
export const planWork = defineQueueJob({ id: "planWork", schema: planMessageSchema, work });

async function work(message: z.output<typeof planMessageSchema>, runtime: Runtime, patienceMs: number): Promise<void> {
  const { tenantId } = message;
  const { tenant, store } = await openTenant(tenantId, runtime);
  const context = planContextOf(tenant, store, runtime);
  const patienceEnds = context.world.elapsed() + patienceMs;
  await workOn(message, context, runtime, () => context.world.elapsed() >= patienceEnds);
  if (context.store.hasNews()) await runtime.queues.send("deliveries", { tenantId });
}

async function workOn(
  message: z.output<typeof planMessageSchema>,
  context: PlanContext,
  runtime: Runtime,
  isEnough: () => boolean,
): Promise<void> {
  const { tenantId } = message;
  if ("jobId" in message && (await context.store.dealJob(message.jobId)) !== undefined) {
    const job = await workDealJob(context, message.jobId, isEnough);
    if (!job.ok) throw new Error(job.message);
    if (job.value.state !== "done") await runtime.queues.send("plans", message);
    else await context.store.settleBoard(job.value.planId);
    const { state, total, next: done, changed, same, failed } = job.value;
    runtime.report("mass-change", { tenantId, jobId: message.jobId, state, total, done, changed, same, failed });
  } else if ("jobId" in message) {
    const job = await workJob(context, message.jobId, isEnough);
    if (!job.ok) throw new Error(job.message);
    if (job.value.state !== "done") await runtime.queues.send("plans", message);
    else await context.store.settleBoard(job.value.planId);
    const { state, total, next, added, duplicates, failed } = job.value;
    runtime.report("mass-action", {
      tenantId,
      jobId: message.jobId,
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

async function workPlan(context: PlanContext, planId: Parameters<typeof assignWaiting>[1], isEnough: () => boolean) {
  const run = await assignWaiting(context, planId, isEnough);
  const plan = await context.store.plan(planId);
  const by = { actorId: "schedule", requestId: `sweep-${planId}-${plan?.version}` };
  const swept = plan === undefined ? 0 : await sweepStatuses(context, plan, by);
  // So that the first reader after many changes is not the one who waits for it.
  await context.store.settleBoard(planId);
  return { run, swept };
}

export const handler = lambdaHandler(planWork);
