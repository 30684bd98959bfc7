/** Letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** The first part of a text that was cut, with the ends of what it isolates: without them all that follows would be turned. */
export function closed(cut: string): string {
  let open = 0;
  for (const [sign] of cut.matchAll(/[\u2068\u2069]/g)) open = sign === "\u2068" ? open + 1 : Math.max(0, open - 1);
  return `${cut}${"\u2069".repeat(open)}`;
}

/** Signs around an isolated text. */
const IS_ISOLATED = /^\u2068[^\u2068\u2069]*\u2069$/;

/**
 * A value that stays in its place in a sentence: one with right-to-left letters is isolated (Unicode UAX 9, FSI and PDI),
 * once.
 */
export const isolated = (text: string): string =>
  isRightToLeft(text) && !IS_ISOLATED.test(text) ? `\u2068${text}\u2069` : text;
