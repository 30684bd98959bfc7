import type { ItemError } from "../platform/field-error.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Instant, toInstant } from "../platform/values.ts";
import { currencyOfAmount } from "../platform/amount-input.ts";
import { parseAmount } from "../sales-plans/amount.ts";
import type { Deal } from "../deals/deal.ts";
import type { NotUsed } from "../deals/not-used.ts";
import { type DealId, type ContactId, type ReasonId, type StatusId, dealIdOf } from "../platform/ids.ts";
import type { LeadPayload } from "./lead-payload.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import { type RefusalReason, checkRefusal } from "../sales-plans/refusal.ts";

/** A lead's fields of its deal, after they were checked against the plan. */
export type DealTerms = Pick<Deal, "title" | "amountMinor" | "currency" | "statusId" | "closing">;

const at = (path: string, { reason, message }: { readonly reason: string; readonly message: string }): ItemError => ({
  path,
  code: reason,
  message,
});

/**
 * The terms of a lead's deal. Without an amount it gets the plan's average bill and currency; its status is the first
 * intermediate one (docs/reference/sales-plans.md 5.15). Every invalid field is reported with its path.
 */
export function dealTerms(
  plan: SalesPlan,
  lead: LeadPayload,
  reasons: ReadonlyMap<ReasonId, RefusalReason>,
  now: Instant,
):
  | Result<DealTerms>
  | {
      readonly ok: false;
      readonly reason: "unusable-fields";
      readonly message: string;
      readonly errors: readonly ItemError[];
    } {
  const errors: ItemError[] = [];
  const currency = lead.deal.currency ?? currencyOfAmount(lead.deal.amount) ?? plan.currency;
  const amount = lead.deal.amount === undefined ? ok(plan.averageMinor) : parseAmount(lead.deal.amount, currency);
  if (!amount.ok) errors.push(at("deal.amount", amount));
  if (lead.deal.amount === undefined && currency !== plan.currency)
    errors.push(
      at(
        "deal.amount",
        refuse("amount-missing", `an amount in ${currency} is needed: the plan's average bill is in ${plan.currency}`),
      ),
    );
  const status = statusOf(plan, lead.deal.statusId);
  if (status === undefined)
    errors.push(at("deal.statusId", refuse("unknown-status", `the plan has no status ${lead.deal.statusId}`)));
  const { reasonId, clarification } = lead.deal;
  const refusal = status === undefined ? ok({}) : checkRefusal(status, { reasonId, clarification }, reasons);
  if (!refusal.ok)
    errors.push(at(refusal.reason.startsWith("clarification") ? "deal.clarification" : "deal.reasonId", refusal));
  const managerId = lead.assign?.managerId ?? undefined;
  if (managerId !== undefined && !plan.members.some(({ userId }) => userId === managerId))
    errors.push(at("assign.managerId", refuse("not-a-member", `${managerId} is no member of the plan`)));
  if (errors.length > 0 || !amount.ok || status === undefined || !refusal.ok)
    return { ok: false, reason: "unusable-fields", message: "some fields cannot be used: see errors", errors };
  const { kind, statusId } = status;
  return ok({
    title: lead.deal.title ?? lead.person.name ?? plan.name,
    amountMinor: amount.value,
    currency,
    statusId,
    ...(kind === "intermediate" ? {} : { closing: { kind, at: now, ...refusal.value } }),
  });
}

const statusOf = ({ statuses }: SalesPlan, statusId: StatusId | undefined) =>
  statusId === undefined
    ? statuses.find(({ kind }) => kind === "intermediate")
    : statuses.find((status) => status.statusId === statusId);

/** A deal as its sequence number stores it, before the assignment gives it a manager. */
export function draftDeal(
  { planId }: SalesPlan,
  terms: DealTerms,
  given: {
    readonly sequence: number;
    readonly personId: ContactId;
    readonly now: Instant;
    readonly isExtra: boolean;
    readonly lead?: Pick<LeadPayload, "occurredAt" | "source" | "fields"> | undefined;
    readonly notUsed?: readonly NotUsed[] | undefined;
  },
): Deal {
  const { sequence, personId, now, isExtra, lead, notUsed = [] } = given;
  const dealId: DealId = dealIdOf(planId, sequence);
  return {
    dealId,
    planId,
    personId,
    ...terms,
    isExtra,
    version: 1,
    sequence,
    createdAt: now,
    changedAt: now,
    ...(lead?.occurredAt === undefined ? {} : { occurredAt: instantOfText(lead.occurredAt) }),
    ...(lead?.source === undefined ? {} : { source: lead.source }),
    ...(lead?.fields === undefined ? {} : { fields: lead.fields }),
    ...(notUsed.length === 0 ? {} : { notUsed }),
  };
}

const instantOfText = (text: string): Instant => toInstant(Date.parse(text));
