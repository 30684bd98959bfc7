import type { Currency, Minor, UserId } from "../platform/values.ts";
import type { ClosedOutcome } from "./deal.ts";
import type { PlanId, ReasonId } from "../platform/ids.ts";

/** Closings that reports count alike: so many of one plan, manager and reason, as they were when deals were closed. */
export interface ClosingCount {
  readonly planId: PlanId;
  readonly managerId?: UserId | undefined;
  /** Won or lost while it stands. */
  readonly outcome: "won" | "lost" | "cancelled";
  /** Of the lost. */
  readonly reasonId?: ReasonId | undefined;
  readonly clarification?: string | undefined;
  readonly count: number;
  /** What the won are worth. */
  readonly sums: Readonly<Record<Currency, Minor>>;
}

/** One closing. */
export function closingCountOf(closing: ClosedOutcome): ClosingCount {
  const { planId, managerId, kind, cancelled, reasonId, clarification, currency, amountMinor } = closing;
  const outcome = cancelled === undefined ? kind : "cancelled";
  const sums = outcome === "won" ? { [currency]: amountMinor } : {};
  return { planId, managerId, outcome, reasonId, clarification, count: 1, sums };
}
