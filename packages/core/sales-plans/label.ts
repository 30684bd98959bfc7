import { graphemes } from "../platform/cut-text.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { textBytes } from "../platform/text.ts";

/** Most characters of a shortcut, counted as grapheme clusters. */
const MOST_GRAPHEMES = 12;
/** Twelve grapheme clusters may contain any number of combining marks; unreadable labels are not stored. */
const MOST_BYTES = 512;

const CONTROL = /\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * A chat label: NFC, trimmed, 1 to 12 grapheme clusters, at most 512 bytes, no control or bidirectional characters
 * (docs/reference/sales-plans.md 5.14).
 */
export function parseLabel(text: string): Result<string, "label-empty" | "label-too-long" | "label-unreadable"> {
  const label = text.normalize("NFC").trim();
  if (CONTROL.test(label) || !label.isWellFormed())
    return refuse("label-unreadable", "the label contains a control character: use letters, digits, signs or emoji");
  const count = graphemes(label).length;
  if (count === 0) return refuse("label-empty", "the label is empty: write 1 to 12 characters, or leave it out");
  if (count > MOST_GRAPHEMES)
    return refuse("label-too-long", `the label has ${count} characters: at most ${MOST_GRAPHEMES} fit into a chat`);
  if (textBytes(label) > MOST_BYTES)
    return refuse("label-too-long", `the label takes ${textBytes(label)} bytes: at most ${MOST_BYTES} are stored`);
  return ok(label);
}

/** The default label of a plan: the first twelve characters of its name. */
export function labelOfName(name: string): string {
  let label = graphemes(name.normalize("NFC").trim()).slice(0, MOST_GRAPHEMES).join("").trim();
  while (textBytes(label) > MOST_BYTES) label = graphemes(label).slice(0, -1).join("");
  return label;
}
