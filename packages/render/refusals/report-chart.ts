import { palette } from "@regulars/core/sales-plans/colour";
import type { ReasonRow, RefusalReport, ReportCell, ReportRow } from "@regulars/core/refusals/refusal-report";
import { clip } from "../plain-text.ts";
import { isolated } from "../texts/isolated.ts";
import { NOT_SPECIFIED, groupName } from "./report-text.ts";

/** Measures of a chart, in px. */
interface Shape {
  readonly width: number;
  /** Where bars begin: names stand before them, or above them when there is no room. */
  readonly left: number;
  /** Space above each bar, for its name. */
  readonly above: number;
  readonly titleSize: number;
  /** Most letters of a line of the title, of a name, and of a line of the legend. */
  readonly titleLength: number;
  readonly nameLength: number;
  readonly legendLength: number;
}

/** Charts for a desktop, and for a phone held upright: there each name stands above its bar. */
const chartShapes = {
  wide: { width: 960, left: 220, above: 0, titleSize: 18, titleLength: 90, nameLength: 30, legendLength: 90 },
  narrow: { width: 320, left: 0, above: 20, titleSize: 14, titleLength: 39, nameLength: 36, legendLength: 38 },
} as const satisfies Readonly<Record<string, Shape>>;

const BAR = 26;
const GAP = 14;
const TOP = 64;
/** Room for "12 / 34" after the longest bar. */
const COUNTS = 70;
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

/** One coloured part of a bar. */
interface Part {
  readonly label: string;
  readonly count: number;
  readonly colour: string;
  readonly cell: ReportCell;
}

/** The words of a chart in the reader's language. */
export interface ChartWords {
  readonly title: string;
  readonly total: string;
  readonly nobody: string;
  readonly notSpecified: string;
  readonly won: string;
  readonly others: string;
  /** A count or a share as the language writes it. */
  readonly number: (value: number) => string;
  /** The title of a chart that has only the first of the groups. */
  readonly firstOf: (title: string, shown: number, all: number) => string;
}

const englishOf = ({ by, total: { won, lost } }: RefusalReport): ChartWords => ({
  title: `Refusal reasons by ${by}: ${won.count} won, ${lost.count} lost`,
  total: "Total",
  nobody: "nobody",
  notSpecified: NOT_SPECIFIED,
  won: "won",
  others: "not specified, and other reasons",
  number: String,
  firstOf: (title, shown, all) => `${title} (the first ${shown} of ${all})`,
});

/** What all bars of a chart share. */
interface Drawing {
  readonly words: ChartWords;
  readonly shape: Shape;
  /** Px per closing. */
  readonly scale: number;
  readonly colours: ReadonlyMap<string | null, string>;
  readonly hrefOf: (cell: ReportCell) => string;
}

/**
 * The report as an SVG chart: a bar for each plan or manager, first won closings, then lost ones by reason. Each part
 * links to the deals it counts, so the chart is a group of links and no image. Has no scripts or external assets. Text
 * has the colour of its surroundings, and a page may take away the ground, `.ground`.
 */
