import { startDueNights } from "@regulars/flows/nightly/start-due-nightly-runs";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import middy from "@middy/core";
import type { Context, ScheduledEvent } from "aws-lambda";
import { correlated } from "../correlation.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";

/** What the scheduler starts every fifteen minutes: nights that are due, notifications that are waiting. */
export const tick = (runtime: Runtime) =>
  middy<ScheduledEvent, void>().handler((_event: ScheduledEvent, context: Context) =>
    correlated(context.awsRequestId, () => startWhatIsDue(runtime)),
  );

async function startWhatIsDue({ table, tableFor, clock, queues, report }: Runtime): Promise<void> {
  const { nights, deliveries, late } = await startDueNights(openTenantDirectory(table, tableFor), clock);
  for (const night of nights) await queues.send("nights", { ...night, isScheduled: true });
  for (const delivery of deliveries) await queues.send("deliveries", delivery);
  report("tick", { nights: nights.length, deliveries: deliveries.length, lateNights: late.length, late });
}

export const handler = (event: ScheduledEvent, context: Context) => tick(cloudRuntime())(event, context);
