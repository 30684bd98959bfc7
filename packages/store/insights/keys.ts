import type { BacktestId } from "@regulars/core/backtests/backtest";
import type { UserId } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const insightsKeys = (inFamily: InFamily) => ({
  /** GSI1: a rep's findings; customers without a rep are listed under none. */
  repFindings: (userId: UserId | undefined): string => inFamily(`REP#${userId ?? ""}`),
  feedback: (): string => inFamily("FB"),
  feedbackOn: (findingId: string, episode: string): Key => ({ pk: inFamily("FB"), sk: `${findingId}#${episode}` }),
  backtests: (): string => inFamily("BACKTEST"),
  backtest: (backtestId: BacktestId): Key => ({ pk: inFamily("BACKTEST"), sk: backtestId }),
  /** Apart from the jobs, so that their list is light. */
  backtestReport: (backtestId: BacktestId): Key => ({ pk: inFamily(`BACKTEST#${backtestId}`), sk: "REPORT" }),
  /** The one that was asked for last, until it has ended. */
  openBacktest: (): Key => ({ pk: inFamily("CONFIG"), sk: "BACKTEST" }),
});
