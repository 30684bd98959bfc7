interface Place {
  readonly x: number;
  readonly y: number;
  /** Where in the text the place is; its start unless told. */
  readonly anchor?: "middle" | "end";
}

/** A text at its place in an SVG, in px. */
export const svgText = (value: string, { x, y, anchor }: Place): string =>
  `<text x="${rounded(x)}" y="${rounded(y)}"${anchor === undefined ? "" : ` text-anchor="${anchor}"`}>${escaped(value)}</text>`;

/** Measures in px: a phone shows the narrow one as it is, so that its words stay as large as the page's. */
export const widths = { wide: 700, narrow: 300 } as const;

/** A measure to a tenth of a px. */
export const rounded = (value: number): number => Math.round(10 * value) / 10;

export const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
