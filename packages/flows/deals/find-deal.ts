import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, ticketOf } from "@regulars/core/platform/ids";
import { type LeadContact, identitiesOf } from "@regulars/core/contacts/identity";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { PATIENCE_MS } from "../assignment/wait-for-assignment.ts";
import type { PlanContext } from "../sales-context.ts";
import { settle } from "../assignment/wait-for-assignment.ts";

/** Which deal is meant: by its id, or as the open one of a person. */
export type DealSought = { readonly dealId: DealId } | { readonly person: LeadContact };

/** A deal of a plan as it is now; one that still waits for its desk is waited for. */
export async function findDeal(
  context: PlanContext,
  planId: PlanId,
  sought: DealSought,
): Promise<Result<Deal, "unknown-deal" | "deal-waits">> {
  const dealId = "dealId" in sought ? sought.dealId : await openDealOf(context, planId, sought.person);
  if (dealId === undefined) return refuse("unknown-deal", "this person has no open deal in the plan");
  const deal = await context.store.deal(dealId);
  if (deal !== undefined) return deal.planId === planId ? ok(deal) : unknown(dealId, planId);
  const ticket = ticketOf(planId, dealId);
  if (ticket === undefined || (await context.store.ticket(planId, ticket))?.kind !== "lead")
    return unknown(dealId, planId);
  const settled = await settle(context, planId, dealId, PATIENCE_MS);
  return settled === undefined
    ? refuse("deal-waits", `deal ${dealId} is stored and still waits for its manager: ask again in a moment`)
    : ok(settled);
}

const unknown = (dealId: DealId, planId: PlanId) =>
  refuse("unknown-deal", `the sales plan ${planId} has no deal ${dealId}`);

async function openDealOf(
  { store, world, tenant }: PlanContext,
  planId: PlanId,
  person: LeadContact,
): Promise<DealId | undefined> {
  const phone = person.phone === undefined ? undefined : world.readPhone(person.phone, tenant.phoneCountry);
  const { found } = await store.lookUp(planId, [{ identities: identitiesOf(person, phone) }]);
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  return personId === undefined ? undefined : store.openDealOf(personId, planId);
}
