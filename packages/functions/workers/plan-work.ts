import { assignWaiting } from "@regulars/flows/assignment/assign-waiting";
import { workDealJob } from "@regulars/flows/bulk-operations/change-deals";
import { workJob } from "@regulars/flows/bulk-operations/add-audience";
import type { PlanContext } from "@regulars/flows/sales-context";
import { sweepStatuses } from "@regulars/flows/sales-plans/sweep-statuses";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import type * as z from "zod";
import { planContextOf } from "../effects.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { planMessageSchema } from "./messages.ts";

/** Shorter than the function's time: what is left is asked for again. */
const PATIENCE_MS = 10 * 60_000;

/** Works on a plan's desk, or on a mass action, for as long as one call may. */
export const planWork = (runtime: Runtime) =>
  queueHandler(planMessageSchema, (message) => work(message, runtime), runtime);

async function work(message: z.output<typeof planMessageSchema>, runtime: Runtime): Promise<void> {
  const { tenantId } = message;
  const table = runtime.tableFor(tenantId);
  const tenant = await openTenantDirectory(table).find(tenantId);
  if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
  const context = planContextOf(tenant, openTenantStore(table, tenant), runtime);
  await workOn(message, context, runtime);
  if (context.store.hasNews()) await runtime.queues.send("deliveries", { tenantId });
}

async function workOn(
  message: z.output<typeof planMessageSchema>,
  context: PlanContext,
  runtime: Runtime,
): Promise<void> {
  const { tenantId } = message;
  const { elapsed } = context.world;
  const patienceEnds = elapsed() + PATIENCE_MS;
  const isEnough = (): boolean => elapsed() >= patienceEnds;
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

export const handler = (event: SQSEvent, context: Context) => planWork(cloudRuntime())(event, context);
