import { escaped, rounded, svgText, widths } from "./svg-text.ts";

/** The scores of the days up to a day, the oldest first. */
interface ScoreChart {
  readonly scores: readonly (number | undefined)[];
  readonly goodMin: number;
  readonly fairMin: number;
  readonly label: string;
  /** What the grades above the minima are called. */
  readonly good: string;
  readonly fair: string;
  /** The first and the last day, as they are read. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const HEIGHT = 176;
const TOP = 8;
const BOTTOM = 28;
/** Of a letter at the size of the chart's words. */
const LETTER = 7;

const yOf = (score: number): number => TOP + ((100 - score) * (HEIGHT - TOP - BOTTOM)) / 100;

/**
 * Scores by day as a line, with the minima of the grades; days without a score are gaps, and a day alone between two gaps
 * is a dot.
 */
export function scoreChart(chart: ScoreChart, size: keyof typeof widths = "wide"): string {
  const { scores, goodMin, fairMin, label, good, fair, firstDay, lastDay } = chart;
  const width = widths[size];
  const left = LETTER * (1 + Math.max(good.length, fair.length));
  const step = (width - left) / Math.max(1, scores.length - 1);
  const line = scores
    .map((score, i) => {
      if (score === undefined) return "";
      const at = `${rounded(left + i * step)} ${rounded(yOf(score))}`;
      if (scores[i - 1] !== undefined) return `L${at}`;
      return scores[i + 1] === undefined ? `M${at}h0` : `M${at}`;
    })
    .join("");
  const minimum = (name: string, score: number): string =>
    `<line x1="${left}" x2="${width}" y1="${rounded(yOf(score))}" y2="${rounded(yOf(score))}" stroke="currentColor" stroke-dasharray="3 4" opacity="0.5"/>${svgText(name, { x: 0, y: yOf(score) + 4 })}`;
  const days =
    svgText(firstDay, { x: left, y: HEIGHT - 4 }) + svgText(lastDay, { x: width, y: HEIGHT - 4, anchor: "end" });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${size}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escaped(label)}" font-size="12" fill="currentColor">${minimum(good, goodMin)}${minimum(fair, fairMin)}${days}<path d="${line}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>`;
}
