import { type Visible, timesOf } from "@regulars/core/boards/board-query";
import { type ClosingCount, withClarified } from "@regulars/core/deals/closing-count";
import type { ClosedOutcome } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import { type RefusalReport, type ReportAsked, refusalReport } from "@regulars/core/refusals/refusal-report";
import type { Day, UserId } from "@regulars/core/platform/values";
import type { User } from "@regulars/core/access/user";
import type { SalesContext } from "../sales-context.ts";

/** The closings to report; default: of all time and all plans. */
export interface ClosingsAsked {
  readonly context: SalesContext;
  readonly visible: Visible;
  /** First and last day, both inclusive, in the tenant's zone. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly planId?: PlanId | undefined;
  /** Which plans the caller may see; default: all. */
  readonly isReached?: ((planId: PlanId) => boolean) | undefined;
}

/**
 * The report "by reason of refusal" over a period or the whole time (docs/reference/sales-plans.md 5.13). Computed from
 * the counters of each day and manager; clarifications are read from the closings that have one.
 */
export async function reportRefusals(
  input: ClosingsAsked & ReportAsked & { readonly users: readonly User[] },
): Promise<RefusalReport> {
  const { store } = input.context;
  const [plans, reasons, closingCounts] = await Promise.all([
    store.salesPlans.plans(),
    store.salesPlans.reasons(),
    closingCountsOf(input),
  ]);
  return refusalReport(closingCounts, input, {
    plans: new Map(plans.map(({ planId, name }) => [planId, name])),
    users: new Map(input.users.map(({ userId, name }): [UserId, string] => [userId, name])),
    reasons: new Map([...reasons].map(([reasonId, { name }]) => [reasonId, name])),
  });
}

async function closingCountsOf(input: ClosingsAsked & ReportAsked): Promise<ClosingCount[]> {
  const { context, visible, from, to, withClarifications } = input;
  const { store, tenant } = context;
  const span = timesOf({ from, to }, tenant.timeZone);
  const ofPlans = await Promise.all(
    (await planIdsOf(input)).map(async (planId): Promise<readonly ClosingCount[]> => {
      const all = await store.deals.closingCounts(planId, from, to);
      if (!withClarifications) return all;
      const clarified: ClosingCount[] = [];
      for await (const one of store.deals.clarifiedCounts(planId, span)) clarified.push(one);
      return withClarified(all, clarified);
    }),
  );
  return ofPlans.flat().filter(isSeenBy(visible));
}

/** A predicate: whether somebody may see what its manager closed. */
export const isSeenBy =
  (visible: Visible) =>
  ({ managerId }: Pick<ClosedOutcome, "managerId">): boolean =>
    visible === "all" || (managerId !== undefined && visible.has(managerId));

/** The plans that are asked for, as far as the caller may see them. */
export async function planIdsOf({
  context,
  planId,
  isReached = () => true,
}: ClosingsAsked): Promise<readonly PlanId[]> {
  const planIds = planId === undefined ? (await context.store.salesPlans.plans()).map((plan) => plan.planId) : [planId];
  return planIds.filter(isReached);
}
