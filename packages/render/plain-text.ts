import { cutPlace } from "@regulars/core/platform/cut-text";
import { closed } from "./texts/isolated.ts";

const BREAKS = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const CONTROLS_BUT_BREAKS = /[^\P{Cc}\n]+/gu;
/** What `oneLine` changes, or looks at more closely: every space but a single " " within, controls, halves of characters. */
const UNUSUAL =
  /[^ -~\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u2030-\u205e\u2060-\u2065\u206a-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\uffff]| {2}|^ | $/;
/** What `lines` changes, or looks at more closely: controls, other breaks, text directions, halves of characters. */
const UNUSUAL_IN_LINES = /[^\n -~\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\uffff]/;
const MANY_BREAKS = /\n{3,}/g;
/** However long they are, they do not hide what follows. */
const BLANKS_BEFORE =
  /^(?:[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066\u2067\u2069]|\u2068(?![^\n\u202a-\u202e\u2066-\u2069]{1,600}\u2069))+/u;
/** Signs of text direction; a name that is isolated whole turns nothing beside it, and keeps its two. */
const BIDI_CONTROLS = /\u2068[^\n\u202a-\u202e\u2066-\u2069]{1,600}\u2069|[\u202a-\u202e\u2066-\u2069]/g;
const withoutDirections = (text: string): string =>
  text.replace(BIDI_CONTROLS, (found) => (found.length === 1 ? "" : found));

/** Longest customer, person or tenant name that is shown. */
export const NAME_LENGTH = 120;
/** Longest reason that is shown. */
export const WHY_LENGTH = 600;
/** Longest first message to a customer that is shown. */
export const FOLLOW_UP_LENGTH = 1500;

/**
 * A value as one line of at most `length` characters, without line breaks and control characters. Of the signs of text
 * direction only those stay that isolate a name.
 */
export function oneLine(value: string, length: number): string {
  if (value.length <= length && !UNUSUAL.test(value)) return value;
  const cut = value
    .replace(BLANKS_BEFORE, "")
    .slice(0, length * 4)
    .toWellFormed();
  return clip(withoutDirections(cut).replace(BREAKS, " ").trim(), length);
}

/** The lines of a text, each cleaned like `oneLine`; never an empty list. */
export function lines(value: string, length: number): readonly string[] {
  if (value.length <= length && !UNUSUAL_IN_LINES.test(value))
    return value.replace(MANY_BREAKS, "\n\n").trim().split("\n");
  const text = value
    .replace(BLANKS_BEFORE, "")
    .slice(0, length * 4)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n");
  const clean = withoutDirections(text.toWellFormed()).replace(CONTROLS_BUT_BREAKS, " ");
  return clip(clean.replace(MANY_BREAKS, "\n\n").trim(), length).split("\n");
}

/** The first `length` characters, with an ellipsis if there were more; splits neither a character nor what is isolated. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  for (let kept = cutPlace(text, length - 1); ; kept = cutPlace(text, kept - 1)) {
    const cut = closed(`${text.slice(0, kept)}…`);
    if (kept === 0 || cut.length <= length) return cut;
  }
}
