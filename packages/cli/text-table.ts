const GAP = "  ";

/** A text table: each column as wide as its widest cell, the last one without padding. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
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
