import { type Day, toDay } from "../platform/values.ts";
import type { CustomerLog, LogSpan } from "./customer-log.ts";
import type { CustomerTrial, KindBacktest } from "./kind-backtest.ts";
import { TenantPast } from "./tenant-past.ts";
import type { Resampling } from "./estimate.ts";
import { type KindScore, scoreSteps } from "./score.ts";

/** The result of a backtest, with everything needed to repeat it. */
export interface BacktestReport {
  readonly from: Day;
  readonly to: Day;
  readonly horizonDays: number;
  readonly customers: number;
  readonly orderDays: number;
  readonly seed: number;
  readonly resamples: number;
  readonly kinds: readonly KindScore[];
}

/** The first and last day of the logs; `undefined` without any order. */
export function spanOf(logs: readonly CustomerLog[], horizonDays: number): LogSpan | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const { orderDays } of logs) {
    from = Math.min(from, orderDays[0] ?? Infinity);
    to = Math.max(to, orderDays.at(-1) ?? -Infinity);
  }
  return from > to ? undefined : { from, to, horizonDays };
}

/** Tests every kind's rules on the logs. */
export function runBacktest(
  backtests: readonly KindBacktest[],
  logs: readonly CustomerLog[],
  span: LogSpan,
  resampling: Resampling,
): BacktestReport {
  const steps = backtestSteps(backtests, logs, span, resampling);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same in steps of a few milliseconds, one per customer and then one per draw; each yields the number of customers
 * tested so far. A large tenant takes minutes, and the caller can do other work or stop between steps.
 */
export function* backtestSteps(
  backtests: readonly KindBacktest[],
  logs: readonly CustomerLog[],
  span: LogSpan,
  resampling: Resampling,
): Generator<number, BacktestReport> {
  const past = new TenantPast(logs, span);
  const tried: CustomerTrial[][] = [];
  for (const log of logs) {
    tried.push(backtests.map((backtest) => backtest.tryOn(log, span, past)));
    yield tried.length;
  }
  const kinds: KindScore[] = [];
  for (const [k, backtest] of backtests.entries()) {
    const trials = tried.map((of) => of[k]).filter((one) => one !== undefined);
    const steps = scoreSteps(backtest, trials, resampling);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        kinds.push(step.value);
        break;
      }
      yield tried.length;
    }
  }
  return {
    from: toDay(span.from),
    to: toDay(span.to),
    horizonDays: span.horizonDays,
    customers: logs.length,
    orderDays: logs.reduce((total, { orderDays }) => total + orderDays.length, 0),
    ...resampling,
    kinds,
  };
}
