import type { Visible } from "@regulars/core/boards/board-query";
import type { Deal } from "@regulars/core/deals/deal";
import { compareText } from "@regulars/core/platform/compare";
import type { UserId } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { idsOfKind } from "@regulars/core/sales-plans/status";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { SalesContext } from "../sales-context.ts";

/** Open deals of one manager: by plan how many, and the first of them. */
export interface OpenDeals {
  readonly count: number;
  readonly plans: readonly { readonly plan: SalesPlan; readonly count: number; readonly first: readonly Deal[] }[];
}

const MOST_NAMED = 10;

interface OpenDealsInput {
  readonly context: SalesContext;
  readonly plans: readonly SalesPlan[];
  readonly managerId: UserId;
  /** The deals of a plan that may be named and counted. */
  readonly visibleIn: (plan: SalesPlan) => Promise<Visible>;
}

/**
 * The open deals of a manager, the oldest of a plan first, ten of them in all. Nothing takes them away when their
 * manager leaves a plan or the company: they keep them until somebody transfers them (docs/reference/sales-plans.md
 * 5.7).
 */
export async function openDealsOf({ context, plans, managerId, visibleIn }: OpenDealsInput): Promise<OpenDeals> {
  const lists = await mapConcurrent(plans, async (plan) => {
    const visible = await visibleIn(plan);
    if (visible !== "all" && !visible.has(managerId)) return [];
    const open = idsOfKind(plan, "intermediate");
    const counts = await context.store.deals.counts(plan.planId);
    const theirs = counts.filter((one) => one.managerId === managerId && open.has(one.statusId) && one.count > 0);
    if (theirs.length === 0) return [];
    const page = { limit: MOST_NAMED, isAscending: true } as const;
    const columns = await mapConcurrent(theirs, ({ statusId }) =>
      context.store.deals.columnPage(plan.planId, { statusId, managerId }, page),
    );
    const deals = columns.flat().toSorted((a, b) => compareText(a.createdAt, b.createdAt));
    return [{ plan, count: theirs.reduce((sum, { count }) => sum + count, 0), deals }];
  });
  const found = lists.flat();
  const named = new Set(found.flatMap(({ deals }) => deals.slice(0, MOST_NAMED)).slice(0, MOST_NAMED));
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    plans: found.map(({ plan, count, deals }) => ({ plan, count, first: deals.filter((deal) => named.has(deal)) })),
  };
}
