import { startDueNights } from "@regulars/flows/start-due-nights";
import { openTenantDirectory } from "@regulars/store/tenants";
import middy from "@middy/core";
import type { Context, ScheduledEvent } from "aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";

/** What the scheduler starts every fifteen minutes: nights that are due, notifications that are waiting. */
export const tick = (runtime: Runtime) =>
  middy<ScheduledEvent, void>().handler(async () => {
    const { nights, deliveries } = await startDueNights(openTenantDirectory(runtime.table), runtime.clock);
    for (const night of nights) await runtime.queues.send("nights", { ...night, isScheduled: true });
    for (const delivery of deliveries) await runtime.queues.send("deliveries", delivery);
    runtime.report("tick", { nights: nights.length, deliveries: deliveries.length });
  });

export const handler = (event: ScheduledEvent, context: Context) => tick(cloudRuntime())(event, context);
