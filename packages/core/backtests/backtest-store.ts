import type { CompanionWrites } from "../platform/idempotency.ts";
import type { BacktestId, BacktestRun } from "./backtest.ts";
import type { BacktestReport } from "./run.ts";

/** Backtests, newest first. `next` is the `before` of the following page, absent on the last one. */
export interface BacktestPage {
  readonly backtestRuns: readonly BacktestRun[];
  readonly next?: BacktestId | undefined;
}

/** Requested backtests and their reports. */
export interface BacktestStore {
  /** Stores a new run as the tenant's open one; `false` when another is open. */
  readonly create: (backtestRun: BacktestRun, companion?: CompanionWrites) => Promise<boolean>;
  /** The latest run, unless it is known to have ended. */
  readonly open: () => Promise<BacktestRun | undefined>;
  /** Marks it as no longer open. */
  readonly close: (backtestId: BacktestId) => Promise<void>;
  readonly find: (backtestId: BacktestId) => Promise<BacktestRun | undefined>;
  /** `false` when somebody else has changed it since. A report is stored in the same transaction. */
  readonly save: (backtestRun: BacktestRun, report?: BacktestReport) => Promise<boolean>;
  readonly report: (backtestId: BacktestId) => Promise<BacktestReport | undefined>;
  readonly page: (limit: number, before?: BacktestId) => Promise<BacktestPage>;
}
