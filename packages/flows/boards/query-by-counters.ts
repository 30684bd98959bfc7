import {
  type DealTotal,
  type SortPlace,
  addTotals,
  comparePlaces,
  managersOf,
  nothing,
  timesOf,
} from "@regulars/core/boards/board-query";
import type { Deal } from "@regulars/core/deals/deal";
import type { ReasonId, StatusId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { ColumnPage, ColumnPart, DealCount, ReasonPlace } from "@regulars/core/boards/board-store";
import { type BoardInput, type DealListing, type BoardQueryPlan, idsBehind } from "./board-query-plan.ts";

type Managers = ReturnType<typeof managersOf>;

/**
 * Answers from counters and from the deals' stored order: by status, by manager within it, or by refusal reason, each
 * by creation time. Reads only deals that are shown, except those of a reason that belong to other managers.
 */
export function queryByCounters(input: BoardInput, plan: SalesPlan, all: readonly DealCount[]): BoardQueryPlan {
  const { filter, visible } = input;
  const managers = managersOf(filter, visible);
  const { reasonIds } = filter;
  const counts = all.filter(
    ({ managerId, reasonId }) =>
      (managers === undefined || managers.includes(managerId ?? null)) &&
      (reasonIds === undefined || (reasonId !== undefined && reasonIds.includes(reasonId))),
  );
  const behind = idsBehind(plan);
  const totals = new Map<StatusId, DealTotal>();
  for (const [statusId, ids] of behind)
    totals.set(statusId, counts.filter((one) => ids.includes(one.statusId)).reduce(addTotals, nothing));
  const pageOf = (statusIds: readonly StatusId[], limit = input.limit): Promise<DealListing> => {
    const asked = { ...input, limit };
    const ids = statusIds.flatMap((statusId) => behind.get(statusId) ?? []);
    const live = ids.filter((statusId) => counts.some((one) => one.statusId === statusId));
    if (live.length === 0) return Promise.resolve({ deals: [] });
    return reasonIds === undefined
      ? columnsPage(asked, liveParts(live, managers, counts))
      : reasonsPage(asked, reasonIds, new Set(live), managers);
  };
  return { plan, totals, pageOf };
}

/** Columns, or the managers' parts of them, that have deals. */
function liveParts(statusIds: readonly StatusId[], managers: Managers, counts: readonly DealCount[]): ColumnPart[] {
  if (managers === undefined) return statusIds.map((statusId) => ({ statusId }));
  const counted = new Set(counts.map(({ statusId, managerId }) => `${statusId} ${managerId ?? ""}`));
  return statusIds
    .flatMap((statusId) => managers.map((managerId) => ({ statusId, managerId })))
    .filter(({ statusId, managerId }) => counted.has(`${statusId} ${managerId ?? ""}`));
}

const placeText = ({ value, dealId }: SortPlace): string => `${value}#${dealId}`;
const madePlace = ({ createdAt, dealId }: Pick<Deal, "createdAt" | "dealId">): SortPlace => ({
  value: createdAt,
  dealId,
});

function columnPageOf({ context, filter, limit, isAscending, after }: BoardInput): ColumnPage {
  const times = timesOf(filter, context.tenant.timeZone);
  return { limit: limit + 1, isAscending, after: after === undefined ? undefined : placeText(after), ...times };
}

/** The first deals of several columns, merged by their common order. */
async function columnsPage(input: BoardInput, parts: readonly ColumnPart[]): Promise<DealListing> {
  const { context, planId, limit, isAscending } = input;
  const asked = columnPageOf(input);
  const found = await Promise.all(parts.map((part) => context.store.deals.columnPage(planId, part, asked)));
  const sign = isAscending ? 1 : -1;
  const all = found.flat().toSorted((a, b) => sign * comparePlaces(madePlace(a), madePlace(b)));
  const deals = all.slice(0, limit);
  const last = deals.at(-1);
  return { deals, next: all.length > limit && last !== undefined ? madePlace(last) : undefined };
}

/** Rows read at once if some may belong to other statuses or managers. */
const PLACES = 200;

async function reasonsPage(
  input: BoardInput,
  reasonIds: readonly ReasonId[],
  statusIds: ReadonlySet<StatusId>,
  managers: Managers,
): Promise<DealListing> {
  const { context, limit, isAscending } = input;
  const isAsked = ({ statusId, managerId }: ReasonPlace): boolean =>
    statusIds.has(statusId) && (managers === undefined || managers.includes(managerId ?? null));
  const found = await Promise.all(reasonIds.map((reasonId) => placesOf(input, reasonId, isAsked)));
  const sign = isAscending ? 1 : -1;
  const all = found.flat().toSorted((a, b) => (a.place < b.place ? -sign : sign));
  const page = all.slice(0, limit);
  const deals = await context.store.deals.deals(page.map(({ dealId }) => dealId));
  const last = page.at(-1);
  return {
    deals: page.map(({ dealId }) => deals.get(dealId)).filter((deal) => deal !== undefined),
    next: all.length > limit && last !== undefined ? placeOfText(last) : undefined,
  };
}

/** Enough deals of a reason to fill a page and to know if more follow. */
async function placesOf(
  input: BoardInput,
  reasonId: ReasonId,
  isAsked: (place: ReasonPlace) => boolean,
): Promise<ReasonPlace[]> {
  const { context, planId } = input;
  const asked = { ...columnPageOf(input), limit: PLACES };
  const places: ReasonPlace[] = [];
  let after = asked.after;
  for (;;) {
    const page = await context.store.boards.reasonPlaces(planId, reasonId, { ...asked, after });
    places.push(...page.filter(isAsked));
    after = page.at(-1)?.place;
    if (page.length < PLACES || places.length > input.limit) return places;
  }
}

const placeOfText = ({ place, dealId }: ReasonPlace): SortPlace => ({
  value: place.slice(0, -(dealId.length + 1)),
  dealId,
});
