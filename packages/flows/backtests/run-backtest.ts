import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import {
  type BacktestId,
  type BacktestRun,
  type BacktestProgress,
  noProgress,
} from "@regulars/core/backtests/backtest";
import type { BacktestStore } from "@regulars/core/backtests/backtest-store";
import type { BacktestReport } from "@regulars/core/backtests/run";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Result } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type AttemptEffects, runAttempt } from "../bulk-engine/run-attempt.ts";
import { backtest } from "./backtest.ts";

interface WorkBacktestInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: BacktestStore;
  readonly nightly: Pick<NightlyStore, "shards" | "snapshots">;
  readonly effects: AttemptEffects;
  readonly backtestId: BacktestId;
  /** After this time, ms, the attempt fails. It must be shorter than the time limit of its runner. */
  readonly patienceMs: number;
}

/** Makes one attempt at a queued backtest, from the beginning to its report. */
export const workBacktest = (input: WorkBacktestInput): Promise<Result<BacktestRun>> => {
  const { tenant, store, nightly, effects, backtestId, patienceMs } = input;
  return runAttempt<BacktestRun, BacktestProgress, BacktestReport>({
    store: {
      find: () => store.find(backtestId),
      save: (backtestRun, report) => store.save(backtestRun, report),
      close: () => store.close(backtestId),
    },
    noProgress,
    effects,
    patienceMs,
    tooLong: (minutes) =>
      `it was not done after ${minutes} minutes: the command line has no such limit, and fewer resamples take less`,
    unknown: { reason: "unknown-backtest", message: `there is no backtest ${backtestId}` },
    calculate: ({ createdAt, options }, { note, mayGoOn }) =>
      backtest({ tenant, store: nightly, catalog: input.catalog, now: createdAt }, options, {
        read: (customersRead) => note({ customersRead }),
        tried: (customersTried) => note({ customersTried }),
        mayGoOn,
      }),
  });
};
