import { setTimeout as sleep } from "node:timers/promises";
import { type BacktestWorld, workBacktest } from "@regulars/flows/insights/backtests/run-backtest";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, SQSEvent } from "aws-lambda";
import type * as z from "zod";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";
import { backtestMessageSchema } from "./messages.ts";

/** Shorter than the function's time: a backtest that is not done by then says so, instead of being cut off. */
const PATIENCE_MS = 14 * 60_000;

/**
 * Makes the backtests that are asked for, one message one backtest. It has a queue and a function of its own: it is
 * minutes of calculation over all of a tenant's orders with all of them in memory, which would hold up the rebuilds and
 * the plans' work that somebody waits for, and needs more memory than they do.
 */
export const backtests = (runtime: Runtime, patienceMs = PATIENCE_MS) =>
  queueHandler(backtestMessageSchema, (message) => work(message, runtime, patienceMs), runtime);

async function work(
  { tenantId, backtestId }: z.output<typeof backtestMessageSchema>,
  runtime: Runtime,
  patienceMs: number,
): Promise<void> {
  const startedAt = runtime.clock();
  const table = runtime.tableFor(tenantId);
  const tenant = await openTenantDirectory(table).find(tenantId);
  if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
  const { backtests: store, night, usage } = openTenantStore(table, tenant);
  const world: BacktestWorld = {
    clock: runtime.clock,
    elapsed: () => performance.now(),
    wait: (ms) => sleep(ms),
  };
  const worked = await workBacktest({
    tenant,
    catalog: runtime.catalogOf(tenant),
    store,
    night,
    world,
    backtestId,
    patienceMs,
  });
  if (!worked.ok) throw new Error(worked.message);
  const { state, attempts, customersTried } = worked.value;
  const { readRequestUnits } = usage;
  const ms = runtime.clock() - startedAt;
  runtime.report("backtest", { tenantId, backtestId, state, attempts, customersTried, readRequestUnits, ms });
}

export const handler = (event: SQSEvent, context: Context) => backtests(cloudRuntime())(event, context);
