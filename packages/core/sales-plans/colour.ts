import { cutText } from "../platform/cut-text.ts";
import { type Result, ok, refuse } from "../platform/result.ts";

/** Default column colours with enough contrast; a status may have any other with enough contrast. */
export const palette = [
  "#1D4ED8",
  "#0E7490",
  "#047857",
  "#4D7C0F",
  "#B45309",
  "#B91C1C",
  "#BE185D",
  "#7E22CE",
  "#4338CA",
  "#334155",
] as const;

/** WCAG 2.2, 1.4.3: contrast of text against its background. */
const LEAST_CONTRAST = 4.5;

/** `#RRGGBB` in capitals, with enough contrast for white text (docs/reference/sales-plans.md 5.9). */
export function parseColour(text: string): Result<string, "not-a-colour" | "colour-unreadable"> {
  if (!/^#[0-9A-Fa-f]{6}$/.test(text))
    return refuse("not-a-colour", `"${cutText(text, 20)}" is not a colour: write it as #RRGGBB`);
  const colour = text.toUpperCase();
  const contrast = contrastWithWhite(colour);
  if (contrast < LEAST_CONTRAST)
    return refuse(
      "colour-unreadable",
      `white text on ${colour} has a contrast of ${contrast.toFixed(2)}, and at least ${LEAST_CONTRAST} is needed: choose a darker colour`,
    );
  return ok(colour);
}

/** The palette's colour for the nth status, when none is given. */
export const colourAt = (position: number): string => palette[position % palette.length] ?? palette[0];

/** Contrast of white text on a colour, 1 to 21 (WCAG's relative luminance). */
export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
