import { type RefusalReason, refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { saveReason } from "@regulars/flows/sales-plans/save-reason";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { PageWords } from "@regulars/render/texts/page-words";
import { labelled, refuseField, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { notStale } from "../page/stale-form.ts";

/** The tenant's refusal reasons, which all its plans share, and its plans. */
export interface PlansPage {
  readonly tenant: Tenant;
  readonly plans: readonly SalesPlan[];
  readonly reasons: readonly RefusalReason[];
  readonly mayManage: boolean;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, "en");

export async function readPlansPage(
  { store }: SalesContext,
  { tenant, decide, holds }: OpenTenant,
): Promise<Result<PlansPage>> {
  const [plans, reasons] = await Promise.all([store.salesPlans.plans(), store.salesPlans.reasons()]);
  return ok({
    tenant,
    plans: plans.filter((plan) => decide("plan.reach", plan)).toSorted(byName),
    reasons: [...reasons.values()].toSorted(byName),
    mayManage: holds("plans.manage"),
  });
}

const LABELS = { name: "plans.name", reasonId: "board.reason" } as const;

/**
 * Makes or changes a refusal reason; not over somebody else's change. A new one with a name that one has is refused, also
 * when the form is sent twice.
 */
export async function saveReasonByForm(
  context: SalesContext,
  form: Readonly<Record<string, string>>,
  words: PageWords,
): Promise<Result<undefined>> {
  const reasons = [...(await context.store.salesPlans.reasons()).values()];
  const known = reasons.find(({ reasonId }) => reasonId === form["reasonId"]);
  if (form["reasonId"] !== undefined && known === undefined) return refuse("unusable-form", "there is no such reason");
  const still = known === undefined ? ok(undefined) : notStale(known, form);
  if (!still.ok) return still;
  const given = {
    reasonId: known?.reasonId ?? `rsn_${context.effects.newId().slice(-12)}`,
    name: form["name"] ?? "",
    needsClarification: form["needsClarification"] !== undefined,
    isArchived: form["isArchived"] !== undefined,
  };
  const reason = refusalReasonSchema.safeParse(given);
  if (!reason.success) return refuseFields(reason.error, form, labelled(LABELS, words), "form.unusable", words);
  const { name } = reason.data;
  if (known === undefined && reasons.some((one) => one.name === name && !one.isArchived))
    return refuseField("name", words.say("plans.reasonTaken", { name }));
  const saved = await saveReason(context, reason.data);
  return saved.ok ? ok(undefined) : saved;
}
