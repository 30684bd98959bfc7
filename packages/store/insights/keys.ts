import type { BacktestId } from "@regulars/core/backtests/backtest";
import type { UserId } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const insightsKeys = (inFamily: InFamily) => ({
  /** GSI1: the findings of a rep; an empty user id for customers without a rep. */
  repFindings: (userId: UserId | undefined): string => inFamily(`REP#${userId ?? ""}`),
  feedback: (): string => inFamily("FB"),
  feedbackOn: (findingId: string, episode: string): Key => ({ pk: inFamily("FB"), sk: `${findingId}#${episode}` }),
  backtests: (): string => inFamily("BACKTEST"),
  backtest: (backtestId: BacktestId): Key => ({ pk: inFamily("BACKTEST"), sk: backtestId }),
  /** In a partition of its own, so that listing backtests reads no reports. */
  backtestReport: (backtestId: BacktestId): Key => ({ pk: inFamily(`BACKTEST#${backtestId}`), sk: "REPORT" }),
  /** The backtest that was requested last, until it ends. */
  openBacktest: (): Key => ({ pk: inFamily("CONFIG"), sk: "BACKTEST" }),
});