export function reportChart(
  report: RefusalReport,
  hrefOf: (cell: ReportCell) => string,
  size: keyof typeof chartShapes = "wide",
  words: ChartWords = englishOf(report),
): string {
  const shape: Shape = chartShapes[size];
  const { width, left, above } = shape;
  const rows = report.rows.slice(0, MOST_ROWS);
  const colours = colourOfReasons(report.total.reasons);
  const longest = Math.max(1, ...rows.map(({ closings }) => closings));
  const drawing = { words, shape, scale: (width - left - COUNTS) / longest, colours, hrefOf };
  const bars = rows.map((row, i) => bar(row, TOP + i * (above + BAR + GAP) + above, drawing));
  const legendTop = TOP + rows.length * (above + BAR + GAP) + GAP;
  const legend = legendOf(report.total.reasons, colours, legendTop, shape, words);
  const height = legendTop + legend.length * LEGEND_LINE + GAP;
  const { title } = words;
  const all = report.rows.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${size}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="chart-${size}" color="#0F172A" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="chart-${size}">${escape(title)}</title>`,
    `<rect class="ground" width="${width}" height="${height}" fill="#FFFFFF"/>`,
    ...titleOf(all > rows.length ? words.firstOf(title, MOST_ROWS, all) : title, shape),
    ...bars,
    ...legend,
    "</svg>",
  ].join("\n");
}

/** The title, in two lines where one has no room for it. */
function titleOf(title: string, { left, titleSize, titleLength }: Shape): readonly string[] {
  const blank = title.length > titleLength ? title.lastIndexOf(" ", titleLength) : -1;
  const lines = blank === -1 ? [title] : [title.slice(0, blank), clip(title.slice(blank + 1), titleLength)];
  return lines.map((line, i) => {
    const y = 34 + (i + 1 - lines.length) * (titleSize + 4);
    return `<text x="${left === 0 ? 0 : 16}" y="${y}" font-size="${titleSize}" font-weight="600" fill="currentColor">${escape(line)}</text>`;
  });
}

function colourOfReasons(reasons: readonly ReasonRow[]): ReadonlyMap<string | null, string> {
  const choice = palette.filter((colour) => colour !== WON);
  const named = reasons.filter(({ reasonId }) => reasonId !== null).slice(0, MOST_REASONS);
  return new Map(named.map(({ reasonId }, i) => [reasonId, choice[i % choice.length] ?? GREY]));
}

function partsOf(row: ReportRow, { colours, words }: Drawing): Part[] {
  return [
    { label: words.won, count: row.won.count, colour: WON, cell: row.won.cell },
    ...row.reasons.map(({ reasonId, name, count, cell }) => ({
      label: name ?? words.notSpecified,
      count,
      colour: colours.get(reasonId) ?? GREY,
      cell,
    })),
  ].filter(({ count }) => count > 0);
}

function bar(row: ReportRow, y: number, drawing: Drawing): string {
  const { shape, scale, words, hrefOf } = drawing;
  let x = shape.left;
  const parts = partsOf(row, drawing).map(({ label, count, colour, cell }) => {
    const width = count * scale;
    const name = escape(`${isolated(groupName(row, words))}, ${isolated(label)}: ${words.number(count)}`);
    const drawn = `<a href="${escape(hrefOf(cell))}" aria-label="${name}"><rect x="${x.toFixed(2)}" y="${y}" width="${width.toFixed(2)}" height="${BAR}" fill="${colour}"><title>${name}</title></rect></a>`;
    x += width;
    return drawn;
  });
  const middle = y + BAR / 2 + 5;
  const place = shape.above > 0 ? `x="0" y="${y - 6}"` : `x="${shape.left - 10}" y="${middle}" text-anchor="end"`;
  return [
    `<text ${place} fill="currentColor">${escape(isolated(clip(groupName(row, words), shape.nameLength)))}</text>`,
    ...parts,
    `<text x="${(x + 8).toFixed(2)}" y="${middle}" fill="currentColor">${words.number(row.won.count)} / ${words.number(row.lost.count)}</text>`,
  ].join("\n");
}

function legendOf(
  reasons: readonly ReasonRow[],
  colours: ReadonlyMap<string | null, string>,
  top: number,
  { left, legendLength }: Shape,
  words: ChartWords,
): string[] {
  const entries = [
    { colour: WON, text: words.won },
    ...reasons
      .filter(({ reasonId }) => colours.has(reasonId))
      .map(({ reasonId, name, count, percent }) => ({
        colour: colours.get(reasonId) ?? GREY,
        text: `${isolated(name ?? words.notSpecified)}: ${words.number(count)} (${words.number(percent ?? 0)} %)`,
      })),
    { colour: GREY, text: words.others },
  ];
  return entries.map(({ colour, text }, i) => {
    const y = top + i * LEGEND_LINE;
    return `<rect x="${left}" y="${y}" width="14" height="14" fill="${colour}"/><text x="${left + 22}" y="${y + 12}" fill="currentColor">${escape(clip(text, legendLength))}</text>`;
  });
}
