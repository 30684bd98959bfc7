import { counted } from "@regulars/core/platform/counted";
import { startDueNightlyRuns } from "@regulars/flows/nightly/start-due-nightly-runs";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Runtime } from "../runtime.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { defineClockJob, lambdaHandler } from "./define-job.ts";

/** Starts due nightly runs and the sending of due notifications. */
export const tick = defineClockJob({ id: "tick", run: startWhatIsDue });

/** Time that is kept for what has begun and for the report, ms: a tenant's calls with a throttled one among them. */
const RESERVE_MS = 15_000;

async function startWhatIsDue(runtime: Runtime, remainingMs: () => number): Promise<void> {
  const { table, tableFor, clock, queues, report, log } = runtime;
  const { nightly, outgoing, late, failed, left, oldestDueMs } = await startDueNightlyRuns({
    directory: openTenantDirectory(table, tableFor),
    clock,
    send: {
      nightly: (due) => queues.send("nightly", { ...due, isScheduled: true }),
      outgoing: (due) => queues.send("outgoing", due),
    },
    hasTime: () => remainingMs() > RESERVE_MS,
  });
  for (const { tenantId, reason } of failed)
    log.error("a tenant was not looked at", {
      tenantId,
      reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    });
  const figures = { nightly: nightly.length, outgoing: outgoing.length, lateNightlyRuns: late.length, oldestDueMs };
  report("tick", { ...figures, late, failed: failed.length, left });
  if (failed.length > 0) throw new Error(`${counted(failed.length, "tenant")} could not be looked at: see the log`);
}

export const handler = lambdaHandler(tick, { queues: cloudQueues });
