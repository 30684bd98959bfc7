import { compareText } from "../platform/compare.ts";
import type { Currency, Minor, UserId } from "../platform/values.ts";
import { currencySchema, minorSum } from "../platform/values.ts";
import { type ClosingCount, closingCountOf } from "../deals/closing-count.ts";
import type { ClosedOutcome } from "../deals/deal.ts";
import type { PlanId, ReasonId } from "../platform/ids.ts";
import { percentages } from "./percentages.ts";

export const reportGroupings = ["plan", "manager"] as const;
type ReportGrouping = (typeof reportGroupings)[number];

/** The closed outcomes that a cell counts; a query for the cell returns exactly those. */
export interface ReportCell {
  readonly by: ReportGrouping;
  /** The plan or the manager at the time of closing; `null` is without a manager, absent is all. */
  readonly group?: string | null | undefined;
  readonly outcome: "won" | "lost" | "cancelled";
  /** `null` is "not specified". */
  readonly reasonId?: ReasonId | null | undefined;
  /** A clarification in the form it is compared in; "" means without one. */
  readonly clarification?: string | undefined;
}

export interface ReportCount {
  readonly count: number;
  /** With one decimal; `null` when the whole is zero. */
  readonly percent: number | null;
  readonly cell: ReportCell;
}

interface ClarificationRow extends ReportCount {
  /** In its most frequent spelling; `null` for deals without one. */
  readonly text: string | null;
}

export interface ReasonRow extends ReportCount {
  /** `null` for "not specified". */
  readonly reasonId: ReasonId | null;
  readonly name: string | null;
  readonly clarifications?: readonly ClarificationRow[] | undefined;
}

/** Closed outcomes of one plan or manager, or of all, without reopened ones. */
export interface ReportRow {
  readonly group: string | null | undefined;
  readonly name: string | null;
  readonly closings: number;
  readonly won: ReportCount & { readonly sums: Readonly<Record<Currency, Minor>> };
  readonly lost: ReportCount;
  readonly cancelled?: { readonly count: number; readonly cell: ReportCell } | undefined;
  readonly reasons: readonly ReasonRow[];
}

export interface RefusalReport {
  readonly by: ReportGrouping;
  readonly rows: readonly ReportRow[];
  readonly total: ReportRow;
}

export interface ReportAsked {
  readonly by: ReportGrouping;
  readonly withClarifications: boolean;
  /** Adds a column of closed outcomes that were reopened later. */
  readonly withCancelled: boolean;
}

/** Current names of plans, managers and reasons; closed outcomes store ids only. */
interface ReportNames {
  readonly plans: ReadonlyMap<PlanId, string>;
  readonly users: ReadonlyMap<UserId, string>;
  readonly reasons: ReadonlyMap<ReasonId, string>;
}

/**
 * A clarification in the form it is compared in: trimmed, NFKC, case-folded, whitespace collapsed
 * (docs/reference/sales-plans.md 5.13).
 */
export const clarificationKey = (text: string | undefined): string =>
  (text ?? "").normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").replaceAll(/\s+/g, " ").trim();

const groupOf = ({ planId, managerId }: ClosingCount, by: ReportGrouping): string | null =>
  by === "plan" ? planId : (managerId ?? null);

/** A predicate: whether a cell counts a closed outcome. */
export function isInCell(cell: ReportCell): (closing: ClosedOutcome) => boolean {
  const isCounted = countedIn(cell);
  return (closing) => isCounted(closingCountOf(closing));
}

/** A predicate: whether a cell counts some of closed outcomes, whose clarifications are not told. */
export const mayBeInCell = (cell: ReportCell): ((closingCount: ClosingCount) => boolean) =>
  countedIn({ ...cell, clarification: undefined });

function countedIn({
  by,
  group,
  outcome,
  reasonId,
  clarification,
}: ReportCell): (closingCount: ClosingCount) => boolean {
  return (closingCount) =>
    closingCount.outcome === outcome &&
    (group === undefined || groupOf(closingCount, by) === group) &&
    (reasonId === undefined || (closingCount.reasonId ?? null) === reasonId) &&
    (clarification === undefined || clarificationKey(closingCount.clarification) === clarification);
}

const countOf = (closingCounts: readonly ClosingCount[]): number =>
  closingCounts.reduce((sum, { count }) => sum + count, 0);

/**
 * The report "by reason of refusal": counts closed outcomes that were not reopened, for the plan or manager
 * at closing. Reasons including "not specified" add up to the lost, percentages to 100.0 (docs/reference/sales-plans.md
 * 5.13). A reason's percentage is of the lost, a clarification's of its reason.
 */
