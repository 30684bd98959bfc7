import { startDueNights } from "@regulars/flows/nightly/start-due-nightly-runs";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Runtime } from "../runtime.ts";
import { defineClockJob, lambdaHandler } from "./define-job.ts";

/** Starts nights that are due, and the sending of notifications that are waiting. */
export const tick = defineClockJob({ id: "tick", run: startWhatIsDue });

async function startWhatIsDue({ table, tableFor, clock, queues, report }: Runtime): Promise<void> {
  const { nights, deliveries, late } = await startDueNights(openTenantDirectory(table, tableFor), clock);
  for (const night of nights) await queues.send("nights", { ...night, isScheduled: true });
  for (const delivery of deliveries) await queues.send("deliveries", delivery);
  report("tick", { nights: nights.length, deliveries: deliveries.length, lateNights: late.length, late });
}

export const handler = lambdaHandler(tick);
