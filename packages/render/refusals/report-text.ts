import { csvCell } from "../csv.ts";
import { minorText } from "@regulars/core/platform/money";
import { currencySchema } from "@regulars/core/platform/values";
import type { RefusalReport, ReportRow } from "@regulars/core/refusals/refusal-report";

const percentText = (percent: number | null): string => (percent === null ? "" : percent.toFixed(1));

export const NOT_SPECIFIED = "not specified";
export const NO_CLARIFICATION = "no clarification";

/** The names that a report has of its own, in the reader's language. */
interface GroupWords {
  readonly total: string;
  readonly nobody: string;
}

/** A group's name. */
export const groupName = (
  { group, name }: Pick<ReportRow, "group" | "name">,
  { total, nobody }: GroupWords = { total: "Total", nobody: "nobody" },
): string => (group === undefined ? total : (name ?? nobody));

/**
 * The report as CSV with a header row: one line for each reason, or each clarification, of each group; the total last.
 */
export function reportCsv(report: RefusalReport): string {
  const header = [report.by, "won", "won %", "won value", "lost", "lost %", "reason", "reason count", "reason %"];
  const detail = ["clarification", "clarification count", "clarification %"];
  const hasDetail = report.total.reasons.some(({ clarifications }) => clarifications !== undefined);
  const hasCancelled = report.total.cancelled !== undefined;
  const lines = [[...header, ...(hasDetail ? detail : []), ...(hasCancelled ? ["cancelled"] : [])]];
  for (const row of [...report.rows, report.total])
    for (const cells of linesOf(row, hasDetail))
      lines.push([...cells, ...(hasCancelled ? [String(row.cancelled?.count ?? 0)] : [])]);
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function linesOf(row: ReportRow, hasDetail: boolean): string[][] {
  const { won, lost, reasons } = row;
  const value = Object.entries(won.sums).map(
    ([currency, sum]) => `${minorText(sum, currencySchema.parse(currency))} ${currency}`,
  );
  const first = [groupName(row), String(won.count), percentText(won.percent), value.join(" + ")];
  const begin = [...first, String(lost.count), percentText(lost.percent)];
  if (reasons.length === 0) return [[...begin, "", "", "", ...(hasDetail ? ["", "", ""] : [])]];
  return reasons.flatMap((reason) => {
    const cells = [...begin, reason.name ?? NOT_SPECIFIED, String(reason.count), percentText(reason.percent)];
    if (!hasDetail) return [cells];
    return (reason.clarifications ?? []).map(({ text, count, percent }) => [
      ...cells,
      text ?? NO_CLARIFICATION,
      String(count),
      percentText(percent),
    ]);
  });
}
