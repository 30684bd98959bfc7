import type { BenchFigure } from "./workspace.ts";

/** Prints the figures as a table, each with its bound or goal. */
export function notify(figures: readonly BenchFigure[]): void {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
  const text = (value: number): string => (value > 0 && value < 0.01 ? small : number).format(value);
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit } = figure;
    const said = Number.isNaN(value) ? "–" : text(value);
    console.log(`${name.padEnd(width)}  ${said.padStart(10)} ${unit.padEnd(6)}${verdictOf(figure)}`);
  }
}

/** Whether a bound that was reached before is not kept. */
export const isMissed = ({ value, limit = Infinity, atLeast = -Infinity }: BenchFigure): boolean =>
  value > limit || value < atLeast;

function verdictOf(figure: BenchFigure): string {
  const { value, limit, atLeast, goal } = figure;
  if (goal !== undefined) {
    const { atMost = Infinity, atLeast: least = -Infinity } = goal;
    const wanted = goal.atMost === undefined ? `at least ${least.toLocaleString("en")}` : `at most ${atMost}`;
    return `  (goal ${wanted}: ${value > atMost || value < least ? "not reached" : "reached"})`;
  }
  if (limit === undefined && atLeast === undefined) return "";
  const bound = limit === undefined ? `at least ${atLeast}` : `at most ${limit}`;
  return `  (${bound}: ${isMissed(figure) ? "MISSED" : "kept"})`;
}
