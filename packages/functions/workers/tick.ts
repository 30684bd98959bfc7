import { startDueNightlyRuns } from "@regulars/flows/nightly/start-due-nightly-runs";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Runtime } from "../runtime.ts";
import { defineClockJob, lambdaHandler } from "./define-job.ts";

/** Starts due nightly runs and the sending of due notifications. */
export const tick = defineClockJob({ id: "tick", run: startWhatIsDue });

async function startWhatIsDue({ table, tableFor, clock, queues, report }: Runtime): Promise<void> {
  const { nightly, outgoing, late } = await startDueNightlyRuns(openTenantDirectory(table, tableFor), clock);
  for (const due of nightly) await queues.send("nightly", { ...due, isScheduled: true });
  for (const delivery of outgoing) await queues.send("outgoing", delivery);
  report("tick", { nightly: nightly.length, outgoing: outgoing.length, lateNightlyRuns: late.length, late });
}

export const handler = lambdaHandler(tick);
