import type { BacktestId } from "@regulars/core/backtests/backtest";
import { keyOfId } from "@regulars/core/platform/id-text";
import type { UserId } from "@regulars/core/platform/values";
import { type FamilyFates, type Key, type InFamily, keyOfLongId } from "../engine/key.ts";

export const insightsKeys = (inFamily: InFamily) => ({
  /** GSI1: the findings of a rep; an empty user id for customers without a rep. */
  repFindings: (userId: UserId | undefined): string => inFamily(`REP#${keyOfId(userId ?? "")}`),
  /** The lists that a nightly run leaves, by owner; an empty user id for customers without one. */
  findingLists: (): string => inFamily("LISTS"),
  findingList: (owner: UserId | undefined, piece: number): Key => ({
    pk: inFamily("LISTS"),
    sk: `${keyOfId(owner ?? "")}#${piece}`,
  }),
  feedback: (): string => inFamily("FB"),
  feedbackOn: (findingId: string, episode: string): Key => ({
    pk: inFamily("FB"),
    sk: `${keyOfLongId(findingId)}#${episode}`,
  }),
  /** The last action on a finding, while it may be undone. */
  undoOf: (findingId: string): Key => ({ pk: inFamily("UNDO"), sk: keyOfLongId(findingId) }),
  backtests: (): string => inFamily("BACKTEST"),
  backtest: (backtestId: BacktestId): Key => ({ pk: inFamily("BACKTEST"), sk: backtestId }),
  /** In a partition of its own, so that listing backtests reads no reports. */
  backtestReport: (backtestId: BacktestId): Key => ({ pk: inFamily(`BACKTEST#${backtestId}`), sk: "REPORT" }),
  /** The backtest that was requested last, until it ends. */
  openBacktest: (): Key => ({ pk: inFamily("CONFIG"), sk: "BACKTEST" }),
});

export const insightsFates = {
  BACKTEST: "kept",
  FB: { kind: "feedback", fate: "gone" },
  LISTS: { kind: "lists of findings", fate: "made-anew" },
} as const satisfies FamilyFates;
