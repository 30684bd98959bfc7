import { type Actor, actorId, may } from "../access/actor.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { Deal } from "./deal.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";

/**
 * Whether somebody may change a deal: any deal with `deals.edit_all`, those of plans they are a member of with
 * `deals.edit_bulk`, their own with `deals.edit_own` (docs/reference/sales-plans.md 5.11).
 */
export function mayEdit(
  actor: Actor,
  deal: Pick<Deal, "managerId">,
  plan: Pick<SalesPlan, "members">,
): Result<undefined> {
  if (may(actor, "deals.edit_all")) return ok(undefined);
  if (actor.type === "user") {
    const { userId } = actor.user;
    if (may(actor, "deals.edit_bulk") && plan.members.some((member) => member.userId === userId)) return ok(undefined);
    if (may(actor, "deals.edit_own") && deal.managerId === userId) return ok(undefined);
  }
  return refuse("not-allowed", `${actorId(actor)} may not change this deal`);
}

/**
 * Whether somebody may reopen and transfer deals of a plan: with `deals.edit_all` in every plan, with `deals.edit_bulk`
 * in those they are a member of. Being the deal's manager is not enough (docs/reference/sales-plans.md 5.11).
 */
export function mayOverrule(actor: Actor, { members }: Pick<SalesPlan, "members">): Result<undefined> {
  if (may(actor, "deals.edit_all")) return ok(undefined);
  const userId = actor.type === "user" ? actor.user.userId : undefined;
  if (may(actor, "deals.edit_bulk") && members.some((member) => member.userId === userId)) return ok(undefined);
  return refuse(
    "not-allowed",
    `${actorId(actor)} needs deals.edit_all, or deals.edit_bulk and to be a member of the plan`,
  );
}

/**
 * Whether somebody may change many deals of a plan at once: they need `deals.edit_bulk`, and to be a member or have
 * `deals.edit_all`.
 */
export const mayInBulk = (actor: Actor, plan: Pick<SalesPlan, "members">): Result<undefined> =>
  may(actor, "deals.edit_bulk")
    ? mayOverrule(actor, plan)
    : refuse("not-allowed", `${actorId(actor)} needs deals.edit_bulk to change many deals at once`);
