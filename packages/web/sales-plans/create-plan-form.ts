import { type SalesPlan, newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import type { Result } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import type { PageWords } from "@regulars/render/texts/page-words";
import { type FieldLabels, labelled, refuseField, refuseFields } from "../page/form-reason.ts";

const LABELS: FieldLabels = { name: "plans.name" };

/** Makes a plan with the usual statuses; a name that a plan has is refused, also when the form is sent twice. */
export async function createPlanByForm(
  context: SalesContext,
  form: Readonly<Record<string, string>>,
  words: PageWords,
): Promise<Result<SalesPlan>> {
  const asked = newPlanSchema.safeParse({ name: form["name"] ?? "" });
  if (!asked.success) return refuseFields(asked.error, form, labelled(LABELS, words), "form.unusable", words);
  const plans = await context.store.salesPlans.plans();
  if (plans.some(({ name, isArchived }) => name === asked.data.name && !isArchived))
    return refuseField("name", words.say("plans.nameTaken", { name: asked.data.name }));
  return createSalesPlan(context, asked.data);
}