export function refusalReport(
  closings: readonly ClosingCount[],
  asked: ReportAsked,
  names: ReportNames,
): RefusalReport {
  const { by } = asked;
  const groups = Map.groupBy(closings, (closing) => groupOf(closing, by));
  const nameOf = nameIn(by, names);
  const rows = [...groups]
    .map(([group, own]) => reportRow(own, group, nameOf(group), asked, names))
    .filter(({ closings: standing, cancelled }) => standing > 0 || (cancelled?.count ?? 0) > 0)
    .toSorted(
      (a, b) =>
        b.closings - a.closings || compareText(a.name ?? "", b.name ?? "") || compareText(a.group ?? "", b.group ?? ""),
    );
  return { by, rows, total: reportRow(closings, undefined, null, asked, names) };
}

function nameIn(by: ReportGrouping, { plans, users }: ReportNames): (group: string | null) => string | null {
  const known = new Map<string, string>(by === "plan" ? plans : users);
  return (group) => (group === null ? null : (known.get(group) ?? group));
}

function reportRow(
  closings: readonly ClosingCount[],
  group: string | null | undefined,
  name: string | null,
  { by, withClarifications, withCancelled }: ReportAsked,
  names: ReportNames,
): ReportRow {
  const cellOf = (rest: Omit<ReportCell, "by" | "group">): ReportCell => ({ by, group, ...rest });
  const of = (outcome: ReportCell["outcome"]): ClosingCount[] => closings.filter((one) => one.outcome === outcome);
  const [won, lost] = [of("won"), of("lost")];
  const [wonCount, lostCount] = [countOf(won), countOf(lost)];
  const [wonPercent = null, lostPercent = null] = percentages([wonCount, lostCount]);
  return {
    group,
    name,
    closings: wonCount + lostCount,
    won: { count: wonCount, percent: wonPercent, sums: sumsOf(won), cell: cellOf({ outcome: "won" }) },
    lost: { count: lostCount, percent: lostPercent, cell: cellOf({ outcome: "lost" }) },
    ...(withCancelled
      ? { cancelled: { count: countOf(of("cancelled")), cell: cellOf({ outcome: "cancelled" }) } }
      : {}),
    reasons: reasonRows(lost, cellOf({ outcome: "lost" }), withClarifications, names),
  };
}

function sumsOf(closings: readonly ClosingCount[]): Record<Currency, Minor> {
  const total: Record<Currency, Minor> = {};
  for (const { sums } of closings)
    for (const [code, sum] of Object.entries(sums)) {
      const currency = currencySchema.parse(code);
      total[currency] = minorSum((total[currency] ?? 0) + sum);
    }
  return total;
}

function reasonRows(
  lost: readonly ClosingCount[],
  cell: ReportCell,
  withClarifications: boolean,
  { reasons }: ReportNames,
): ReasonRow[] {
  const groups = largestFirst(Map.groupBy(lost, ({ reasonId }) => reasonId ?? null));
  const percents = percentages(groups.map(([, own]) => countOf(own)));
  return groups.map(([reasonId, own], i) => {
    const here = { ...cell, reasonId };
    return {
      reasonId,
      name: reasonId === null ? null : (reasons.get(reasonId) ?? reasonId),
      count: countOf(own),
      percent: percents[i] ?? null,
      cell: here,
      ...(withClarifications ? { clarifications: clarificationRows(own, here) } : {}),
    };
  });
}

function clarificationRows(closings: readonly ClosingCount[], cell: ReportCell): ClarificationRow[] {
  const groups = largestFirst(Map.groupBy(closings, ({ clarification }) => clarificationKey(clarification)));
  const percents = percentages(groups.map(([, own]) => countOf(own)));
  return groups.map(([key, own], i) => ({
    text: key === "" ? null : spellingOf(own),
    count: countOf(own),
    percent: percents[i] ?? null,
    cell: { ...cell, clarification: key },
  }));
}

/** The most frequent spelling, the first in alphabetical order among equals. */
function spellingOf(closings: readonly ClosingCount[]): string {
  const spellings = largestFirst(Map.groupBy(closings, ({ clarification }) => (clarification ?? "").trim()));
  return spellings[0]?.[0] ?? "";
}

const largestFirst = <K extends string | null>(groups: Map<K, ClosingCount[]>): [K, ClosingCount[]][] =>
  [...groups].toSorted(([a, ofA], [b, ofB]) => countOf(ofB) - countOf(ofA) || compareText(a ?? "", b ?? ""));
