import { formatMoney } from "@regulars/core/money";
import { localDay } from "@regulars/core/period";
import type { User } from "@regulars/core/people";
import { type DealTotal, dealFilterSchema } from "@regulars/core/plans/board-query";
import { planIdSchema } from "@regulars/core/plans/ids";
import { type Plan, unknownPlan } from "@regulars/core/plans/plan";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import { currencySchema } from "@regulars/core/values";
import { type Card, readBoard } from "@regulars/flows/plans/read-board";
import type { PlanContext } from "@regulars/flows/plans/plan-context";
import { dealPath, planPath } from "./addresses.ts";
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
  readonly asked: { readonly manager: string; readonly search: string };
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
}

export interface CardView {
  readonly path: string;
  readonly title: string;
  readonly personName: string | undefined;
  readonly amount: string;
  readonly managerName: string | undefined;
  readonly changed: DayText;
}

const NOBODY = "nobody";

/** A plan's board, for one manager or what is searched for where the address says so. */
export async function readBoardPage(
  context: PlanContext,
  { tenant, store }: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
): Promise<Result<BoardPage>> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  const { manager = "", search = "" } = query;
  const filter = dealFilterSchema.safeParse({
    ...(manager === NOBODY ? { isUnassigned: true } : manager === "" ? {} : { managerIds: [manager] }),
    ...(search.trim() === "" ? {} : { search }),
  });
  if (!filter.success) return refuse("unusable-query", "this manager or search cannot be looked for");
  const page = { visible: "all", sort: "created", isAscending: false, limit: MOST_CARDS } as const;
  const [board, users] = await Promise.all([
    readBoard({ context, planId: planId.data, filter: filter.data, ...page }),
    store.users(),
  ]);
  if (!board.ok) return board;
  const { plan, columns, total } = board.value;
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
    path: planPath(tenant.tenantId, plan.planId),
    managers: users.filter(({ userId }) => plan.members.some((member) => member.userId === userId)),
    asked: { manager, search },
    total: totalText(tenant, total),
    columns: columns.map(({ status: { name, colour }, total: inColumn, cards }) => ({
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
