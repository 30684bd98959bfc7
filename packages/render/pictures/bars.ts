import { pngOf } from "./png.ts";

/** Pixels: twice what is shown, for fine screens. */
const WIDTH = 1104;
const BAR_HEIGHT = 28;
const GAP = 12;
/** What is not zero is seen. */
const LEAST = 4;

/** Seen on white and on black: petrol, grey, and nothing. */
const PALETTE = [
  [0, 0, 0, 0],
  [0x1f, 0x8a, 0xa5, 255],
  [0x8a, 0x97, 0xa3, 255],
] as const;
const [MAIN, OTHER] = [1, 2];

/** As wide as they are shown, in pixels of CSS. */
export const BARS_WIDTH = WIDTH / 2;

/**
 * Values as horizontal bars below each other, the first in the main colour, as PNG. The longest fills the width; where
 * one is negative, all begin at a common zero and negative ones go to the left.
 */
export function barsPng(values: readonly number[]): Buffer {
  const [width, height] = [WIDTH, values.length * (BAR_HEIGHT + GAP) - GAP];
  const pixels = new Uint8Array(width * height);
  const [least, greatest] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = greatest - least;
  const place = (value: number): number => (span === 0 ? 0 : Math.round(((value - least) / span) * width));
  for (const [index, value] of values.entries()) {
    if (value === 0) continue;
    const zero = place(0);
    const end = place(value);
    const from = value > 0 ? Math.min(zero, width - LEAST) : Math.min(end, zero - LEAST);
    const until = value > 0 ? Math.max(end, from + LEAST) : Math.max(zero, LEAST);
    const top = index * (BAR_HEIGHT + GAP);
    for (let row = top; row < top + BAR_HEIGHT; row += 1)
      pixels.fill(index === 0 ? MAIN : OTHER, row * width + Math.max(0, from), row * width + until);
  }
  return pngOf({ width, height, palette: PALETTE, pixels });
}
