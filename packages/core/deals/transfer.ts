import { type Result, ok, refuse } from "../platform/result.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { Deal } from "./deal.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";

/**
 * A deal transferred to another manager, who must be a member of its plan. Closed deals may be transferred too: reports
 * still count the manager at closing (docs/reference/sales-plans.md 5.13). A transfer to the same manager is
 * `undefined`.
 */
export function transferredDeal(
  deal: Deal,
  to: UserId,
  { members }: Pick<SalesPlan, "members">,
  at: Instant,
): Result<Deal | undefined, "deal-removed" | "not-a-member"> {
  if (deal.removedAt !== undefined) return refuse("deal-removed", `deal ${deal.dealId} is no longer in the plan`);
  if (deal.managerId === to) return ok(undefined);
  if (!members.some(({ userId }) => userId === to)) return refuse("not-a-member", `${to} is no member of the plan`);
  return ok({ ...deal, managerId: to, version: deal.version + 1, changedAt: at });
}

/** Whether the deal's manager has left the plan but kept the deal (docs/reference/sales-plans.md 5.7). */
export const hasOwnerLeft = (
  { managerId }: Pick<Deal, "managerId">,
  { members }: Pick<SalesPlan, "members">,
): boolean => managerId !== undefined && !members.some(({ userId }) => userId === managerId);
