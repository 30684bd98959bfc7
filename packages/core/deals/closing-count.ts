import type { Currency, Minor, UserId } from "../platform/values.ts";
import type { ClosedOutcome } from "./deal.ts";
import type { PlanId, ReasonId } from "../platform/ids.ts";

/** A number of closed outcomes of one plan, manager and reason, as they were at closing. */
export interface ClosingCount {
  readonly planId: PlanId;
  readonly managerId?: UserId | undefined;
  /** `cancelled`: the deal was reopened. */
  readonly outcome: "won" | "lost" | "cancelled";
  /** Only of lost ones. */
  readonly reasonId?: ReasonId | undefined;
  readonly clarification?: string | undefined;
  readonly count: number;
  /** Value of the won ones. */
  readonly sums: Readonly<Record<Currency, Minor>>;
}

/** The count of a single closed outcome. */
export function closingCountOf(closing: ClosedOutcome): ClosingCount {
  const { planId, managerId, kind, cancelled, reasonId, clarification, currency, amountMinor } = closing;
  const outcome = cancelled === undefined ? kind : "cancelled";
  const sums = outcome === "won" ? { [currency]: amountMinor } : {};
  return { planId, managerId, outcome, reasonId, clarification, count: 1, sums };
}
