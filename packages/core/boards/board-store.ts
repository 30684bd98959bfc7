import type { Currency, Day, Instant, Minor, UserId } from "../platform/values.ts";
import type { BoardRow } from "./board-row.ts";
import type { ClosingSpan } from "../deals/closing-span.ts";
import type { ClosingCount, ClosingDay, CountedAs } from "../deals/closing-count.ts";
import type { ClosedOutcome, Deal } from "../deals/deal.ts";
import type { DealId, PlanId, ReasonId, StatusId } from "../platform/ids.ts";

/** Number and sums of the deals of one manager in one status; lost deals are counted per reason. */
export interface DealCount {
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly reasonId?: ReasonId | undefined;
  readonly count: number;
  readonly sums: Readonly<Record<Currency, Minor>>;
}

/** A column of a board, or one manager's part of it; `null` is the part without a manager. */
export interface ColumnPart {
  readonly statusId: StatusId;
  readonly managerId?: UserId | null | undefined;
}

/**
 * Where a page of a column begins: after the position `<createdAt>#<dealId>`; limited to deals created from `from` to
 * `to` (excluded).
 */
export interface ColumnPage {
  readonly limit: number;
  readonly isAscending: boolean;
  readonly after?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** First and last day, both included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** A deal lost for a reason; its position is `<createdAt>#<dealId>`. */
export interface ReasonPlace {
  readonly place: string;
  readonly dealId: DealId;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
}

/** Deals and closed outcomes as boards, lists and reports read them. */
export interface DealQueries {
  /** Deals of a status, newest first. */
  readonly column: (planId: PlanId, statusId: StatusId, limit: number) => Promise<readonly Deal[]>;
  readonly columnPage: (planId: PlanId, part: ColumnPart, page: ColumnPage) => Promise<readonly Deal[]>;
  readonly counts: (planId: PlanId) => Promise<readonly DealCount[]>;
  readonly closingsOf: (planId: PlanId, span: ClosingSpan) => AsyncIterable<ClosedOutcome>;
  /**
   * Counts of the deals closed on these local days, both included; of all time without days. Clarifications are not
   * counted separately.
   */
  readonly closingCounts: (planId: PlanId, from?: Day, to?: Day) => Promise<readonly ClosingCount[]>;
  /** The same by day and manager, latest day first. */
  readonly closingDays: (planId: PlanId, from?: Day, to?: Day) => AsyncIterable<ClosingDay>;
  /** The lost ones that have a clarification, each a count; a change of the last second may be missing. */
  readonly clarifiedCounts: (planId: PlanId, span: ClosingSpan) => AsyncIterable<ClosingCount>;
  /** Those that are counted together, latest first; what an earlier version wrote is not among them. */
  readonly closingsCountedAs: (counted: CountedAs, span: ClosingSpan) => AsyncIterable<ClosedOutcome>;
}

/** A sales plan's board index: what filters, searches and counts by day read. */
export interface BoardStore {
  /** Every deal of a plan as filters and searches see it, in no particular order. */
  readonly rows: (planId: PlanId) => Promise<readonly BoardRow[]>;
  /**
   * Brings what `boardRows`, `dayCounts` and `reasonPlaces` read up to date; `false` when deals change faster than
   * that.
   */
  readonly refresh: (planId: PlanId) => Promise<boolean>;
  /** A text that is another one after any change of a deal of the plan. */
  readonly stamp: (planId: PlanId) => Promise<string>;
  /** Whether so many changes are pending that a background job should apply them. */
  readonly isBehind: (planId: PlanId) => Promise<boolean>;
  /**
   * Numbers and sums of deals created on these local days, as of the last refresh: of these managers (`null`: without a
   * manager), or of all deals when none are given.
   */
  readonly dayCounts: (
    planId: PlanId,
    span: DaySpan,
    managers: readonly (UserId | null)[] | undefined,
  ) => Promise<readonly DealCount[]>;
  readonly reasonPlaces: (planId: PlanId, reasonId: ReasonId, page: ColumnPage) => Promise<readonly ReasonPlace[]>;
}
