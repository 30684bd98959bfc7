import {
  type DealFilter,
  type DealTotal,
  type SortField,
  type SortPlace,
  type Visible,
  addTotals,
  comparePlaces,
  filterOf,
  isPlain,
  managersOf,
  nothing,
  pageOfRows,
  placeOf,
  totalsOf,
} from "@regulars/core/plans/board-query";
import type { BoardRow } from "@regulars/core/plans/board-row";
import type { Deal } from "@regulars/core/plans/deal";
import type { PlanId, StatusId } from "@regulars/core/plans/ids";
import type { LeadPerson } from "@regulars/core/plans/lead-person";
import { type Plan, unknownPlan } from "@regulars/core/plans/plan";
import type { ColumnPart } from "@regulars/core/plans/ports";
import { type Status, statusNow } from "@regulars/core/plans/status";
import { type Result, ok } from "@regulars/core/result";
import type { PlanContext } from "./plan-context.ts";

/** Parts of columns that are merged by their own order; more of them are answered from the packed pages. */
const MOST_PARTS = 60;

export interface BoardInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly filter: DealFilter;
  readonly visible: Visible;
  readonly sort: SortField;
  readonly isAscending: boolean;
  /** Deals of a column, or of the list. */
  readonly limit: number;
  readonly after?: SortPlace | undefined;
}

/** A deal as boards and lists show it: with its person. */
export interface Card {
  readonly deal: Deal;
  readonly person?: LeadPerson | undefined;
}

/** A page of deals in an order; `next` where more come. */
export interface CardPage {
  readonly cards: readonly Card[];
  readonly next?: SortPlace | undefined;
}

/** One status of a board: how many deals of the filtered whole are in it and what they are worth, and the first of them. */
export interface Column extends CardPage {
  readonly status: Status;
  readonly total: DealTotal;
}

export interface Board {
  readonly plan: Plan;
  readonly columns: readonly Column[];
  readonly total: DealTotal;
}

/** All deals of the filtered whole in one order: list mode. */
export interface DealList extends CardPage {
  readonly plan: Plan;
  readonly total: DealTotal;
}

/**
 * A plan's board: a column for each status in order, or for those that are asked for, each with number and sums of the
 * filtered whole and its first deals (seed 001, "Canban"; sales-plans.md 0.1, scenario 25). Filters by status and manager
 * are answered by counters and by the columns' own order, others from the plan's packed pages.
 */
