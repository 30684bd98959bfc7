import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { escaped } from "@regulars/render/relationships/svg-text";
import { isMissed } from "./print.ts";
import type { BenchFigure } from "./workspace.ts";

/** Units of figures that say how many times as fast as a peer we are. */
const TIMES = new Set(["times", "×"]);
const DOCS = new URL("../../docs/", import.meta.url);

/** One bar: how many times as fast as a peer, or as good as the bound; what is wanted is a mark on it. */
interface Bar {
  readonly label: string;
  readonly value: number;
  readonly wanted: number;
  readonly said: string;
}

/**
 * Writes the charts of docs/performance.md from the figures of this run: how many times as fast as each peer, and how far
 * every other goal and bound is reached. A bound of 0 has no share, and is left out.
 */
export async function writeCharts(figures: readonly BenchFigure[]): Promise<string[]> {
  const named = withWholeNames(figures).filter(({ value }) => value > 0 && Number.isFinite(value));
  const isPeer = ({ unit, goal, atLeast }: BenchFigure): boolean =>
    TIMES.has(unit) && (goal?.atLeast ?? atLeast) !== undefined;
  const where = `${cpus()[0]?.model.trim() ?? "?"}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  const charts = [
    {
      name: "performance-peers.svg",
      title: `How many times as fast as a peer in the same run; the mark is the goal. ${where}`,
      bars: named.filter(isPeer).map(peerBar),
    },
    {
      name: "performance-goals.svg",
      title: `Shares of goals and bounds: right of the line it is reached. ${where}`,
      bars: named.filter((figure) => !isPeer(figure)).flatMap(goalBar),
    },
  ];
  for (const { name, title, bars } of charts) await writeFile(new URL(name, DOCS), chartOf(title, bars));
  return charts.map(({ name }) => fileURLToPath(new URL(name, DOCS)));
}

/** A name that begins with … goes on with the last one that does not. */
function withWholeNames(figures: readonly BenchFigure[]): BenchFigure[] {
  let before = "";
  return figures.map((figure) => {
    if (!figure.name.startsWith("…")) before = figure.name.replace(/(?:, |: ).*$/, "");
    return figure.name.startsWith("…") ? { ...figure, name: `${before} ${figure.name}` } : figure;
  });
}

const numbers = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

const peerBar = ({ name, value, goal, atLeast }: BenchFigure): Bar => {
  const wanted = goal?.atLeast ?? atLeast ?? 1;
  return { label: name, value, wanted, said: `${numbers.format(value)} times (${numbers.format(wanted)})` };
};

function goalBar(figure: BenchFigure): Bar[] {
  const { name, value, unit, goal, limit, atLeast } = figure;
  const [most, least] = [goal?.atMost ?? limit, goal?.atLeast ?? atLeast];
  const bound = most ?? least ?? 0;
  if (bound === 0) return [];
  const share = most === undefined ? value / bound : bound / value;
  const isLost = goal === undefined && isMissed(figure) ? "!" : "";
  return [
    {
      label: name,
      value: share,
      wanted: 1,
      said: `${numbers.format(value)} ${unit} (${numbers.format(bound)})${isLost}`,
    },
  ];
}

/** Measures in px. */
const [WIDTH, LABEL, SAID, ROW, HEAD, EDGE] = [1_100, 520, 190, 22, 44, 16];
/** The scale is logarithmic: from a fiftieth to a hundred times. */
const [LEAST, MOST] = [0.02, 100];
const xOf = (value: number): number => {
  const at = Math.log(Math.min(MOST, Math.max(LEAST, value)) / LEAST) / Math.log(MOST / LEAST);
  return Math.round(LABEL + at * (WIDTH - LABEL - SAID));
};

function chartOf(title: string, bars: readonly Bar[]): string {
  const height = HEAD + bars.length * ROW + 8;
  const line = (value: number): string =>
    `<line x1="${xOf(value)}" x2="${xOf(value)}" y1="${HEAD - 6}" y2="${height - 8}" class="line"/><text x="${xOf(value)}" y="${HEAD - 10}" text-anchor="middle" class="soft">${value}</text>`;
  const rows = bars.map(({ label, value, wanted, said }, i) => {
    const y = HEAD + i * ROW;
    const [from, to] = [Math.min(xOf(1), xOf(value)), Math.max(xOf(1), xOf(value))];
    return [
      `<text x="0" y="${y + 15}">${escaped(shortened(label))}</text>`,
      `<rect x="${from}" y="${y + 3}" width="${Math.max(2, to - from)}" height="14" class="${value >= wanted ? "kept" : "missed"}"/>`,
      `<line x1="${xOf(wanted)}" x2="${xOf(wanted)}" y1="${y + 1}" y2="${y + 19}" class="wanted"/>`,
      `<text x="${WIDTH}" y="${y + 15}" text-anchor="end">${escaped(said)}</text>`,
    ].join("");
  });
  const style =
    ".paper{fill:#fff}text{fill:#1f2937;font:13px system-ui,sans-serif}.soft{fill:#6b7280}.line{stroke:#9ca3af}.wanted{stroke:#1f2937;stroke-width:2}.kept{fill:#0e7490}.missed{fill:#b45309}@media(prefers-color-scheme:dark){.paper{fill:#111827}text{fill:#e5e7eb}.soft{fill:#9ca3af}.wanted{stroke:#e5e7eb}.kept{fill:#22d3ee}.missed{fill:#f59e0b}}";
  const size = [WIDTH + 2 * EDGE, height + 2 * EDGE];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[-EDGE, -EDGE, ...size].join(" ")}" role="img" aria-label="${escaped(title)}"><style>${style}</style><rect x="${-EDGE}" y="${-EDGE}" width="${size[0]}" height="${size[1]}" class="paper"/><text x="0" y="14">${escaped(title)}</text>${[0.1, 1, 10].map(line).join("")}${rows.join("")}</svg>\n`;
}

const LETTERS = 76;
const shortened = (label: string): string => (label.length > LETTERS ? `${label.slice(0, LETTERS - 1)}…` : label);
