import { palette } from "@regulars/core/sales-plans/colour";
import type { ReasonRow, RefusalReport, ReportCell, ReportRow } from "@regulars/core/refusals/refusal-report";
import { NOT_SPECIFIED, groupName } from "./report-text.ts";

const WIDTH = 960;
const LABEL = 220;
const BAR = 26;
const GAP = 14;
const TOP = 64;
const LEGEND_LINE = 22;
const MOST_ROWS = 60;
const MOST_REASONS = 9;
const GREY = "#64748B";
const WON = "#047857";

const escape = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const clipped = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
};

/** One coloured part of a bar. */
interface Part {
  readonly label: string;
  readonly count: number;
  readonly colour: string;
  readonly cell: ReportCell;
}

/**
 * The report as an SVG chart: a bar for each plan or manager, first won closings, then lost ones by reason. Each part
 * links to the deals it counts. Has no scripts or external assets; shapes have titles for screen readers.
 */
export function reportChart(report: RefusalReport, hrefOf: (cell: ReportCell) => string): string {
  const rows = report.rows.slice(0, MOST_ROWS);
  const colours = colourOfReasons(report.total.reasons);
  const longest = Math.max(1, ...rows.map(({ closings }) => closings));
  const bars = rows.map((row, i) => bar(row, TOP + i * (BAR + GAP), longest, colours, hrefOf));
  const legendTop = TOP + rows.length * (BAR + GAP) + GAP;
  const legend = legendOf(report.total.reasons, colours, legendTop);
  const height = legendTop + legend.length * LEGEND_LINE + GAP;
  const { won, lost } = report.total;
  const title = `Refusal reasons by ${report.by}: ${won.count} won, ${lost.count} lost`;
  const rest = report.rows.length - rows.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="title">${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#FFFFFF"/>`,
    `<text x="16" y="34" font-size="18" font-weight="600" fill="#0F172A">${escape(title)}${rest > 0 ? ` (the first ${MOST_ROWS} of ${report.rows.length})` : ""}</text>`,
    ...bars,
    ...legend,
    "</svg>",
  ].join("\n");
}

function colourOfReasons(reasons: readonly ReasonRow[]): ReadonlyMap<string | null, string> {
  const choice = palette.filter((colour) => colour !== WON);
  const named = reasons.filter(({ reasonId }) => reasonId !== null).slice(0, MOST_REASONS);
  return new Map(named.map(({ reasonId }, i) => [reasonId, choice[i % choice.length] ?? GREY]));
}

function partsOf(row: ReportRow, colours: ReadonlyMap<string | null, string>): Part[] {
  return [
    { label: "won", count: row.won.count, colour: WON, cell: row.won.cell },
    ...row.reasons.map(({ reasonId, name, count, cell }) => ({
      label: name ?? NOT_SPECIFIED,
      count,
      colour: colours.get(reasonId) ?? GREY,
      cell,
    })),
  ].filter(({ count }) => count > 0);
}

function bar(
  row: ReportRow,
  y: number,
  longest: number,
  colours: ReadonlyMap<string | null, string>,
  hrefOf: (cell: ReportCell) => string,
): string {
  const scale = (WIDTH - LABEL - 90) / longest;
  let x = LABEL;
  const parts = partsOf(row, colours).map(({ label, count, colour, cell }) => {
    const width = count * scale;
    const shape = `<a href="${escape(hrefOf(cell))}"><rect x="${x.toFixed(2)}" y="${y}" width="${width.toFixed(2)}" height="${BAR}" fill="${colour}"><title>${escape(`${groupName(row)}, ${label}: ${count}`)}</title></rect></a>`;
    x += width;
    return shape;
  });
  const middle = y + BAR / 2 + 5;
  return [
    `<text x="${LABEL - 10}" y="${middle}" text-anchor="end" fill="#0F172A">${escape(clipped(groupName(row), 30))}</text>`,
    ...parts,
    `<text x="${(x + 8).toFixed(2)}" y="${middle}" fill="#334155">${row.won.count} / ${row.lost.count}</text>`,
  ].join("\n");
}

function legendOf(reasons: readonly ReasonRow[], colours: ReadonlyMap<string | null, string>, top: number): string[] {
  const entries = [
    { colour: WON, text: "won" },
    ...reasons
      .filter(({ reasonId }) => colours.has(reasonId))
      .map(({ reasonId, name, count, percent }) => ({
        colour: colours.get(reasonId) ?? GREY,
        text: `${name ?? NOT_SPECIFIED}: ${count} (${percent ?? 0} %)`,
      })),
    { colour: GREY, text: "not specified, and other reasons" },
  ];
  return entries.map(({ colour, text }, i) => {
    const y = top + i * LEGEND_LINE;
    return `<rect x="${LABEL}" y="${y}" width="14" height="14" fill="${colour}"/><text x="${LABEL + 22}" y="${y + 12}" fill="#0F172A">${escape(clipped(text, 90))}</text>`;
  });
}
