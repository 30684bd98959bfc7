import { formatMoney } from "@regulars/core/money";
import type { User } from "@regulars/core/people";
import type { SortPlace } from "@regulars/core/plans/board-query";
import { planIdSchema } from "@regulars/core/plans/ids";
import { type Plan, unknownPlan } from "@regulars/core/plans/plan";
import type { RefusalReason } from "@regulars/core/plans/refusal";
import { statusNow } from "@regulars/core/plans/status";
import { type Result, ok } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import type { PlanContext } from "@regulars/flows/plans/plan-context";
import { type Card, listDeals } from "@regulars/flows/plans/read-board";
import * as z from "zod";
import { dealPath, planPath } from "./addresses.ts";
import { type TotalText, totalText } from "./board-page.ts";
import { type DealQuery, addressOf, dealQuery, filterOf } from "./deal-query.ts";
import { type MomentText, momentText } from "./moments.ts";
import type { OpenTenant } from "./open-tenant.ts";

/** Deals of one page of the list. */
const MOST_ROWS = 50;

/** A plan's deals in list mode (seed 001, "List"). */
export interface DealListPage {
  readonly tenant: Tenant;
  readonly plan: Plan;
  readonly path: string;
  readonly boardAddress: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  readonly total: TotalText;
  readonly rows: readonly DealRow[];
  /** Where the list goes on. */
  readonly nextAddress: string | undefined;
}

export interface DealRow {
  readonly path: string;
  readonly title: string;
  readonly personName: string | undefined;
  readonly statusName: string;
  readonly managerName: string | undefined;
  readonly amount: string;
  readonly created: MomentText;
}

const placeSchema = z.object({ value: z.union([z.string(), z.number()]), dealId: z.string() });

export async function readDealListPage(
  context: PlanContext,
  { tenant, store }: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
): Promise<Result<DealListPage>> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  const asked = dealQuery(query);
  const filter = filterOf(asked);
  if (!filter.ok) return filter;
  const { sort } = asked;
  const order = { sort, isAscending: sort === "title", limit: MOST_ROWS, after: placeOf(query["after"]) };
  const [list, users, reasons] = await Promise.all([
    listDeals({ context, planId: planId.data, filter: filter.value, visible: "all", ...order }),
    store.users(),
    context.store.reasons(),
  ]);
  if (!list.ok) return list;
  const { plan, cards, next, total } = list.value;
  const board = planPath(tenant.tenantId, plan.planId);
  const path = `${board}/list`;
  return ok({
    tenant,
    plan,
    path,
    boardAddress: addressOf(board, asked),
    managers: users.filter(({ userId }) => plan.members.some((member) => member.userId === userId)),
    reasons: [...reasons.values()],
    asked,
    total: totalText(tenant, total),
    rows: cards.map((card) => rowOf(card, tenant, plan, users)),
    nextAddress: next === undefined ? undefined : addressOf(path, asked, { after: JSON.stringify(next) }),
  });
}

const rowOf = ({ deal, person }: Card, tenant: Tenant, plan: Plan, users: readonly User[]): DealRow => ({
  path: dealPath(tenant.tenantId, plan.planId, deal.dealId),
  title: deal.title,
  personName: person?.name ?? person?.email ?? person?.phone,
  statusName: statusNow(plan, deal.statusId)?.name ?? deal.statusId,
  managerName: users.find(({ userId }) => userId === deal.managerId)?.name ?? deal.managerId,
  amount: formatMoney(deal.amountMinor, deal.currency, tenant.locale),
  created: momentText(tenant, deal.createdAt),
});

/** An address that somebody has changed begins the list anew. */
function placeOf(text: string | undefined): SortPlace | undefined {
  try {
    return placeSchema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}
