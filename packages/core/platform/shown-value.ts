import { cutText } from "./cut-text.ts";

const MOST_SHOWN = 40;

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as an error names it: as JSON, shortened, and with what cannot be printed by its number. */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  const shown = cutText(text, MOST_SHOWN);
  return shown.replace(UNPRINTABLE, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}
