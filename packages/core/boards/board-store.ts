import type { Currency, Day, Instant, Minor, UserId } from "../platform/values.ts";
import type { BoardRow } from "./board-row.ts";
import type { ClosingSpan } from "../deals/closing-span.ts";
import type { ClosingCount } from "../deals/closing-count.ts";
import type { ClosedOutcome, Deal } from "../deals/deal.ts";
import type { DealId, PlanId, ReasonId, StatusId } from "../platform/ids.ts";

/** Number and sums of the deals of one manager in one status, of those lost for a reason by itself. */
export interface DealCount {
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly reasonId?: ReasonId | undefined;
  readonly count: number;
  readonly sums: Readonly<Record<Currency, Minor>>;
}

/** A column of a board, or one manager's part of it; `null` is nobody's. */
export interface ColumnPart {
  readonly statusId: StatusId;
  readonly managerId?: UserId | null | undefined;
}

/** Where a page of a column begins: after the place `<createdAt>#<dealId>`; of deals made from and to (excluded). */
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

/** A deal among those that are lost for a reason; its place is `<createdAt>#<dealId>`. */
export interface ReasonPlace {
  readonly place: string;
  readonly dealId: DealId;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
}

/** Deals and closings as boards, lists and reports read them. */
export interface DealQueries {
  /** Deals of a status, the newest first. */
  readonly column: (planId: PlanId, statusId: StatusId, limit: number) => Promise<readonly Deal[]>;
  readonly columnPage: (planId: PlanId, part: ColumnPart, page: ColumnPage) => Promise<readonly Deal[]>;
  readonly counts: (planId: PlanId) => Promise<readonly DealCount[]>;
  readonly closingsOf: (planId: PlanId, span: ClosingSpan) => AsyncIterable<ClosedOutcome>;
  /** What was closed on these local days, both included, counted; of all time without. Clarifications are not told apart. */
  readonly closingCounts: (planId: PlanId, from?: Day, to?: Day) => Promise<readonly ClosingCount[]>;
}

/** A sales plan's board index: what filters, searches and counts by day read. */
export interface BoardStore {
  /** Every deal of a plan as filters and searches see it, in no order. */
  readonly rows: (planId: PlanId) => Promise<readonly BoardRow[]>;
  /** Brings what `boardRows`, `dayCounts` and `reasonPlaces` read up to now; `false` when deals change faster than that. */
  readonly refresh: (planId: PlanId) => Promise<boolean>;
  /** Whether so much has changed since it was settled that a job should do it. */
  readonly isBehind: (planId: PlanId) => Promise<boolean>;
  /**
   * Numbers and sums of deals made on these local days as the board was settled last: of these managers, `null` being
   * nobody, or of all deals together without.
   */
  readonly dayCounts: (
    planId: PlanId,
    span: DaySpan,
    managers: readonly (UserId | null)[] | undefined,
  ) => Promise<readonly DealCount[]>;
  readonly reasonPlaces: (planId: PlanId, reasonId: ReasonId, page: ColumnPage) => Promise<readonly ReasonPlace[]>;
}
