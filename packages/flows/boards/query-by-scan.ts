import { rowFilterOf, pageOfRows, placeOf, dealTotalsOf } from "@regulars/core/boards/board-query";
import { rowsNow } from "@regulars/core/boards/board-row";
import type { StatusId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { BoardInput, DealListing, BoardQueryPlan } from "./board-query-plan.ts";

/** Scans the rows of all the plan's deals in its board blocks; reads only the deals that are shown. */
export async function queryByScan(input: BoardInput, plan: SalesPlan): Promise<BoardQueryPlan> {
  const { context, filter, visible, sort, isAscending, after } = input;
  const { store, tenant } = context;
  const rows = rowsNow(plan, await store.boards.rows(plan.planId)).filter(
    rowFilterOf(filter, visible, tenant.timeZone),
  );
  const pageOf = async (statusIds: readonly StatusId[], limit = input.limit): Promise<DealListing> => {
    const inStatus = rows.filter(({ statusId }) => statusIds.includes(statusId));
    const { page, isMore } = pageOfRows(inStatus, { sort, isAscending, after, limit });
    const deals = await store.deals.deals(page.map(({ dealId }) => dealId));
    const last = page.at(-1);
    return {
      deals: page.map(({ dealId }) => deals.get(dealId)).filter((deal) => deal !== undefined),
      next: isMore && last !== undefined ? placeOf(last, sort) : undefined,
    };
  };
  return { plan, totals: dealTotalsOf(rows), pageOf };
}
