import { formatMoney } from "@regulars/core/money";
import { localDay } from "@regulars/core/period";
import type { User } from "@regulars/core/people";
import type { DealTotal } from "@regulars/core/plans/board-query";
import { planIdSchema } from "@regulars/core/plans/ids";
import { type Plan, unknownPlan } from "@regulars/core/plans/plan";
import type { RefusalReason } from "@regulars/core/plans/refusal";
import { type Result, ok } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import { currencySchema } from "@regulars/core/values";
import { type Card, readBoard } from "@regulars/flows/plans/read-board";
import type { PlanContext } from "@regulars/flows/plans/plan-context";
import { dealPath, planPath } from "./addresses.ts";
import { type DealQuery, addressOf, dealQuery, filterOf } from "./deal-query.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { OpenTenant } from "./open-tenant.ts";

/** Deals shown of a column; the head counts all of them. */
const MOST_CARDS = 12;

/** A plan's board as its page shows it. */
export interface BoardPage {
  readonly tenant: Tenant;
  readonly plan: Plan;
  readonly path: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  /** The same deals as a list. */
  readonly listAddress: string;
  readonly total: TotalText;
  readonly columns: readonly ColumnView[];
}

export interface TotalText {
  readonly count: number;
  /** "€1,200.00", each currency by itself; empty for nothing. */
  readonly worth: string;
}

export interface ColumnView {
  readonly name: string;
  readonly colour: string;
  readonly total: TotalText;
  readonly cards: readonly CardView[];
  /** All of its deals, as a list. */
  readonly listAddress: string;
}

export interface CardView {
  readonly path: string;
  readonly title: string;
  readonly personName: string | undefined;
  readonly amount: string;
  readonly managerName: string | undefined;
  readonly changed: DayText;
}

/** A plan's board, of the deals that the address asks for. */
export async function readBoardPage(
  context: PlanContext,
  { tenant, store }: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
): Promise<Result<BoardPage>> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  const asked = dealQuery(query);
  const filter = filterOf(asked);
  if (!filter.ok) return filter;
  const { sort } = asked;
  const page = { visible: "all", sort, isAscending: sort === "title", limit: MOST_CARDS } as const;
  const [board, users, reasons] = await Promise.all([
    readBoard({ context, planId: planId.data, filter: filter.value, ...page }),
    store.users(),
    context.store.reasons(),
  ]);
  if (!board.ok) return board;
  const { plan, columns, total } = board.value;
  const path = planPath(tenant.tenantId, plan.planId);
  const list = `${path}/list`;
  const nameOf = new Map(users.map(({ userId, name }) => [userId, name]));
  const cardView = ({ deal, person }: Card): CardView => ({
    path: dealPath(tenant.tenantId, plan.planId, deal.dealId),
    title: deal.title,
    personName: person?.name ?? person?.email ?? person?.phone,
    amount: formatMoney(deal.amountMinor, deal.currency, tenant.locale),
    managerName: deal.managerId === undefined ? undefined : (nameOf.get(deal.managerId) ?? deal.managerId),
    changed: dayText(tenant, localDay(deal.changedAt, tenant.timeZone)),
  });
  return ok({
    tenant,
    plan,
    path,
    managers: users.filter(({ userId }) => plan.members.some((member) => member.userId === userId)),
    reasons: [...reasons.values()],
    asked,
    listAddress: addressOf(list, asked),
    total: totalText(tenant, total),
    columns: columns.map(({ status: { statusId, name, colour }, total: inColumn, cards }) => ({
      listAddress: addressOf(list, asked, { status: statusId }),
      name,
      colour,
      total: totalText(tenant, inColumn),
      cards: cards.map(cardView),
    })),
  });
}

/** How many deals, and what they are worth in words. */
export const totalText = ({ locale }: Tenant, { count, sums }: DealTotal): TotalText => ({
  count,
  worth: Object.entries(sums)
    .filter(([, sum]) => sum !== 0)
    .map(([code, sum]) => formatMoney(sum, currencySchema.parse(code), locale))
    .join(" + "),
});
