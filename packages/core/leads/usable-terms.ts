import type { NotUsed } from "../deals/not-used.ts";
import type { ItemError } from "../platform/field-error.ts";
import { ok } from "../platform/result.ts";
import type { Instant } from "../platform/values.ts";
import type { ReasonId } from "../platform/ids.ts";
import type { RefusalReason } from "../sales-plans/refusal.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import { type DealTerms, dealTerms } from "./draft-deal.ts";
import type { LeadPayload } from "./lead-payload.ts";
import { type UsableLead, keptOf } from "./not-used.ts";

/** A lead's terms, made of the fields that the plan can use. */
export interface UsableTerms extends UsableLead {
  readonly terms: DealTerms;
}

type DealField = keyof LeadPayload["deal"];

/** More fields than a deal has cannot be wrong one after the other. */
const MOST_ROUNDS = 8;

/** The terms of a lead whose fields that the plan cannot use are left out, each with its reason. */
export function usableTerms(
  plan: SalesPlan,
  given: UsableLead,
  reasons: ReadonlyMap<ReasonId, RefusalReason>,
  now: Instant,
): { readonly ok: true; readonly value: UsableTerms } | Extract<ReturnType<typeof dealTerms>, { readonly ok: false }> {
  let { lead } = given;
  const notUsed = [...given.notUsed];
  for (let round = 0; ; round += 1) {
    const terms = dealTerms(plan, lead, reasons, now);
    if (terms.ok) return ok({ terms: terms.value, lead, notUsed });
    if (!("errors" in terms) || round === MOST_ROUNDS) return terms;
    for (const error of terms.errors) {
      const left = leftOut(lead, error);
      lead = left.lead;
      notUsed.push(left.notUsed);
    }
  }
}

/** The lead without the field that an error is about. */
function leftOut(lead: LeadPayload, error: ItemError): { readonly lead: LeadPayload; readonly notUsed: NotUsed } {
  if (error.path === "assign.managerId")
    return { lead: { ...lead, assign: undefined }, notUsed: keptOf(error, lead.assign?.managerId) };
  const field = fieldOf(lead, error);
  const notUsed = keptOf({ ...error, path: `deal.${field}` }, lead.deal[field]);
  return { lead: { ...lead, deal: { ...lead.deal, [field]: undefined } }, notUsed };
}

/**
 * The field that cannot be used: a currency without an amount in it, or a status that wants a reason which is not
 * there.
 */
function fieldOf({ deal }: LeadPayload, { path, code }: ItemError): DealField {
  if (code === "amount-missing") return "currency";
  for (const field of ["amount", "reasonId", "clarification"] as const)
    if (path === `deal.${field}` && deal[field] !== undefined) return field;
  return "statusId";
}
