import { escaped, rounded, svgText, widths } from "./svg-text.ts";

/** Contacts by week, the oldest first. */
interface WeeksChart {
  readonly counts: readonly number[];
  readonly label: string;
  /** The first day of the first and of the last week, as they are read. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const HEIGHT = 120;
const TOP = 16;
const BOTTOM = 24;
/** Of a week that a bar leaves free. */
const GAP = 0.3;

/** A bar for each week with its number above; a week without contact has none. */
export function weeksChart(chart: WeeksChart, size: keyof typeof widths = "wide"): string {
  const { counts, label, firstDay, lastDay } = chart;
  const width = widths[size];
  const step = width / Math.max(1, counts.length);
  const most = Math.max(1, ...counts);
  const foot = HEIGHT - BOTTOM;
  const bars = counts.map((count, i) => {
    if (count === 0) return "";
    const height = ((foot - TOP) * count) / most;
    const number = svgText(String(count), { x: (i + 0.5) * step, y: foot - height - 4, anchor: "middle" });
    return `<rect x="${rounded((i + GAP / 2) * step)}" y="${rounded(foot - height)}" width="${rounded(step * (1 - GAP))}" height="${rounded(height)}"/>${number}`;
  });
  const days =
    svgText(firstDay, { x: 0, y: HEIGHT - 6 }) + svgText(lastDay, { x: width, y: HEIGHT - 6, anchor: "end" });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${size}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escaped(label)}" font-size="12" fill="currentColor"><line x1="0" x2="${width}" y1="${foot}" y2="${foot}" stroke="currentColor" opacity="0.5"/><g class="bar-of">${bars.join("")}</g>${days}</svg>`;
}
