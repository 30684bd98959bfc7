import type { User } from "@regulars/core/access/user";
import type { DealOperation } from "@regulars/core/bulk-operations/change-deals";
import { MEMBERS_PER_PAGE } from "@regulars/core/bulk-engine/bulk-operation";
import { cutText } from "@regulars/core/platform/cut-text";
import { type DealId, operationIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import { dealPath, planPath } from "../page/addresses.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { type Share, sharesOf } from "./leave-page.ts";

/** Most deals that are named; their number is told in full. */
const MOST_FAILED = 100;

/** A bulk operation on deals: how far it is, and the deals that could not be changed. */
export interface OperationPage {
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly boardAddress: string;
  readonly operation: DealOperation;
  /** Who has got deals by a transfer, and how many. */
  readonly given: readonly Share[];
  readonly failed: readonly { readonly title: string; readonly path: string; readonly why: string }[];
}

export async function readOperationPage(
  { store }: SalesContext,
  { tenant, words, decide }: OpenTenant,
  planText: string,
  operationText: string,
): Promise<Result<OperationPage>> {
  const [planId, operationId] = [planIdSchema.safeParse(planText), operationIdSchema.safeParse(operationText)];
  const plan = planId.success ? await store.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined || !decide("plan.see_all", plan)) return unknownPlan(cutText(planText, 100));
  const operation = operationId.success ? await store.dealOperations.find(operationId.data) : undefined;
  if (operation?.planId !== plan.planId)
    return refuse("unknown-operation", `the sales plan ${plan.planId} has no such bulk operation`);
  const failed: { readonly dealId: DealId; readonly reason: string }[] = [];
  const given: UserId[] = [];
  for (let page = 0; page * MEMBERS_PER_PAGE < operation.next; page += 1) {
    const chunk = await store.dealOperations.chunk(operation.operationId, page);
    for (const [i, { dealId, managerId }] of (chunk?.members ?? []).entries()) {
      const result = chunk?.results[i];
      if (result?.state === "failed") failed.push({ dealId, reason: result.reason ?? "" });
      const to = managerOf(operation, managerId);
      if (result?.state === "changed" && to !== undefined) given.push(to);
    }
  }
  const users = given.length === 0 ? new Map<UserId, User>() : await store.salesPlans.users([...new Set(given)]);
  const named = failed.slice(0, MOST_FAILED);
  const deals = await store.deals.deals(named.map(({ dealId }) => dealId));
  return ok({
    tenant,
    plan,
    boardAddress: planPath(tenant.tenantId, plan.planId),
    operation,
    given: sharesOf(given, (userId) => users.get(userId)?.name ?? userId),
    failed: named.map(({ dealId, reason }) => ({
      title: deals.get(dealId)?.title ?? dealId,
      path: dealPath(tenant.tenantId, plan.planId, dealId),
      why: whyText(words, reason),
    })),
  });
}

/** Whom a transfer gives a deal: who was named, or whom the balance chose. */
const managerOf = ({ change }: DealOperation, chosen: UserId | undefined): UserId | undefined =>
  change.action === "transfer" ? (change.managerId ?? chosen) : undefined;

/** Why a deal of a bulk operation was not changed. */
const WHY: Readonly<Record<string, PageTextId>> = {
  "unknown-deal": "many.why.gone",
  "deal-removed": "many.why.removed",
  "deal-closed": "many.why.closed",
  "not-closed": "many.why.open",
  "reason-required": "many.why.reasonRequired",
  "reason-not-allowed": "many.why.reasonNotAllowed",
  "reason-not-offered": "many.why.reasonNotOffered",
  "clarification-required": "many.why.clarification",
  "unknown-status": "many.why.noStatus",
  "not-a-member": "many.why.noMember",
  "no-member-available": "many.why.nobody",
  "person-has-open-deal": "many.why.other",
};

function whyText({ text }: PageWords, reason: string): string {
  const id = WHY[reason];
  return id === undefined ? reason : text(id);
}
