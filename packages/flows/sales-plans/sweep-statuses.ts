import type { Deal } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { statusNow } from "@regulars/core/sales-plans/status";
import { toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

const PAGE = 50;
/** Most deals moved by one call; the job continues with the rest. Until then boards show them in the new status. */
const MOST_DEALS = 1_000;

/**
 * Moves the deals of deleted statuses to the statuses that replaced them, with one log row each; returns their number.
 * Closed deals stay closed and only change their column.
 */
export async function sweepStatuses(
  { store, effects }: SalesContext,
  plan: SalesPlan,
  by: { readonly actorId: string; readonly requestId: string },
): Promise<number> {
  const counts = await store.deals.counts(plan.planId);
  const gone = new Set(plan.tombstones.map(({ statusId }) => statusId));
  const left = new Set(counts.map(({ statusId }) => statusId).filter((statusId) => gone.has(statusId)));
  let moved = 0;
  for (const statusId of left) {
    const target = statusNow(plan, statusId);
    if (target === undefined) continue;
    while (moved < MOST_DEALS) {
      const deals = await store.deals.column(plan.planId, statusId, PAGE);
      const saved = await Promise.all(deals.map((deal) => sweep(deal, target.statusId)));
      const count = saved.filter(Boolean).length;
      moved += count;
      if (count === 0) break;
    }
  }
  return moved;

  async function sweep(deal: Deal, statusId: Deal["statusId"]): Promise<boolean> {
    const at = toInstant(effects.clock());
    const after = { ...deal, statusId, version: deal.version + 1, changedAt: at };
    const given = { before: { statusId: deal.statusId }, after: { statusId } };
    return (await store.deals.save({ before: deal, after, log: { action: "moved", at, ...by, ...given } })) === "saved";
  }
}
