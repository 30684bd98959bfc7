import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptEffects } from "@regulars/flows/bulk-engine/run-attempt";
import { workBacktest } from "@regulars/flows/backtests/run-backtest";
import type * as z from "zod";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { backtestMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/**
 * Makes the backtests that are asked for, one message one backtest. It has a queue and a function of its own: it is
 * minutes of calculation over all of a tenant's orders with all of them in memory, which would hold up the rebuilds and
 * the plans' work that somebody waits for, and needs more memory than they do.
 */
export const backtest = defineQueueJob({ id: "backtest", schema: backtestMessageSchema, work });

async function work(
  { tenantId, backtestId }: z.output<typeof backtestMessageSchema>,
  runtime: Runtime,
  patienceMs: number,
): Promise<void> {
  const startedAt = runtime.clock();
  const { tenant, store: tenantStore } = await openTenant(tenantId, runtime);
  const { backtests: store, nightly, usage } = tenantStore;
  const effects: AttemptEffects = {
    clock: runtime.clock,
    elapsed: () => performance.now(),
    wait: (ms) => sleep(ms),
  };
  const batchResult = await workBacktest({
    tenant,
    catalog: runtime.catalogOf(tenant),
    store,
    nightly,
    effects,
    backtestId,
    patienceMs,
  });
  if (!batchResult.ok) throw new Error(batchResult.message);
  const { state, attempts, customersTried } = batchResult.value;
  const { readRequestUnits } = usage;
  const ms = runtime.clock() - startedAt;
  runtime.report("backtest", { tenantId, backtestId, state, attempts, customersTried, readRequestUnits, ms });
}

export const handler = lambdaHandler(backtest);
