import type { Assignment } from "@regulars/core/assignment/assignment";
import { dealTerms } from "@regulars/core/leads/draft-deal";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { LeadPayload } from "@regulars/core/leads/lead-payload";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { AddRefusal } from "./add-to-plan.ts";
import { dryRunSalesPlan } from "../assignment/dry-run-sales-plan.ts";
import type { SalesContext } from "../sales-context.ts";
import { resolveContact } from "../contacts/resolve-contact.ts";

/** What would become of a lead. */
export interface LeadTried {
  /** Whose it would be as a deal of its own. */
  readonly assignment: Assignment;
  /** The open deal of its person in the plan: it would get no other one. */
  readonly duplicateOf?: DealId | undefined;
}

/** Says what adding a lead would come to, refusals and duplicates among it; nothing is stored and no turn is taken. */
export async function dryRunLead(
  context: SalesContext,
  planId: PlanId,
  lead: LeadPayload,
): Promise<Result<LeadTried> | AddRefusal> {
  const { store, effects } = context;
  const who = resolveContact(context, lead);
  if (!who.ok) return who;
  const { plan, found } = await store.leads.findMany(planId, [who.value]);
  if (plan === undefined) return unknownPlan(planId);
  if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
  const terms = dealTerms(plan, lead, await store.salesPlans.reasons(), toInstant(effects.clock()));
  if (!terms.ok) return terms;
  const leads = [{ person: lead.person, chosen: lead.assign?.managerId ?? undefined }];
  const run = await dryRunSalesPlan({ context, planId, leads });
  if (!run.ok) return run;
  const [assignment] = run.value;
  if (assignment === undefined) throw new Error("a dry run of one lead has no assignment");
  const personId = found[0]?.owners.find((owner) => owner !== undefined);
  if (personId === undefined || lead.onDuplicate === "create") return ok({ assignment });
  return ok({ assignment, duplicateOf: await store.leads.openDealOf(personId, planId) });
}
