import type { DealFilter, DealTotal, SortField, SortPlace, Visible } from "@regulars/core/boards/board-query";
import type { Deal } from "@regulars/core/deals/deal";
import type { PlanId, StatusId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { statusNow } from "@regulars/core/sales-plans/status";
import type { SalesContext } from "../sales-context.ts";

export interface BoardInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  /** The plan, where it was read for the same request. */
  readonly plan?: SalesPlan | undefined;
  readonly filter: DealFilter;
  readonly visible: Visible;
  readonly sort: SortField;
  readonly isAscending: boolean;
  /** Most deals of a column, or of the list. */
  readonly limit: number;
  readonly after?: SortPlace | undefined;
}

export interface DealListing {
  readonly deals: readonly Deal[];
  readonly next?: SortPlace | undefined;
}

/** What answers a query of a plan's deals. */
export interface BoardQueryPlan {
  readonly plan: SalesPlan;
  /** Totals of all filtered deals, by current status. */
  readonly totals: ReadonlyMap<StatusId, DealTotal>;
  /** A page of the deals in these statuses; `limit` instead of the input's. */
  readonly pageOf: (statusIds: readonly StatusId[], limit?: number) => Promise<DealListing>;
}

/** For each current status, its own id and the ids of deleted statuses that it replaced. */
export function idsBehind(plan: SalesPlan): Map<StatusId, StatusId[]> {
  const behind = new Map<StatusId, StatusId[]>(plan.statuses.map(({ statusId }) => [statusId, [statusId]]));
  for (const { statusId } of plan.tombstones) {
    const now = statusNow(plan, statusId);
    if (now !== undefined) behind.get(now.statusId)?.push(statusId);
  }
  return behind;
}
