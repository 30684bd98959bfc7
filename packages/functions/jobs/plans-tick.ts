import { duePlans } from "@regulars/flows/plans/due-plans";
import { isOverdue } from "@regulars/core/backtest/job";
import { toInstant } from "@regulars/core/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants";
import middy from "@middy/core";
import type { Context, ScheduledEvent } from "aws-lambda";
import { correlated } from "../correlation.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";

/**
 * What the scheduler starts every five minutes: leads that wait at a desk or in a tray, mass actions that are not done,
 * backtests whose message got lost.
 */
export const plansTick = (runtime: Runtime) =>
  middy<ScheduledEvent, void>().handler((_event: ScheduledEvent, context: Context) =>
    correlated(context.awsRequestId, () => startWhatIsDue(runtime)),
  );

async function startWhatIsDue({ table, tableFor, queues, clock, report }: Runtime): Promise<void> {
  const directory = openTenantDirectory(table, tableFor);
  const sent = { plans: 0, jobs: 0, backtests: 0 };
  for (const tenantId of await directory.list()) {
    const tenant = await directory.find(tenantId);
    if (tenant === undefined) continue;
    const store = openTenantStore(tableFor(tenantId), tenant);
    const { planIds, jobIds } = await duePlans(store.plans);
    // What a lost nudge left behind, or whose time has come.
    if ((await store.webhooks.list()).length > 0) await queues.send("deliveries", { tenantId });
    for (const planId of planIds) await queues.send("plans", { tenantId, planId });
    for (const jobId of jobIds) await queues.send("plans", { tenantId, jobId });
    const backtest = await store.backtests.open();
    if (backtest !== undefined && isOverdue(backtest, toInstant(clock()))) {
      await queues.send("backtests", { tenantId, backtestId: backtest.backtestId });
      sent.backtests += 1;
    }
    sent.plans += planIds.length;
    sent.jobs += jobIds.length;
  }
  report("plans-tick", sent);
}

export const handler = (event: ScheduledEvent, context: Context) => plansTick(cloudRuntime())(event, context);
