import type { User } from "@regulars/core/access/user";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { statusNow } from "@regulars/core/sales-plans/status";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import { listDeals } from "@regulars/flows/boards/read-board";
import type { PageWords } from "@regulars/render/texts/page-words";
import { planPath } from "../page/addresses.ts";
import { type DealQuery, checkChoices, queryAddressOf, readDealQuery } from "./deal-query.ts";
import { type DealText, type TotalText, dealText, membersOf, totalText } from "./deal-text.ts";
import { type MomentText, momentIn } from "../page/moments.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { readPlace } from "./sort-place.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";

/** Deals per page of the list. */
const MOST_ROWS = 50;

/** A plan's deals in list mode. */
export interface DealListPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly path: string;
  readonly boardAddress: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  readonly isUnfolded: boolean;
  readonly total: TotalText;
  readonly rows: readonly DealRow[];
  /** Address of the next page. */
  readonly nextAddress: string | undefined;
}

export interface DealRow extends DealText {
  readonly statusName: string;
  readonly created: MomentText;
}

export async function readDealListPage(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
  isUnfolded: boolean,
): Promise<Result<DealListPage>> {
  const read = readDealQuery(planText, query, opened.words);
  if (!read.ok) return read;
  const { planId, asked, wanted } = read.value;
  const { tenant, store } = opened;
  const visible = await visibleDeals(opened, planId);
  const [list, users, reasons] = await Promise.all([
    listDeals({ context, planId, ...wanted, visible, limit: MOST_ROWS, after: readPlace(query["after"]) }),
    store.users(),
    context.store.salesPlans.reasons(),
  ]);
  if (!list.ok) return list;
  const { plan, cards, next, total } = list.value;
  const managers = membersOf(plan, users);
  const offered = checkChoices(asked, { plan, managers, reasons: [...reasons.values()] }, opened.words);
  if (!offered.ok) return offered;
  const board = planPath(tenant.tenantId, plan.planId);
  const path = `${board}/list`;
  return ok({
    words: opened.words,
    tenant,
    plan,
    path,
    boardAddress: queryAddressOf(board, asked),
    managers,
    reasons: [...reasons.values()],
    asked,
    isUnfolded,
    total: totalText(opened.words.formats, total),
    rows: cards.map((card) => ({
      ...dealText(card, tenant, users, opened.words.formats),
      statusName: statusNow(plan, card.deal.statusId)?.name ?? card.deal.statusId,
      created: momentIn(opened.words, tenant, card.deal.createdAt),
    })),
    nextAddress: next === undefined ? undefined : queryAddressOf(path, asked, { after: JSON.stringify(next) }),
  });
}
