import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { machine } from "./charts.ts";
import { boundOf, valueText } from "./print.ts";
import type { BenchFigure } from "./workspace.ts";

const PAGE = new URL("../../docs/figures.md", import.meta.url);

/** The figures of one part of the benchmarks, by its name. */
export interface PartFigures {
  readonly part: string;
  readonly figures: readonly BenchFigure[];
}

/** Writes docs/figures.md: every figure of this run, with its bound or goal. */
export async function writeFiguresPage(parts: readonly PartFigures[]): Promise<string> {
  const rows = parts.flatMap(({ part, figures }) => [`| **${part}** | | | |`, ...figures.map(rowOf)]);
  const text = [
    "# All figures of one run",
    `Written by \`npm run bench -- --charts\` on ${machine()}. [benchmarks.md](benchmarks.md) says which file measures what.`,
    ["| figure | measured | bound or goal | |", "| --- | ---: | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
  await writeFile(PAGE, await format(text, { parser: "markdown", printWidth: 120 }));
  return fileURLToPath(PAGE);
}

function rowOf(figure: BenchFigure): string {
  const bound = boundOf(figure);
  const cells = [figure.name, `${valueText(figure)} ${figure.unit}`, bound?.wanted ?? "", bound?.verdict ?? ""];
  return `| ${cells.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
}
