import { graphemes } from "@regulars/core/platform/cut-text";
import { escapeFor } from "@regulars/core/platform/template";
import { closed } from "./texts/isolated.ts";
import type { MrkdwnElement, PlainTextElement } from "@slack/types";

const MARKS = /[*_~`]/g;
/** A zero-width space: Slack has no way to write a mark as a letter, and opens nothing before a space. */
const NO_MARK = "\u200b";

/**
 * A value escaped for mrkdwn, so that it contains no mention, link or entity (docs/reference/insights.md 5.5), and its
 * stars, underscores, tildes and backticks are letters, as is a `>` that it begins with.
 */
export const slackText = (value: string): string =>
  `${value.startsWith(">") ? NO_MARK : ""}${escapeFor("slack", value).replace(MARKS, `$&${NO_MARK}`)}`;

/** A value escaped for mrkdwn and cut to at most `length` escaped characters; never splits an entity. */
export const slackClip = (value: string, length: number): string => clipped(value, length, slackText);

function clipped(value: string, length: number, escaped: (value: string) => string): string {
  if (escaped(value).length <= length) return escaped(value);
  let kept = "";
  for (const character of graphemes(value.slice(0, 2 * length))) {
    const next = kept + escaped(character);
    if (closed(next).length > length - 1) break;
    kept = next;
  }
  return closed(`${kept}…`);
}

/** A text object of finished mrkdwn; Slack does not turn names and addresses in it into mentions and links. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** A text object without formatting, from a plain value. */
export const plain = (value: string, length: number): PlainTextElement => ({
  type: "plain_text",
  text: clipped(value, length, (text) => escapeFor("slack", text)),
  emoji: false,
});
