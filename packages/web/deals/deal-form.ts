import type { Deal } from "@regulars/core/deals/deal";
import { mayChange } from "@regulars/core/deals/edit-rights";
import { cutText } from "@regulars/core/platform/cut-text";
import { dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import type { SalesContext } from "@regulars/flows/sales-context";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import { inField, labelled, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { type DealForm, LABELS, dealFormSchema } from "./deal-form-schema.ts";
import { afterOther } from "./after-other.ts";

/**
 * Runs the action of a form with the same flows as the command line and the API; returns the deal. A form that is sent
 * twice is done once. Who comes later than somebody else is told what that one did.
 */
export async function changeDealByForm(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  dealText: string,
  form: object,
): Promise<Result<Deal>> {
  const { actor, by: actorId, decide, noteDecision } = opened;
  const [planId, dealId] = [planIdSchema.safeParse(planText), dealIdSchema.safeParse(dealText)];
  if (!planId.success || !decide("plan.reach", { planId: planId.data })) return unknownPlan(cutText(planText, 100));
  if (!dealId.success) return refuse("unknown-deal", `the sales plan ${planId.data} has no such deal`);
  const asked = dealFormSchema.safeParse(form);
  if (!asked.success)
    return refuseFields(asked.error, { ...form }, labelled(LABELS, opened.words), "deal.noAction", opened.words);
  const { version } = asked.data;
  const sought = { dealId: dealId.data };
  const action = asked.data.action === "move" ? "deal.edit" : "deal.overrule";
  noteDecision("deal.edit");
  const allow = (deal: Deal, plan: SalesPlan) => mayChange(actor, action, deal, plan);
  const requestId = `page_${context.effects.newId()}`;
  const done = await doneWith({ context, planId: planId.data, sought, version, actorId, requestId, allow }, asked.data);
  if (done.ok) return ok(done.value.deal);
  return "winner" in done
    ? afterOther({ context, opened, form: asked.data, winner: done.winner })
    : inField(done, FIELD_OF_REASON[done.reason]);
}

/** The fields that refusals of the flows are about. */
const FIELD_OF_REASON: Readonly<Record<string, keyof typeof LABELS>> = {
  "unknown-status": "statusId",
  "not-a-member": "to",
  "reason-required": "reasonId",
  "reason-not-offered": "reasonId",
  "reason-not-allowed": "reasonId",
  "clarification-required": "clarification",
  "clarification-too-long": "clarification",
};

function doneWith(input: Omit<Parameters<typeof moveDeal>[0], "to" | "given">, form: DealForm) {
  switch (form.action) {
    case "move":
      return moveDeal({
        ...input,
        to: form.statusId,
        given: { reasonId: form.reasonId, clarification: form.clarification },
      });
    case "cancel":
      return reopenDeal({ ...input, comment: form.comment });
    case "transfer":
      return transferDeal({ ...input, to: form.to });
  }
}
