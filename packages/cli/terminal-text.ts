/** Characters that change a terminal or the direction of a text, but line feeds and tabs. */
const ACTING = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/gu;

/**
 * A text as it is printed: what would move the cursor, colour the screen or turn the text round is written as `\\u001b`,
 * which in JSON means the same character.
 */
export const forTerminal = (text: string): string =>
  text.replaceAll("\r\n", "\n").replaceAll(ACTING, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
