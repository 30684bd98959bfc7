import { localDay } from "@regulars/core/platform/period";
import type { User } from "@regulars/core/access/user";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type BoardCard, readBoard } from "@regulars/flows/boards/read-board";
import type { SalesContext } from "@regulars/flows/sales-context";
import { planPath } from "../page/addresses.ts";
import { type DealQuery, checkChoices, queryAddressOf, readDealQuery } from "../deals/deal-query.ts";
import { type DealText, type TotalText, dealText, membersOf, totalText } from "../deals/deal-text.ts";
import { type DayText, dayText } from "../insights/finding-row.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../deals/visible-deals.ts";

/** Most deals shown per column; the column's heading counts all. */
const MOST_CARDS = 12;

/** A plan's board as its page shows it. */
export interface BoardPageView {
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly path: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  /** Address of the same deals in list mode. */
  readonly listAddress: string;
  readonly total: TotalText;
  readonly columns: readonly ColumnView[];
}

export interface ColumnView {
  readonly name: string;
  readonly colour: string;
  readonly total: TotalText;
  readonly cards: readonly CardView[];
  /** Address of all of its deals in list mode. */
  readonly listAddress: string;
}

export interface CardView extends DealText {
  readonly changed: DayText;
}

/** A plan's board with the deals that match the filters in the address. */
export async function readBoardPage(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
): Promise<Result<BoardPageView>> {
  const read = readDealQuery(planText, query);
  if (!read.ok) return read;
  const { planId, asked, wanted } = read.value;
  const { tenant, store } = opened;
  const visible = await visibleDeals(opened, planId);
  const [board, users, reasons] = await Promise.all([
    readBoard({ context, planId, ...wanted, visible, limit: MOST_CARDS }),
    store.users(),
    context.store.salesPlans.reasons(),
  ]);
  if (!board.ok) return board;
  const { plan, columns, total } = board.value;
  const managers = membersOf(plan, users);
  const offered = checkChoices(asked, { plan, managers, reasons: [...reasons.values()] });
  if (!offered.ok) return offered;
  const path = planPath(tenant.tenantId, plan.planId);
  const list = `${path}/list`;
  const cardView = (card: BoardCard): CardView => ({
    ...dealText(card, tenant, users),
    changed: dayText(tenant, localDay(card.deal.changedAt, tenant.timeZone)),
  });
  return ok({
    tenant,
    plan,
    path,
    managers,
    reasons: [...reasons.values()],
    asked,
    listAddress: queryAddressOf(list, asked),
    total: totalText(tenant, total),
    columns: columns.map(({ status: { statusId, name, colour }, total: inColumn, cards }) => ({
      listAddress: queryAddressOf(list, asked, { status: statusId }),
      name,
      colour,
      total: totalText(tenant, inColumn),
      cards: cards.map(cardView),
    })),
  });
}
