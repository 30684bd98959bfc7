import { filterOf, pageOfRows, placeOf, totalsOf } from "@regulars/core/boards/board-query";
import { rowsNow } from "@regulars/core/boards/board-row";
import type { StatusId } from "@regulars/core/platform/ids";
import type { Plan } from "@regulars/core/sales-plans/sales-plan";
import type { BoardInput, DealPage, Look } from "./board-query-plan.ts";

/** Every deal's row of the plan is looked at, in packed pages; of the deals themselves only those that are shown. */
export async function lookByRows(input: BoardInput, plan: Plan): Promise<Look> {
  const { context, filter, visible, sort, isAscending, limit, after } = input;
  const { store, tenant } = context;
  const rows = rowsNow(plan, await store.boardRows(plan.planId)).filter(filterOf(filter, visible, tenant.timeZone));
  const pageOf = async (statusIds: readonly StatusId[]): Promise<DealPage> => {
    const inStatus = rows.filter(({ statusId }) => statusIds.includes(statusId));
    const { page, isMore } = pageOfRows(inStatus, { sort, isAscending, after, limit });
    const deals = await store.deals(page.map(({ dealId }) => dealId));
    const last = page.at(-1);
    return {
      deals: page.map(({ dealId }) => deals.get(dealId)).filter((deal) => deal !== undefined),
      next: isMore && last !== undefined ? placeOf(last, sort) : undefined,
    };
  };
  return { plan, totals: totalsOf(rows), pageOf };
}
