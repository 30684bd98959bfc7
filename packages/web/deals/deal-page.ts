import type { User } from "@regulars/core/access/user";
import type { Assignment } from "@regulars/core/assignment/assignment";
import type { Deal } from "@regulars/core/deals/deal";
import { dealThing, unknownDeal } from "@regulars/core/deals/edit-rights";
import { cutText } from "@regulars/core/platform/cut-text";
import { dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import type { Contact } from "@regulars/core/contacts/contact";
import type { PageWords } from "@regulars/render/texts/page-words";
import { logNamesOf, logWords } from "@regulars/render/deals/deal-log";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type Status, statusNow } from "@regulars/core/sales-plans/status";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { findDeal } from "@regulars/flows/deals/find-deal";
import type { SalesContext } from "@regulars/flows/sales-context";
import { dealPath } from "../page/addresses.ts";
import { type MomentText, momentIn } from "../page/moments.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A deal as its page shows it: status, why it has its manager, and log. */
export interface DealView {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly deal: Deal;
  readonly path: string;
  readonly status: Status | undefined;
  readonly amount: string;
  readonly created: MomentText;
  readonly person: Contact | undefined;
  /** The customer at which the person works, and whether the viewer may see it. */
  readonly customer: { readonly customerId: CustomerId; readonly name: string; readonly isSeen: boolean } | undefined;
  readonly users: readonly User[];
  /** A user's name, or the id if the name is unknown. */
  readonly nameOf: (userId: string) => string;
  /** Refusal reasons that can be chosen now. */
  readonly reasons: readonly RefusalReason[];
  /** The last automatic assignment with all its details. */
  readonly assignment: Assignment | undefined;
  /** What the viewer may do: move it; open it again and hand it to somebody else. */
  readonly mayEdit: boolean;
  readonly mayOverrule: boolean;
  /** Newest first. */
  readonly log: readonly {
    readonly at: MomentText;
    readonly who: string;
    readonly what: string;
    readonly detail: string | undefined;
  }[];
}

export async function readDealPage(
  context: SalesContext,
  { tenant, words, store: nightly, scope, decide }: OpenTenant,
  planText: string,
  dealText: string,
): Promise<Result<DealView>> {
  const { store } = context;
  const [planId, dealId] = [planIdSchema.safeParse(planText), dealIdSchema.safeParse(dealText)];
  const plan = planId.success ? await store.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined || !decide("plan.reach", plan)) return unknownPlan(cutText(planText, 100));
  if (!dealId.success) return refuse("unknown-deal", `the sales plan ${plan.planId} has no deal "${dealText}"`);
  const found = await findDeal(context, plan.planId, { dealId: dealId.data });
  if (!found.ok) return found;
  const deal = found.value;
  const thing = dealThing(deal, plan);
  if (!decide("deal.see", thing)) return unknownDeal(deal.dealId);
  const [users, reasons, known, entries] = await Promise.all([
    nightly.users(),
    store.salesPlans.reasons(),
    store.contacts.atCustomer(deal.personId),
    store.deals.timeline(deal.dealId),
  ]);
  const customerId = known?.customerId;
  const profile = customerId && (await nightly.profiles([customerId])).get(customerId);
  const { canSee } = await scope();
  const names = logNamesOf(plan, users, reasons.values());
  return ok({
    words,
    tenant,
    plan,
    deal,
    path: dealPath(tenant.tenantId, plan.planId, deal.dealId),
    status: statusNow(plan, deal.statusId),
    amount: words.formats.money(deal.amountMinor, deal.currency),
    created: momentIn(words, tenant, deal.createdAt),
    person: known?.contact,
    customer: customerId && {
      customerId,
      name: profile?.name ?? customerId,
      isSeen: profile !== undefined && canSee(profile),
    },
    users,
    nameOf: names.user,
    reasons: [...reasons.values()].filter(({ isArchived }) => !isArchived),
    assignment: entries.findLast((entry) => entry.assignment !== undefined)?.assignment,
    mayEdit: decide("deal.edit", thing),
    mayOverrule: decide("deal.overrule", thing),
    log: entries
      .toReversed()
      .map((entry) => logWords(entry, names, words))
      .map((row) => ({ ...row, at: momentIn(words, tenant, row.at) })),
  });
}
