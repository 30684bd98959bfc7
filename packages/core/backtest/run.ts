import { type Day, toDay } from "../values.ts";
import { insightBacktests } from "../insights/kinds.ts";
import type { CustomerLog, Span } from "./customer-log.ts";
import { RfmScores } from "./rfm.ts";
import { type KindScore, type Resampling, scoreKind } from "./score.ts";

/** What a backtest found, with all it takes to run it again. */
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

/** The first and last day of the logs; undefined when there is no order at all. */
export function spanOf(logs: readonly CustomerLog[], horizonDays: number): Span | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const { orderDays } of logs) {
    from = Math.min(from, orderDays[0] ?? Infinity);
    to = Math.max(to, orderDays.at(-1) ?? -Infinity);
  }
  return from > to ? undefined : { from, to, horizonDays };
}

/** Tries every kind's rules on the logs, customer by customer; `onCustomer` is told how many are done. */
export function runBacktest(
  logs: readonly CustomerLog[],
  span: Span,
  resampling: Resampling,
  onCustomer: (done: number) => void = () => undefined,
): BacktestReport {
  const rfm = new RfmScores(logs, span);
  const tried = logs.map((log, i) => {
    onCustomer(i + 1);
    return insightBacktests.map((backtest) => backtest.tryOn(log, span, rfm));
  });
  return {
    from: toDay(span.from),
    to: toDay(span.to),
    horizonDays: span.horizonDays,
    customers: logs.length,
    orderDays: logs.reduce((total, { orderDays }) => total + orderDays.length, 0),
    ...resampling,
    kinds: insightBacktests.map((backtest, k) =>
      scoreKind(
        backtest,
        tried.map((of) => of[k]).filter((one) => one !== undefined),
        resampling,
      ),
    ),
  };
}
