const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What people see as the characters of a text: joined emoji, flags, and letters with their marks are one each. */
export const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Further characters that are looked at, so that a long text costs no more than a short one. */
const LOOKED_AT = 100;

/**
 * The last place up to `at` where a text can be cut, in UTF-16 units: between two graphemes. A grapheme longer than that
 * is cut within, never in half a code point.
 */
export function cutPlace(text: string, at: number): number {
  if (at <= 0 || text.length <= at) return Math.max(0, Math.min(at, text.length));
  const whole = segmenter.segment(text.slice(0, at + LOOKED_AT)).containing(at)?.index ?? 0;
  if (whole > 0) return whole;
  return at > 0 && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) ? at - 1 : at;
}

/** A text of people as a message repeats it: its first `most` UTF-16 units, and "…" when there is more. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, cutPlace(text, most))}…`;
