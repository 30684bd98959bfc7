import type { BenchFigure } from "./workspace.ts";

/** Prints the figures as a table, each with its bound or goal. */
export function notify(figures: readonly BenchFigure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const bound = boundOf(figure);
    const verdict = bound === undefined ? "" : `  (${bound.wanted}: ${bound.verdict})`;
    console.log(`${figure.name.padEnd(width)}  ${valueText(figure).padStart(10)} ${figure.unit.padEnd(6)}${verdict}`);
  }
}

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** What was measured, without its unit; a dash for a peer that is absent. */
export const valueText = ({ value }: BenchFigure): string =>
  Number.isNaN(value) ? "–" : (value > 0 && value < 0.01 ? small : number).format(value);

/** Whether a bound that was reached before is not kept. */
export const isMissed = ({ value, limit = Infinity, atLeast = -Infinity }: BenchFigure): boolean =>
  value > limit || value < atLeast;

/** What is wanted of a figure, and whether it is so; `undefined` of one that is only told. */
export function boundOf(figure: BenchFigure): { readonly wanted: string; readonly verdict: string } | undefined {
  const { value, limit, atLeast, goal } = figure;
  if (goal !== undefined) {
    const { atMost = Infinity, atLeast: least = -Infinity } = goal;
    const wanted = goal.atMost === undefined ? `at least ${least.toLocaleString("en")}` : `at most ${atMost}`;
    return { wanted: `goal ${wanted}`, verdict: value > atMost || value < least ? "not reached" : "reached" };
  }
  if (limit === undefined && atLeast === undefined) return undefined;
  const wanted = limit === undefined ? `at least ${atLeast}` : `at most ${limit}`;
  return { wanted, verdict: isMissed(figure) ? "MISSED" : "kept" };
}
