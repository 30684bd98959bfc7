import { catalogOf } from "../catalog.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptEffects } from "@regulars/flows/bulk-engine/run-attempt";
import { workBacktest } from "@regulars/flows/backtests/run-backtest";
import type * as z from "zod";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { backtestMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/**
 * Runs queued backtests, one per message. It has its own queue and function, because it calculates for minutes with all
 * of a tenant's orders in memory: it needs more memory than rebuilds and plan work, and would delay them.
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
    catalog: catalogOf(runtime, tenant),
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
