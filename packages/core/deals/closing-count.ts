import type { Currency, Day, Minor, UserId } from "../platform/values.ts";
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

/** What closed outcomes have in common that are counted together, without their clarifications. */
export type CountedAs = Pick<ClosingCount, "planId" | "managerId" | "outcome" | "reasonId">;

/** The count of a single closed outcome. */
export function closingCountOf(closing: ClosedOutcome): ClosingCount {
  const { planId, managerId, kind, cancelled, reasonId, clarification, currency, amountMinor } = closing;
  const outcome = cancelled === undefined ? kind : "cancelled";
  const sums = outcome === "won" ? { [currency]: amountMinor } : {};
  return { planId, managerId, outcome, reasonId, clarification, count: 1, sums };
}

const nameOf = ({ planId, managerId, outcome, reasonId }: CountedAs): string =>
  JSON.stringify([planId, managerId, outcome, reasonId]);

/** Counts that tell clarifications apart: of all, and of those that have one. */
export function withClarified(all: readonly ClosingCount[], clarified: readonly ClosingCount[]): ClosingCount[] {
  const told = new Map<string, number>();
  for (const one of clarified) told.set(nameOf(one), (told.get(nameOf(one)) ?? 0) + one.count);
  const others = all.map((one) => ({ ...one, count: one.count - (told.get(nameOf(one)) ?? 0) }));
  return [...others.filter(({ count }) => count > 0), ...clarified];
}

/** What was closed on one day under one manager, or under none; clarifications are not counted separately. */
export interface ClosingDay {
  /** In the tenant's zone. */
  readonly day: Day;
  readonly counts: readonly ClosingCount[];
  /** Whether all of them can be read by what they count as; what an earlier version wrote cannot. */
  readonly isIndexed: boolean;
}
