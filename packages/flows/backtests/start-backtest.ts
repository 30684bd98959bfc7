import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { isOpen } from "@regulars/core/bulk-engine/attempts";
import { type BacktestRun, backtestIdOf, queuedBacktest } from "@regulars/core/backtests/backtest";
import type { BacktestOptions } from "@regulars/core/backtests/options";
import type { BacktestStore } from "@regulars/core/backtests/backtest-store";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant } from "@regulars/core/platform/values";

interface StartBacktestInput {
  readonly tenant: Tenant;
  readonly store: BacktestStore;
  readonly options: BacktestOptions;
  readonly actorId: string;
  readonly now: Instant;
  /** At least ten random letters and digits, unique. */
  readonly letters: string;
  readonly companionOf?: CompanionWritesOf<BacktestRun> | undefined;
}

const MAX_ROUNDS = 5;

/**
 * Queues a backtest for `workBacktest`. A tenant has one at a time: it takes minutes over all orders, and two at once
 * would have the same result.
 */
export async function startBacktest(input: StartBacktestInput): Promise<Result<BacktestRun>> {
  const { tenant, store, options, actorId, now, letters, companionOf } = input;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const backtestRun = queuedBacktest({
    backtestId: backtestIdOf(now, letters),
    options,
    createdAt: now,
    createdBy: actorId,
  });
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (await store.create(backtestRun, companionOf?.(backtestRun))) return ok(backtestRun);
    const open = await store.open();
    if (open === undefined) continue;
    if (isOpen(open, now))
      return refuse("backtest-open", `the backtest ${open.backtestId} is not done yet: wait until it is`);
    // The runner that ended it crashed before closing it.
    await store.close(open.backtestId);
  }
  throw new Error(
    `the backtest ${backtestRun.backtestId} could not be kept, and there is no other that would be in its way`,
  );
}
