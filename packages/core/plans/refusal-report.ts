import type { Currency, Minor, UserId } from "../values.ts";
import { minor } from "../values.ts";
import type { Closing } from "./deal.ts";
import type { PlanId, ReasonId } from "./ids.ts";
import { percentages } from "./percentages.ts";

export const reportGroupings = ["plan", "manager"] as const;
export type ReportGrouping = (typeof reportGroupings)[number];

/** Which closings a cell counts: asked for again, it gives exactly those. */
export interface ReportCell {
  readonly by: ReportGrouping;
  /** The plan or the manager at the time of closing; `null` is nobody's, absent is all of them. */
  readonly group?: string | null | undefined;
  readonly outcome: "won" | "lost" | "cancelled";
  /** `null` is "not specified". */
  readonly reasonId?: ReasonId | null | undefined;
  /** A clarification as it is compared; "" is none. */
  readonly clarification?: string | undefined;
}

export interface Counted {
  readonly count: number;
  /** To one decimal; nothing where there is nothing to take a share of. */
  readonly percent: number | null;
  readonly cell: ReportCell;
}

export interface ClarificationRow extends Counted {
  /** In its most frequent spelling; nothing for those without one. */
  readonly text: string | null;
}

export interface ReasonRow extends Counted {
  /** Nothing for "not specified". */
  readonly reasonId: ReasonId | null;
  readonly name: string | null;
  readonly clarifications?: readonly ClarificationRow[] | undefined;
}

/** Standing closings of one plan or manager, or of all. */
export interface ReportRow {
  readonly group: string | null | undefined;
  readonly name: string | null;
  readonly closings: number;
  readonly won: Counted & { readonly sums: Readonly<Record<Currency, Minor>> };
  readonly lost: Counted;
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
  /** Adds a column of closings that were cancelled since. */
  readonly withCancelled: boolean;
}

/** Present names of plans, managers and reasons: ids keep their place in history, names are those of now. */
export interface ReportNames {
  readonly plans: ReadonlyMap<PlanId, string>;
  readonly users: ReadonlyMap<UserId, string>;
  readonly reasons: ReadonlyMap<ReasonId, string>;
}

/** A clarification as it is compared: trimmed, NFKC, without case, blanks collapsed (sales-plans.md 5.13). */
export const clarificationKey = (text: string | undefined): string =>
  (text ?? "").normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").replaceAll(/\s+/g, " ").trim();

const groupOf = ({ planId, managerId }: Closing, by: ReportGrouping): string | null =>
  by === "plan" ? planId : (managerId ?? null);

/** Whether a cell counts a closing. */
export function isInCell(cell: ReportCell): (closing: Closing) => boolean {
  const { by, group, outcome, reasonId, clarification } = cell;
  return (closing) => {
    const isStanding = closing.cancelled === undefined;
    return (
      (outcome === "cancelled" ? !isStanding : isStanding && closing.kind === outcome) &&
      (group === undefined || groupOf(closing, by) === group) &&
      (reasonId === undefined || (closing.reasonId ?? null) === reasonId) &&
      (clarification === undefined || clarificationKey(closing.clarification) === clarification)
    );
  };
}

/**
 * The report "by reason of refusal" (seed 001): one unit a closing that still stands, under the plan or manager it had
 * when it was closed. Reasons with "not specified" add up to the lost, percentages to 100.0 (sales-plans.md 5.13).
 * Shares of a reason are of the lost, of a clarification of its reason.
 */
export function refusalReport(closings: readonly Closing[], asked: ReportAsked, names: ReportNames): RefusalReport {
  const { by } = asked;
  const groups = Map.groupBy(closings, (closing) => groupOf(closing, by));
  const nameOf = nameIn(by, names);
  const rows = [...groups]
    .map(([group, own]) => reportRow(own, group, nameOf(group), asked, names))
    .filter(({ closings: standing, cancelled }) => standing > 0 || (cancelled?.count ?? 0) > 0)
    .toSorted(
      (a, b) => b.closings - a.closings || compare(a.name ?? "", b.name ?? "") || compare(a.group ?? "", b.group ?? ""),
    );
  return { by, rows, total: reportRow(closings, undefined, null, asked, names) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function nameIn(by: ReportGrouping, { plans, users }: ReportNames): (group: string | null) => string | null {
  const known = new Map<string, string>(by === "plan" ? plans : users);
  return (group) => (group === null ? null : (known.get(group) ?? group));
}

function reportRow(
  closings: readonly Closing[],
  group: string | null | undefined,
  name: string | null,
  { by, withClarifications, withCancelled }: ReportAsked,
  names: ReportNames,
): ReportRow {
  const cellOf = (rest: Omit<ReportCell, "by" | "group">): ReportCell => ({ by, group, ...rest });
  const of = (outcome: ReportCell["outcome"]): Closing[] => closings.filter(isInCell(cellOf({ outcome })));
  const [won, lost, cancelled] = [of("won"), of("lost"), of("cancelled")];
  const [wonPercent = null, lostPercent = null] = percentages([won.length, lost.length]);
  return {
    group,
    name,
    closings: won.length + lost.length,
    won: { count: won.length, percent: wonPercent, sums: sumsOf(won), cell: cellOf({ outcome: "won" }) },
    lost: { count: lost.length, percent: lostPercent, cell: cellOf({ outcome: "lost" }) },
    ...(withCancelled ? { cancelled: { count: cancelled.length, cell: cellOf({ outcome: "cancelled" }) } } : {}),
    reasons: reasonRows(lost, cellOf({ outcome: "lost" }), withClarifications, names),
  };
}

function sumsOf(closings: readonly Closing[]): Record<Currency, Minor> {
  const sums: Record<Currency, Minor> = {};
  for (const { amountMinor, currency } of closings) sums[currency] = minor((sums[currency] ?? 0) + amountMinor);
  return sums;
}

function reasonRows(
  lost: readonly Closing[],
  cell: ReportCell,
  withClarifications: boolean,
  { reasons }: ReportNames,
): ReasonRow[] {
  const groups = largestFirst(Map.groupBy(lost, ({ reasonId }) => reasonId ?? null));
  const percents = percentages(groups.map(([, own]) => own.length));
  return groups.map(([reasonId, own], i) => {
    const here = { ...cell, reasonId };
    return {
      reasonId,
      name: reasonId === null ? null : (reasons.get(reasonId) ?? reasonId),
      count: own.length,
      percent: percents[i] ?? null,
      cell: here,
      ...(withClarifications ? { clarifications: clarificationRows(own, here) } : {}),
    };
  });
}

function clarificationRows(closings: readonly Closing[], cell: ReportCell): ClarificationRow[] {
  const groups = largestFirst(Map.groupBy(closings, ({ clarification }) => clarificationKey(clarification)));
  const percents = percentages(groups.map(([, own]) => own.length));
  return groups.map(([key, own], i) => ({
    text: key === "" ? null : spellingOf(own),
    count: own.length,
    percent: percents[i] ?? null,
    cell: { ...cell, clarification: key },
  }));
}

/** The most frequent spelling, the first of the alphabet among equals. */
function spellingOf(closings: readonly Closing[]): string {
  const spellings = largestFirst(Map.groupBy(closings, ({ clarification }) => (clarification ?? "").trim()));
  return spellings[0]?.[0] ?? "";
}

const largestFirst = <K extends string | null, V>(groups: Map<K, V[]>): [K, V[]][] =>
  [...groups].toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || compare(a ?? "", b ?? ""));
