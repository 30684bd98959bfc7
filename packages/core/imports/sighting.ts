import { cutText } from "../platform/cut-text.ts";

/** A cell that says something about its file's format, with its place. */
export interface Sighting {
  readonly cell: string;
  readonly line: number;
  readonly column: string;
}

/** `price "1.000" in line 3`. */
export const placed = ({ cell, line, column }: Sighting): string =>
  `${column} "${cutText(cell.trim(), 40)}" in line ${line}`;
