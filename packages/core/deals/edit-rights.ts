import { type Actor, actorId } from "../access/actor.ts";
import { type Action, type DealThing, type PlanThing, type ThingOf, may } from "../access/may.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { Deal } from "./deal.ts";

/** The actions on one deal. */
type DealAction = { [A in Action]: ThingOf<A> extends DealThing ? A : never }[Action] & `deal.${string}`;

/** A deal as the thing of a decision. Its manager's team is asked for only in lists: who sees a team edits all deals. */
export const dealThing = (
  { managerId }: Pick<Deal, "managerId">,
  { planId, members }: PlanThing,
  addedBy?: string,
): DealThing => ({
  plan: { planId, members },
  manager: managerId === undefined ? undefined : { userId: managerId },
  addedBy,
});

/**
 * Whether somebody may change a deal in this way (docs/reference/sales-plans.md 5.11). A deal that they may not even
 * see is refused like one that does not exist.
 */
export function mayChange(
  actor: Actor,
  action: DealAction,
  deal: Pick<Deal, "dealId" | "managerId">,
  plan: PlanThing,
): Result<undefined> {
  const thing = dealThing(deal, plan);
  if (may(actor, action, thing)) return ok(undefined);
  if (!may(actor, "deal.see", thing)) return unknownDeal(deal.dealId);
  return refuse(
    "not-allowed",
    action === "deal.overrule"
      ? `${actorId(actor)} needs deals.edit_all, or deals.edit_bulk and to be a member of the plan`
      : `${actorId(actor)} may not change this deal`,
  );
}

/** Whether somebody may change many deals of a plan at once. */
export const mayInBulk = (actor: Actor, plan: PlanThing): Result<undefined> =>
  may(actor, "plan.change_many", plan)
    ? ok(undefined)
    : refuse(
        "not-allowed",
        `${actorId(actor)} needs deals.edit_bulk, and deals.edit_all or to be a member of the plan, to change many deals at once`,
      );

/** The deal does not exist, or it is none of the caller's. */
export const unknownDeal = (dealId: string) => refuse("unknown-deal", `there is no deal ${dealId}`);
