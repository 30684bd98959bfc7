import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type PlanId, sequenceOf } from "@regulars/core/platform/ids";
import { type ContactDetails, identitiesOf } from "@regulars/core/contacts/identity";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { PATIENCE_MS } from "../assignment/wait-for-assignment.ts";
import type { SalesContext } from "../sales-context.ts";
import { waitForAssignment } from "../assignment/wait-for-assignment.ts";

/** A deal to find: by its id, or as the open one of a person. */
export type DealSought = { readonly dealId: DealId } | { readonly person: ContactDetails };

/** A deal of a plan; waits for one that is not assigned yet. */
export async function findDeal(
  context: SalesContext,
  planId: PlanId,
  sought: DealSought,
): Promise<Result<Deal, "unknown-deal" | "assignment-pending">> {
  const dealId = "dealId" in sought ? sought.dealId : await openDealOf(context, planId, sought.person);
  if (dealId === undefined) return refuse("unknown-deal", "this person has no open deal in the plan");
  const deal = await context.store.deals.deal(dealId);
  if (deal !== undefined) return deal.planId === planId ? ok(deal) : unknown(dealId, planId);
  const sequence = sequenceOf(planId, dealId);
  if (sequence === undefined || (await context.store.assignment.sequence(planId, sequence))?.kind !== "lead")
    return unknown(dealId, planId);
  const awaited = await waitForAssignment(context, planId, dealId, PATIENCE_MS);
  return awaited === undefined
    ? refuse("assignment-pending", `deal ${dealId} is stored and still waits for its manager: try again in a moment`)
    : ok(awaited);
}

const unknown = (dealId: DealId, planId: PlanId) =>
  refuse("unknown-deal", `the sales plan ${planId} has no deal ${dealId}`);

async function openDealOf(
  { store, effects, tenant }: SalesContext,
  planId: PlanId,
  person: ContactDetails,
): Promise<DealId | undefined> {
  const phone = person.phone === undefined ? undefined : await effects.readPhone(person.phone, phoneCountryOf(tenant));
  const { found } = await store.leads.findMany(planId, [{ identities: identitiesOf(person, phone) }]);
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  return personId === undefined ? undefined : store.leads.openDealOf(personId, planId);
}
