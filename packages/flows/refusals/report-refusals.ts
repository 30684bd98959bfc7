import { type Visible, timesOf } from "@regulars/core/boards/board-query";
import { closingPlace } from "@regulars/core/deals/closing-span";
import { type ClosingCount, closingCountOf } from "@regulars/core/deals/closing-count";
import type { ClosedOutcome } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import {
  type RefusalReport,
  type ReportAsked,
  type ReportCell,
  isInCell,
  refusalReport,
} from "@regulars/core/refusals/refusal-report";
import type { Day, UserId } from "@regulars/core/platform/values";
import type { User } from "@regulars/core/access/user";
import type { SalesContext } from "../sales-context.ts";

/** The closings to report; default: of all time and all plans. */
export interface ClosingsAsked {
  readonly context: SalesContext;
  readonly visible: Visible;
  /** First and last day, both inclusive, in the tenant's zone. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly planId?: PlanId | undefined;
  /** Which plans the caller may see; default: all. */
  readonly isReached?: ((planId: PlanId) => boolean) | undefined;
}

/**
 * The report "by reason of refusal" over a period or the whole time (docs/reference/sales-plans.md 5.13). Computed from
 * the counters of each day and manager; clarifications are read from the closings themselves.
 */
export async function reportRefusals(
  input: ClosingsAsked & ReportAsked & { readonly users: readonly User[] },
): Promise<RefusalReport> {
  const { store } = input.context;
  const [plans, reasons, closingCounts] = await Promise.all([
    store.salesPlans.plans(),
    store.salesPlans.reasons(),
    closingCountsOf(input),
  ]);
  return refusalReport(closingCounts, input, {
    plans: new Map(plans.map(({ planId, name }) => [planId, name])),
    users: new Map(input.users.map(({ userId, name }): [UserId, string] => [userId, name])),
    reasons: new Map([...reasons].map(([reasonId, { name }]) => [reasonId, name])),
  });
}

async function closingCountsOf(input: ClosingsAsked & ReportAsked): Promise<ClosingCount[]> {
  const { context, visible, from, to, withClarifications } = input;
  const { store, tenant } = context;
  const span = timesOf({ from, to }, tenant.timeZone);
  const ofPlans = await Promise.all(
    (await planIdsOf(input)).map(async (planId): Promise<readonly ClosingCount[]> => {
      if (!withClarifications) return store.deals.closingCounts(planId, from, to);
      const closingCounts: ClosingCount[] = [];
      for await (const closing of store.deals.closingsOf(planId, span)) closingCounts.push(closingCountOf(closing));
      return closingCounts;
    }),
  );
  return ofPlans.flat().filter(isSeenBy(visible));
}

const isSeenBy =
  (visible: Visible) =>
  ({ managerId }: Pick<ClosedOutcome, "managerId">): boolean =>
    visible === "all" || (managerId !== undefined && visible.has(managerId));

async function planIdsOf({ context, planId, isReached = () => true }: ClosingsAsked): Promise<readonly PlanId[]> {
  const planIds = planId === undefined ? (await context.store.salesPlans.plans()).map((plan) => plan.planId) : [planId];
  return planIds.filter(isReached);
}

/** A page of closings; `next` is the place of its last one if more follow. */
export interface ClosingPage {
  readonly closings: readonly ClosedOutcome[];
  readonly next?: string | undefined;
}

/** Closings of a plan read at once. */
const TOGETHER = 200;

/** The closings counted in one cell of the report, latest first, in pages: in all as many as the cell's count. */
export async function closingsInCell(
  input: ClosingsAsked,
  cell: ReportCell,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<ClosingPage> {
  const { context, from, to, visible } = input;
  const span = { ...timesOf({ from, to }, context.tenant.timeZone), after, page: TOGETHER };
  const planIds = (await planIdsOf(input)).filter((planId) => cell.by !== "plan" || (cell.group ?? planId) === planId);
  const [isCounted, isSeen] = [isInCell(cell), isSeenBy(visible)];
  const found: ClosedOutcome[] = [];
  const ofPlans = planIds.map((planId) => context.store.deals.closingsOf(planId, span));
  for await (const closing of latestFirst(ofPlans)) {
    if (!isCounted(closing) || !isSeen(closing)) continue;
    found.push(closing);
    if (found.length > limit) break;
  }
  const closings = found.slice(0, limit);
  const last = closings.at(-1);
  return { closings, next: found.length > limit && last !== undefined ? closingPlace(last) : undefined };
}

/** Merges several plans' closings, each latest first, into one sequence. */
async function* latestFirst(all: readonly AsyncIterable<ClosedOutcome>[]): AsyncGenerator<ClosedOutcome> {
  const sources = all.map((one) => one[Symbol.asyncIterator]());
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const places = heads.map((head) => (head.done === true ? "" : closingPlace(head.value)));
    const latest = places.reduce((best, place, i) => (place > (places[best] ?? "") ? i : best), 0);
    const [head, source] = [heads[latest], sources[latest]];
    if (head === undefined || source === undefined || head.done === true) return;
    yield head.value;
    heads[latest] = await source.next();
  }
}
