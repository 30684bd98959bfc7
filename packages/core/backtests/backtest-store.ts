import type { CompanionWrites } from "../platform/idempotency.ts";
import type { BacktestId, BacktestRun } from "./backtest.ts";
import type { BacktestReport } from "./run.ts";

/** Backtests, newest first. `next` is the `before` of the page after, absent on the last one. */
export interface BacktestPage {
  readonly backtestRuns: readonly BacktestRun[];
  readonly next?: BacktestId | undefined;
}

/** Backtests that were asked for, and their reports. */
export interface BacktestStore {
  /** Keeps a new job as the tenant's open one; `false` when there is one. */
  readonly create: (backtestRun: BacktestRun, companion?: CompanionWrites) => Promise<boolean>;
  /** The one that was asked for last and is not known to have ended. */
  readonly open: () => Promise<BacktestRun | undefined>;
  /** It is the open one no more. */
  readonly close: (backtestId: BacktestId) => Promise<void>;
  readonly find: (backtestId: BacktestId) => Promise<BacktestRun | undefined>;
  /** `false` when somebody else has changed it since; with its report once there is one, both or neither. */
  readonly save: (backtestRun: BacktestRun, report?: BacktestReport) => Promise<boolean>;
  readonly report: (backtestId: BacktestId) => Promise<BacktestReport | undefined>;
  readonly page: (limit: number, before?: BacktestId) => Promise<BacktestPage>;
}
