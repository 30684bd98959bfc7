import { escapeFor } from "@regulars/core/platform/template";
import type { MrkdwnElement, PlainTextElement } from "@slack/types";

/**
 * A value escaped for a Slack text, so that it contains no mention, link or entity (docs/reference/insights.md 5.5).
 */
export const slackText = (value: string): string => escapeFor("slack", value);

/** A value escaped for Slack and cut to at most `length` escaped characters; never splits an entity. */
export function slackClip(value: string, length: number): string {
  if (slackText(value).length <= length) return slackText(value);
  let kept = "";
  for (const character of value) {
    const next = kept + slackText(character);
    if (next.length > length - 1) break;
    kept = next;
  }
  return `${kept}…`;
}

/** A text object of finished mrkdwn; Slack does not turn names and addresses in it into mentions and links. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** A text object without formatting, from a plain value. */
export const plain = (value: string, length: number): PlainTextElement => ({
  type: "plain_text",
  text: slackClip(value, length),
  emoji: false,
});
