import { cutText } from "@regulars/core/platform/cut-text";
const GAP = "  ";
/** Longest cell that is shown. */
const CELL_LENGTH = 200;

/** A cell on one line, cut where it is very long. */
const shown = (cell: string): string => {
  const line = cell.replaceAll(/[\r\n\t]+/g, " ");
  return line.length <= CELL_LENGTH ? line : cutText(line, CELL_LENGTH - 1);
};

/** A text table: each column as wide as its widest cell, the last one without padding. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows].map((row) => row.map(shown));
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => padded(cell, column === header.length - 1 ? 0 : (widths[column] ?? 0)))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

const padded = (cell: string, width: number): string => cell + " ".repeat(Math.max(0, width - [...cell].length));
