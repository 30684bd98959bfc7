import { localDay } from "@regulars/core/platform/period";
import {
  type DealFilter,
  type DealTotal,
  LAST_DAY,
  type SortPlace,
  addTotals,
  answeredBy,
  managersOf,
  nothing,
} from "@regulars/core/boards/board-query";
import type { Deal } from "@regulars/core/deals/deal";
import type { ReasonId, StatusId } from "@regulars/core/platform/ids";
import type { Contact } from "@regulars/core/contacts/contact";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { DealCount } from "@regulars/core/boards/board-store";
import type { Status } from "@regulars/core/sales-plans/status";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { BoardInput, BoardQueryPlan } from "./board-query-plan.ts";
import { queryByCounters } from "./query-by-counters.ts";
import { queryByScan } from "./query-by-scan.ts";
import type { SalesContext } from "../sales-context.ts";

/** Most column parts that are merged by their own order; with more, the board blocks are scanned. */
const MOST_PARTS = 60;
/** Most deals of a reason that are checked one by one for their manager; with more, at least a tenth must match. */
const FEW = 2_000;

/** A deal as boards and lists show it, with its person. */
export interface BoardCard {
  readonly deal: Deal;
  readonly person?: Contact | undefined;
}

/** A page of deals in an order; `next` is set if more follow. */
interface CardPage {
  readonly cards: readonly BoardCard[];
  readonly next?: SortPlace | undefined;
}

/** One status of a board: number and worth of its filtered deals, and the first of them. */
export interface Column extends CardPage {
  readonly status: Status;
  readonly total: DealTotal;
}

interface BoardView {
  readonly plan: SalesPlan;
  readonly columns: readonly Column[];
  readonly total: DealTotal;
}

/** Most deals of single columns, where it is not the same for all. */
interface Limits {
  readonly limits?: ReadonlyMap<StatusId, number> | undefined;
}

/** List mode: all filtered deals in one order. */
interface DealList extends CardPage {
  readonly plan: SalesPlan;
  readonly total: DealTotal;
}

/**
 * A plan's board: a column for each status in order, or for the given ones, with totals of the filtered deals and the
 * first deals (docs/reference/sales-plans.md 0.1, scenario 25). Filters by status, manager, day of creation and refusal
 * reason are answered from counters and the deals' stored order; searches, other orders and other days from the plan's
 * board blocks.
 */
export async function readBoard(input: BoardInput & Limits): Promise<Result<BoardView>> {
  const found = await resolvePlan(input);
  if (!found.ok) return found;
  const { plan, totals, pageOf } = found.value;
  const statuses = wantedStatuses(plan, input.filter);
  const pages = await Promise.all(statuses.map(({ statusId }) => pageOf([statusId], input.limits?.get(statusId))));
  const cards = await cardsOf(
    input.context,
    pages.map(({ deals }) => deals),
  );
  const columns = statuses.map((status, i) => ({
    status,
    total: totals.get(status.statusId) ?? nothing,
    cards: cards[i] ?? [],
    next: pages[i]?.next,
  }));
  return ok({ plan, columns, total: columns.map(({ total }) => total).reduce(addTotals, nothing) });
}

/** A plan's deals as one list; the totals are of all filtered deals, not of the page. */
export async function listDeals(input: BoardInput): Promise<Result<DealList>> {
  const found = await resolvePlan(input);
  if (!found.ok) return found;
  const { plan, totals, pageOf } = found.value;
  const statusIds = wantedStatuses(plan, input.filter).map(({ statusId }) => statusId);
  const { deals, next } = await pageOf(statusIds);
  const [cards = []] = await cardsOf(input.context, [deals]);
  const total = statusIds.map((statusId) => totals.get(statusId) ?? nothing).reduce(addTotals, nothing);
  return ok({ plan, cards, next, total });
}

const wantedStatuses = ({ statuses }: SalesPlan, { statusIds }: DealFilter): readonly Status[] =>
  statusIds === undefined ? statuses : statuses.filter(({ statusId }) => statusIds.includes(statusId));

async function resolvePlan(input: BoardInput): Promise<Result<BoardQueryPlan>> {
  const plan = input.plan ?? (await input.context.store.salesPlans.plan(input.planId));
  if (plan === undefined) return unknownPlan(input.planId);
  const counts = await countsFor(input, plan);
  return ok(counts === undefined ? await queryByScan(input, plan) : queryByCounters(input, plan, counts));
}

/** The counters that answer a query; `undefined` if none do, or if some are behind because deals change too fast. */
async function countsFor(input: BoardInput, plan: SalesPlan): Promise<readonly DealCount[] | undefined> {
  const { context, planId, filter, visible, sort } = input;
  const { store, effects, tenant } = context;
  const answer = answeredBy(filter, sort, localDay(toInstant(effects.clock()), tenant.timeZone));
  const managers = managersOf(filter, visible);
  const parts = wantedStatuses(plan, filter).length * (managers?.length ?? 1);
  if (answer === "rows" || (filter.reasonIds === undefined && parts > MOST_PARTS)) return undefined;
  if ((answer === "days" || filter.reasonIds !== undefined) && !(await store.boards.refresh(planId))) return undefined;
  if (filter.reasonIds !== undefined && isRare(await store.deals.counts(planId), filter.reasonIds, managers))
    return undefined;
  return answer === "totals" || filter.from === undefined
    ? store.deals.counts(planId)
    : store.boards.dayCounts(planId, { from: filter.from, to: filter.to ?? LAST_DAY }, managers);
}

const dealsIn = (counts: readonly DealCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** Whether so few deals of a reason belong to these managers that scanning all rows of the plan is faster. */
function isRare(
  counts: readonly DealCount[],
  reasonIds: readonly ReasonId[],
  managers: ReturnType<typeof managersOf>,
): boolean {
  if (managers === undefined) return false;
  const all = counts.filter(({ reasonId }) => reasonId !== undefined && reasonIds.includes(reasonId));
  const theirs = all.filter(({ managerId }) => managers.includes(managerId ?? null));
  return dealsIn(all) > FEW && dealsIn(theirs) * 10 < dealsIn(all);
}

/** Deals with their persons, read together. */
async function cardsOf({ store }: SalesContext, pages: readonly (readonly Deal[])[]): Promise<BoardCard[][]> {
  const persons = await store.contacts.persons(pages.flat().map(({ personId }) => personId));
  return pages.map((deals) => deals.map((deal) => ({ deal, person: persons.get(deal.personId) })));
}
