import { counted } from "@regulars/core/platform/counted";
import { isOverdue } from "@regulars/core/bulk-engine/attempts";
import { againAfter } from "@regulars/core/erasure/erasure-request";
import type { PlanId } from "@regulars/core/platform/ids";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { dueSalesPlans } from "@regulars/flows/assignment/due-sales-plans";
import { nextRetry } from "@regulars/flows/assignment/next-retry";
import type { SalesContext } from "@regulars/flows/sales-context";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { clockJobOf } from "../../../infra/job-keys.ts";
import { salesContextOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { defineClockJob, lambdaHandler } from "./define-job.ts";

const { everyMinutes } = clockJobOf("plansTick");

/** Starts what is due: assignments, bulk operations that are not done, backtests and erasures with a lost message. */
export const plansTick = defineClockJob({ id: "plansTick", run: startWhatIsDue });

/** Time that is kept for what has begun and for the report, ms. */
const RESERVE_MS = 15_000;

async function startWhatIsDue(runtime: Runtime, remainingMs: () => number): Promise<void> {
  const { table, tableFor, clock, report, log } = runtime;
  const sent = { plans: 0, operations: 0, backtests: 0, erasures: 0 };
  const failed: TenantId[] = [];
  let left = 0;
  const due = await openTenantDirectory(table, tableFor).dueFor("plans", toInstant(clock()));
  await mapConcurrent(due, async (tenantId) => {
    // The rows of the rest stay: the next sweep looks at them.
    if (remainingMs() < RESERVE_MS) return void (left += 1);
    try {
      const { plans, operations, backtests, erasures } = await startWorkOf(tenantId, runtime);
      sent.plans += plans;
      sent.operations += operations;
      sent.backtests += backtests;
      sent.erasures += erasures;
    } catch (error) {
      // An error of one tenant does not affect the others.
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.error("plans of a tenant not looked at", { tenantId, reason });
      failed.push(tenantId);
    }
  });
  report("plans-tick", { ...sent, failed: failed.length, left });
  if (failed.length > 0)
    throw new Error(`the plans of ${counted(failed.length, "tenant")} could not be checked: see the log`);
}

/** Queues the due work of one tenant; returns the number of plans, bulk operations, backtests and erasures. */
export async function startWorkOf(tenantId: TenantId, runtime: Runtime) {
  const { table, tableFor, queues, clock } = runtime;
  const tenant = await openTenantDirectory(table, tableFor).find(tenantId);
  if (tenant === undefined) return { plans: 0, operations: 0, backtests: 0, erasures: 0 };
  const store = openTenantStore(tableFor(tenantId), tenant);
  const { planIds, operationIds } = await dueSalesPlans(store.sales);
  // For deliveries with a lost message, and for due retries.
  const hasNews = (await store.webhooks.dueEvents(1)).length > 0 || (await store.webhooks.nextDueAt()) !== undefined;
  if (hasNews) await queues.send("webhooks", { tenantId });
  const context = salesContextOf(tenant, store, runtime);
  for (const planId of planIds) {
    await queues.send("plans", { tenantId, planId });
    await sendWhenBack(context, planId, runtime);
  }
  for (const operationId of operationIds) await queues.send("plans", { tenantId, operationId });
  const now = toInstant(clock());
  const backtest = await store.backtests.open();
  const isLost = backtest !== undefined && isOverdue(backtest, now);
  if (isLost) await queues.send("backtests", { tenantId, backtestId: backtest.backtestId });
  const openErasures = await store.erasures.open();
  const erasures = openErasures.filter(({ dueAt }) => dueAt <= now);
  for (const { erasureId } of erasures) {
    await queues.send("erasures", { tenantId, erasureId });
    await store.erasures.postpone({ erasureId, dueAt: againAfter(now) });
  }
  const open = planIds.length + operationIds.length + openErasures.length;
  await store.dueRows.settle("plans", now, open === 0 && !hasNews && backtest === undefined);
  return {
    plans: planIds.length,
    operations: operationIds.length,
    backtests: isLost ? 1 : 0,
    erasures: erasures.length,
  };
}

/** If a member's working hours begin before the next tick, the retry is scheduled for that minute. */
async function sendWhenBack(context: SalesContext, planId: PlanId, { queues, clock }: Runtime): Promise<void> {
  const at = await nextRetry(context, planId, everyMinutes);
  if (at === undefined) return;
  const delaySeconds = Math.ceil((Date.parse(at) - clock()) / 1000);
  await queues.send("plans", { tenantId: context.tenant.tenantId, planId }, delaySeconds);
}

export const handler = lambdaHandler(plansTick, { queues: cloudQueues });
