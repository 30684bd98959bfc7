import { type CodeRedBacktest, CodeRedWalk } from "@regulars/core/backtests/code-red-backtest";
import type { Resampling } from "@regulars/core/backtests/estimate";
import type { ColumnMonths } from "@regulars/core/code-red/settings";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, dayNumber, toDay } from "@regulars/core/platform/values";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface BacktestInput {
  readonly tenant: Tenant;
  readonly store: Pick<NightlyStore, "shards" | "snapshots">;
  readonly months: ColumnMonths;
  readonly now: Instant;
}

/** Walks through a tenant's past with its settings of Code Red; reads every history twice, and keeps none. */
export async function backtestCodeRed(
  { tenant, store, months, now }: BacktestInput,
  resampling: Resampling,
): Promise<Result<CodeRedBacktest>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const last = lastCompletedDay(now, tenant.timeZone);
  const read = (shard: number) => store.snapshots(shard, { asOf: last }, { repair: false });
  let [first, latest] = [Infinity, -Infinity];
  for (const shard of store.shards)
    for await (const { history } of read(shard)) {
      const { count, day } = history.documents;
      if (count > 0) [first, latest] = [Math.min(first, day[0] ?? Infinity), Math.max(latest, day[count - 1] ?? 0)];
    }
  if (first > latest) return refuse("no-orders", "there are no orders to test Code Red on: import orders first");
  const span = { first: toDay(dayNumber(first)), last: toDay(dayNumber(latest)) };
  const walk = new CodeRedWalk(span, months, codeRedSettingsOf(tenant), tenant.closures);
  // One shard after the other, so that the intervals' random draws meet the customers in one order.
  for (const shard of store.shards) for await (const { history } of read(shard)) walk.add(history);
  return ok(walk.report(resampling));
}