export async function readBoard(input: BoardInput): Promise<Result<Board>> {
  const found = await lookInto(input);
  if (!found.ok) return found;
  const { plan, totals, pageOf } = found.value;
  const statuses = wantedStatuses(plan, input.filter);
  const pages = await Promise.all(statuses.map(({ statusId }) => pageOf([statusId])));
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

/** A plan's deals as one list (seed 001, "List"): number and sums are of the filtered whole, whatever the page. */
export async function listDeals(input: BoardInput): Promise<Result<DealList>> {
  const found = await lookInto(input);
  if (!found.ok) return found;
  const { plan, totals, pageOf } = found.value;
  const statusIds = wantedStatuses(plan, input.filter).map(({ statusId }) => statusId);
  const { deals, next } = await pageOf(statusIds);
  const [cards = []] = await cardsOf(input.context, [deals]);
  const total = statusIds.map((statusId) => totals.get(statusId) ?? nothing).reduce(addTotals, nothing);
  return ok({ plan, cards, next, total });
}

const wantedStatuses = ({ statuses }: Plan, { statusIds }: DealFilter): readonly Status[] =>
  statusIds === undefined ? statuses : statuses.filter(({ statusId }) => statusIds.includes(statusId));

interface DealPage {
  readonly deals: readonly Deal[];
  readonly next?: SortPlace | undefined;
}

interface Look {
  readonly plan: Plan;
  /** Of the filtered whole, by status as it is now. */
  readonly totals: ReadonlyMap<StatusId, DealTotal>;
  /** A page of the deals of these statuses. */
  readonly pageOf: (statusIds: readonly StatusId[]) => Promise<DealPage>;
}

async function lookInto(input: BoardInput): Promise<Result<Look>> {
  const { context, planId, filter, visible, sort } = input;
  const plan = await context.store.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  const managers = managersOf(filter, visible);
  const parts = wantedStatuses(plan, filter).length * (managers?.length ?? 1);
  const isFast = isPlain(filter, sort) && parts <= MOST_PARTS;
  return ok(isFast ? await byCounters(input, plan, managers) : await byPages(input, plan));
}

/** Old ids of a plan's statuses beside those of now: deals of a deleted status are counted where it went. */
function idsBehind(plan: Plan): Map<StatusId, StatusId[]> {
  const behind = new Map<StatusId, StatusId[]>(plan.statuses.map(({ statusId }) => [statusId, [statusId]]));
  for (const { statusId } of plan.tombstones) {
    const now = statusNow(plan, statusId);
    if (now !== undefined) behind.get(now.statusId)?.push(statusId);
  }
  return behind;
}

async function byCounters(
  input: BoardInput,
  plan: Plan,
  managers: readonly (NonNullable<Deal["managerId"]> | null)[] | undefined,
): Promise<Look> {
  const { store } = input.context;
  const counts = (await store.counts(plan.planId)).filter(
    ({ managerId }) => managers === undefined || managers.includes(managerId ?? null),
  );
  const behind = idsBehind(plan);
  const totals = new Map<StatusId, DealTotal>();
  for (const [statusId, ids] of behind)
    totals.set(statusId, counts.filter((one) => ids.includes(one.statusId)).reduce(addTotals, nothing));
  const counted = new Set(counts.map(({ statusId, managerId }) => `${statusId} ${managerId ?? ""}`));
  const pageOf = async (statusIds: readonly StatusId[]): Promise<DealPage> => {
    const ids = statusIds.flatMap((statusId) => behind.get(statusId) ?? []);
    const isLive = (statusId: StatusId, managerId: string | null | undefined): boolean =>
      managerId === undefined
        ? counts.some((one) => one.statusId === statusId)
        : counted.has(`${statusId} ${managerId ?? ""}`);
    const parts = ids
      .flatMap((statusId): ColumnPart[] =>
        managers === undefined ? [{ statusId }] : managers.map((managerId) => ({ statusId, managerId })),
      )
      .filter(({ statusId, managerId }) => isLive(statusId, managerId));
    return mergedPage(input, plan.planId, parts);
  };
  return { plan, totals, pageOf };
}

const madePlace = ({ createdAt, dealId }: Deal): SortPlace => ({ value: createdAt, dealId });

/** The first deals of several columns that are in the same order each. */
async function mergedPage(
  { context, limit, isAscending, after }: BoardInput,
  planId: PlanId,
  parts: readonly ColumnPart[],
): Promise<DealPage> {
  const from = after === undefined ? undefined : `${after.value}#${after.dealId}`;
  const found = await Promise.all(
    parts.map((part) => context.store.columnPage(planId, part, { limit: limit + 1, isAscending, after: from })),
  );
  const sign = isAscending ? 1 : -1;
  const all = found.flat().toSorted((a, b) => sign * comparePlaces(madePlace(a), madePlace(b)));
  const deals = all.slice(0, limit);
  const last = deals.at(-1);
  return { deals, next: all.length > limit && last !== undefined ? madePlace(last) : undefined };
}

async function byPages(input: BoardInput, plan: Plan): Promise<Look> {
  const { context, filter, visible, sort, isAscending, limit, after } = input;
  const { store, tenant } = context;
  const now = new Map<StatusId, StatusId>();
  for (const [statusId, ids] of idsBehind(plan)) for (const id of ids) now.set(id, statusId);
  const rows = (await store.boardRows(plan.planId))
    .map((row): BoardRow => ({ ...row, statusId: now.get(row.statusId) ?? row.statusId }))
    .filter(filterOf(filter, visible, tenant.timeZone));
  const pageOf = async (statusIds: readonly StatusId[]): Promise<DealPage> => {
    const inStatus = rows.filter(({ statusId }) => statusIds.includes(statusId));
    const { page, isMore } = pageOfRows(inStatus, { sort, isAscending, after, limit });
    const deals = await store.deals(page.map(({ dealId }) => dealId));
    const last = page.at(-1);
    return {
      deals: page.map(({ dealId }) => deals.get(dealId)).filter((deal) => deal !== undefined),
      next: isMore && last !== undefined ? placeOf(last, sort) : undefined,
    };
  };
  return { plan, totals: totalsOf(rows), pageOf };
}

/** Deals with their persons, read together. */
async function cardsOf({ store }: PlanContext, pages: readonly (readonly Deal[])[]): Promise<Card[][]> {
  const persons = await store.leadPersons(pages.flat().map(({ personId }) => personId));
  return pages.map((deals) => deals.map((deal) => ({ deal, person: persons.get(deal.personId) })));
}
