import type { Assignment } from "@regulars/core/assignment/assignment";
import type { NotUsed } from "@regulars/core/deals/not-used";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { AddRefusal } from "./add-to-plan.ts";
import { dryRunSalesPlan } from "../assignment/dry-run-sales-plan.ts";
import type { SalesContext } from "../sales-context.ts";
import { type GivenLead, contactOf, termsOf } from "./read-lead.ts";

/** The result of a dry run. */
interface LeadTried {
  /** The assignment if it became a new deal. */
  readonly assignment: Assignment;
  /** The person's open deal in the plan: the lead would add no second one. */
  readonly duplicateOf?: DealId | undefined;
  /** The parts of its payload that would be left out. */
  readonly notUsed: readonly NotUsed[];
}

/**
 * Computes the result of adding a lead, including refusals and duplicates, without storing anything or taking a turn.
 */
export async function dryRunLead(
  context: SalesContext,
  planId: PlanId,
  given: GivenLead,
): Promise<Result<LeadTried> | AddRefusal> {
  const { store, effects } = context;
  const known = await contactOf(context, given);
  if (!known.ok) return known;
  const { plan, found } = await store.leads.findMany(planId, [known.value.who]);
  if (plan === undefined) return unknownPlan(planId);
  if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
  const isTolerant = given.notUsed !== undefined;
  const reasons = await store.salesPlans.reasons();
  const terms = termsOf(isTolerant, plan, known.value, reasons, toInstant(effects.clock()));
  if (!terms.ok) return terms;
  const { lead, notUsed } = terms.value;
  const leads = [{ person: lead.person, chosen: lead.assign?.managerId ?? undefined }];
  const run = await dryRunSalesPlan({ context, planId, leads });
  if (!run.ok) return run;
  const [assignment] = run.value;
  if (assignment === undefined) throw new Error("a dry run of one lead has no assignment");
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  if (personId === undefined || lead.onDuplicate === "create") return ok({ assignment, notUsed });
  return ok({ assignment, notUsed, duplicateOf: await store.leads.openDealOf(personId, planId) });
}
