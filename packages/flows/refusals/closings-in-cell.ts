import { timesOf } from "@regulars/core/boards/board-query";
import { localDay } from "@regulars/core/platform/period";
import type { ClosingDay, CountedAs } from "@regulars/core/deals/closing-count";
import { closingPlace } from "@regulars/core/deals/closing-span";
import type { ClosedOutcome } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import { type Day, instantSchema } from "@regulars/core/platform/values";
import { type ReportCell, isInCell, mayBeInCell } from "@regulars/core/refusals/refusal-report";
import { type ClosingsAsked, isSeenBy, planIdsOf } from "./report-refusals.ts";

/** A page of closings; `next` is the place of its last one if more follow. */
interface ClosingPage {
  readonly closings: readonly ClosedOutcome[];
  readonly next?: string | undefined;
}

interface CellAsked extends ClosingsAsked {
  readonly cell: ReportCell;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Closings of a plan read at once. */
const TOGETHER = 200;
/** A plan's closings are read for a cell that has at least one of so many. */
const ONE_OF = 10;

/** The closings counted in one cell of the report, latest first, in pages: in all as many as the cell's count. */
export async function closingsInCell(
  input: ClosingsAsked,
  cell: ReportCell,
  { limit, after }: Pick<CellAsked, "limit" | "after">,
): Promise<ClosingPage> {
  const planIds = (await planIdsOf(input)).filter((planId) => cell.by !== "plan" || (cell.group ?? planId) === planId);
  const asked = { ...input, cell, limit, after };
  const found: ClosedOutcome[] = [];
  for await (const closing of latestFirst(planIds.map((planId) => closingsOfPlan(asked, planId)))) {
    found.push(closing);
    if (found.length > limit) break;
  }
  const closings = found.slice(0, limit);
  const last = closings.at(-1);
  return { closings, next: found.length > limit && last !== undefined ? closingPlace(last) : undefined };
}

/** Those of one plan: the days say where they lie, so that no more of a plan is read than a page of them needs. */
async function* closingsOfPlan(asked: CellAsked, planId: PlanId): AsyncGenerator<ClosedOutcome> {
  const { cell, visible } = asked;
  const [isCounted, isSeen] = [isInCell(cell), isSeenBy(visible)];
  for await (const part of partsOf(asked, planId))
    for await (const closing of closingsOfPart(asked, planId, part))
      if (isCounted(closing) && isSeen(closing)) yield closing;
}

/** Days of a plan that follow each other, with what they have of a cell. */
interface Part {
  from: Day;
  readonly to: Day;
  /** How many the cell counts, of how many. */
  inCell: number;
  all: number;
  isIndexed: boolean;
  readonly counted: Map<string, CountedAs>;
}

/** The days of a plan, latest first, in parts that have a page of the cell each. */
async function* partsOf(asked: CellAsked, planId: PlanId): AsyncGenerator<Part> {
  const { context, cell, visible, from, limit } = asked;
  // Days do not count clarifications, so they do not tell how many are enough.
  const enough = cell.clarification === undefined ? limit : Infinity;
  const [isCounted, isSeen] = [mayBeInCell(cell), isSeenBy(visible)];
  let part: Part | undefined;
  for await (const closingDay of context.store.deals.closingDays(planId, from, lastDayOf(asked))) {
    const { day, counts } = closingDay;
    if (part !== undefined && part.inCell > enough && day < part.from) {
      yield part;
      part = undefined;
    }
    const own = counts.filter((counted) => isCounted(counted) && isSeen(counted));
    if (own.length > 0) part ??= { from: day, to: day, inCell: 0, all: 0, isIndexed: true, counted: new Map() };
    if (part !== undefined) addDay(part, closingDay, own);
  }
  if (part !== undefined) yield part;
}

function addDay(part: Part, { day, counts, isIndexed }: ClosingDay, own: ClosingDay["counts"]): void {
  for (const { count } of counts) part.all += count;
  if (own.length === 0) return;
  part.from = day;
  part.isIndexed &&= isIndexed;
  for (const { planId, managerId, outcome, reasonId, count } of own) {
    part.inCell += count;
    part.counted.set(JSON.stringify([managerId, outcome, reasonId]), { planId, managerId, outcome, reasonId });
  }
}

/** The last day that a page may have closings of. */
function lastDayOf({ context, to, after }: CellAsked): Day | undefined {
  if (after === undefined) return to;
  const [at] = after.split("#");
  const day = localDay(instantSchema.parse(at), context.tenant.timeZone);
  return to === undefined || day < to ? day : to;
}

/** A part's closings in the order of time: all of the plan where many are the cell's, else those counted together. */
function closingsOfPart(
  { context: { store, tenant }, after, limit }: CellAsked,
  planId: PlanId,
  { from, to, inCell, all, isIndexed, counted }: Part,
): AsyncIterable<ClosedOutcome> {
  const span = { ...timesOf({ from, to }, tenant.timeZone), after };
  if (!isIndexed || all <= inCell * ONE_OF) return store.deals.closingsOf(planId, { ...span, page: TOGETHER });
  return latestFirst(
    // One more tells that there are more, and the one at `after` is read too.
    [...counted.values()].map((one) => store.deals.closingsCountedAs(one, { ...span, page: limit + 2 })),
  );
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
