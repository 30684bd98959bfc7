/** The scores of the days up to a day, the oldest first. */
interface ScoreChart {
  readonly scores: readonly (number | undefined)[];
  readonly goodMin: number;
  readonly fairMin: number;
  readonly label: string;
  /** What the grades above the minima are called. */
  readonly good: string;
  readonly fair: string;
}

/** Measures in px. */
const WIDTH = 640;
const HEIGHT = 160;
const LEFT = 52;
const TOP = 8;
const BOTTOM = 12;

const yOf = (score: number): number => TOP + ((100 - score) * (HEIGHT - TOP - BOTTOM)) / 100;
const round = (value: number): string => String(Math.round(10 * value) / 10);

/** Scores by day as a line, with the minima of the grades; days without a score are gaps. */
export function scoreChart({ scores, goodMin, fairMin, label, good, fair }: ScoreChart): string {
  const step = (WIDTH - LEFT) / Math.max(1, scores.length - 1);
  const line = scores
    .map((score, i) => {
      if (score === undefined) return "";
      const command = scores[i - 1] === undefined ? "M" : "L";
      return `${command}${round(LEFT + i * step)} ${round(yOf(score))}`;
    })
    .join("");
  const minimum = (name: string, score: number): string =>
    `<line x1="${LEFT}" x2="${WIDTH}" y1="${round(yOf(score))}" y2="${round(yOf(score))}" stroke="currentColor" stroke-dasharray="3 4" opacity="0.5"/><text x="0" y="${round(yOf(score) + 4)}" font-size="11" fill="currentColor">${name}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label)}">${minimum(escaped(good), goodMin)}${minimum(escaped(fair), fairMin)}<path d="${line}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/></svg>`;
}

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
