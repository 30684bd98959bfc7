import { escapeFor } from "@regulars/core/platform/template";
import type { MrkdwnElement, PlainTextElement } from "@slack/types";

/** A value for any Slack text: nothing in it is a mention, a link or an entity (docs/reference/insights.md 5.5). */
export const slackText = (value: string): string => escapeFor("slack", value);

/** A value escaped for Slack and cut so that the escaped text keeps to `length` and no entity is cut in half. */
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

/** A formatted text of finished mrkdwn; names and addresses in it are not turned into links or mentions. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** A text without formatting, from a plain value. */
export const plain = (value: string, length: number): PlainTextElement => ({
  type: "plain_text",
  text: slackClip(value, length),
  emoji: false,
});
