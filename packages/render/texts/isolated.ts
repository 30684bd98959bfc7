/** Letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Signs around an isolated text. */
const IS_ISOLATED = /^\u2068[^\u2068\u2069]*\u2069$/;

/**
 * A value that stays in its place in a sentence: one with right-to-left letters is isolated (Unicode UAX 9, FSI and PDI),
 * once.
 */
export const isolated = (text: string): string =>
  isRightToLeft(text) && !IS_ISOLATED.test(text) ? `\u2068${text}\u2069` : text;
