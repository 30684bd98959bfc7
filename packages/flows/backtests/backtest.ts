import { type CustomerLog, logOf } from "@regulars/core/backtests/customer-log";
import { generateLogs, usualGenerator } from "@regulars/core/backtests/generator";
import type { BacktestOptions } from "@regulars/core/backtests/options";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type BacktestReport, backtestSteps, spanOf } from "@regulars/core/backtests/run";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant } from "@regulars/core/platform/values";

/** Gets a backtest's progress; asked after every step of a few milliseconds whether to continue. */
export interface BacktestProgress {
  readonly read: (customers: number) => void;
  readonly tried: (customers: number, of: number) => void;
  readonly mayGoOn?: () => Promise<boolean>;
}

const stopped = () => refuse("stopped", "the backtest was stopped before its end");

interface BacktestInput {
  readonly tenant: Tenant;
  readonly store: Pick<NightlyStore, "shards" | "snapshots">;
  readonly catalog: InsightCatalog;
  readonly now: Instant;
}

/**
 * Runs every rule over a tenant's past orders, day by day, and counts which alerts would have been right. The rules are
 * those of the For You page, so the edition has to include that page.
 */
export async function backtest(
  { tenant, store, catalog, now }: BacktestInput,
  options: BacktestOptions,
  progress: BacktestProgress,
): Promise<Result<BacktestReport>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const asOf = lastCompletedDay(now, tenant.timeZone);
  const logs: CustomerLog[] = [];
  const isRead = await Promise.all(
    store.shards.map(async (shard) => {
      for await (const { history } of store.snapshots(shard, { asOf }, { repair: false })) {
        logs.push(logOf(history));
        progress.read(logs.length);
        if ((await progress.mayGoOn?.()) === false) return false;
      }
      return true;
    }),
  );
  if (isRead.includes(false)) return stopped();
  // The shards end in any order, but the random draws of the intervals need a fixed one.
  logs.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  return tryRules(catalog, logs, options, progress);
}

/** The same for generated customers with known outcomes. */
export function backtestMadeUp(
  catalog: InsightCatalog,
  customers: number,
  options: BacktestOptions,
  progress: BacktestProgress,
): Promise<Result<BacktestReport>> {
  return tryRules(catalog, generateLogs({ ...usualGenerator(options.seed), customers }), options, progress);
}

async function tryRules(
  { backtests }: InsightCatalog,
  logs: readonly CustomerLog[],
  { horizonDays, seed, resamples }: BacktestOptions,
  progress: BacktestProgress,
): Promise<Result<BacktestReport>> {
  const span = spanOf(logs, horizonDays);
  if (span === undefined) return refuse("no-orders", "there are no orders to test the rules on: import orders first");
  let tried = 0;
  const steps = backtestSteps(backtests, logs, span, { seed, resamples });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return ok(step.value);
    if (step.value !== tried) progress.tried(step.value, logs.length);
    tried = step.value;
    if ((await progress.mayGoOn?.()) === false) return stopped();
  }
}
