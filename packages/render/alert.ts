import type { WordedAlert } from "./notifications/worded.ts";
import type { Button, KnownBlock } from "@slack/types";
import { actionBlocks } from "./slack/alert-actions.ts";
import { type StandingOf, furtherBlocks, headingOf, withOthers } from "./slack/further-alerts.ts";
import { type LineTexts, lineTexts } from "./digest/line.ts";
import { NAME_LENGTH, oneLine } from "./plain-text.ts";
import { mrkdwn, plain, slackClip, slackText } from "./slack-text.ts";
import type { Words } from "./texts/words.ts";

/** One Slack message: `text` is shown in notifications, `blocks` in the channel. */
export interface AlertMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

// https://docs.slack.dev/reference/block-kit/blocks: characters of a header, a section's text and one of its fields.
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;
const FIELD_LENGTH = 2000;

/**
 * An alert as one Block Kit message with all of its findings, every value escaped and within Slack's limits; with
 * `standingOf`, what was done with each since. Throws when a link is not a web address.
 */
export function alertMessage(alert: WordedAlert, standingOf: StandingOf = () => undefined): AlertMessage {
  const { words, others = [] } = alert;
  const texts = lineTexts(alert.line, words);
  const title = headingOf(alert, words);
  const told = words.say("alert.text", { titl: withOthers(title, others, words), text: texts.why });
  return {
    text: slackClip(told, SECTION_LENGTH),
    blocks: [
      { type: "header", text: plain(title, HEADER_LENGTH) },
      { type: "section", fields: fieldsOf(texts, words) },
      ...followUpBlocks(texts, words),
      ...actionBlocks({
        findingId: alert.line.findingId,
        episode: alert.episode,
        open: openButton(alert, texts),
        words,
        standing: standingOf(alert.line.findingId),
      }),
      ...furtherBlocks(others, words, standingOf),
      { type: "context", elements: [mrkdwn(contextOf(alert))] },
    ],
  };
}

/** Why, what is at stake and whom to call: the customer is in the header. */
function fieldsOf({ why, atStake, contact }: LineTexts, { say }: Words) {
  const fields = [field(say("alert.why"), slackClip(why, FIELD_LENGTH / 2))];
  if (atStake !== undefined) fields.push(field(say("alert.atStake"), slackText(atStake)));
  if (contact !== undefined) fields.push(field(say("alert.call"), contactOf(contact)));
  return fields;
}

const field = (label: string, value: string) => mrkdwn(`*${slackText(label)}*\n${value}`);

/** Slack ends a link's label at "|", so it is replaced by "/" in a phone number. */
function contactOf({ name, phone, tel }: NonNullable<LineTexts["contact"]>): string {
  const number = slackText(phone.replaceAll("|", "/"));
  return [slackText(name), tel === undefined ? number : `<${tel}|${number}>`].filter((part) => part !== "").join("\n");
}

function followUpBlocks({ followUp }: LineTexts, { say }: Words): KnownBlock[] {
  if (followUp.join("") === "") return [];
  const quote = slackClip(followUp.join("\n"), SECTION_LENGTH / 2).replace(/^/gm, "> ");
  return [{ type: "section", text: mrkdwn(`*${slackText(say("line.message"))}*\n${quote}`) }];
}

function openButton({ words }: WordedAlert, { link }: LineTexts): Button {
  return { type: "button", action_id: "open", style: "primary", text: plain(words.say("alert.open"), 75), url: link };
}

/** The context line: the rep, whether the finding is new, and the as-of day. */
function contextOf({ rep, line, tenantName, asOf, words: { say, formats } }: WordedAlert): string {
  const day = say("alert.context", { firm: oneLine(tenantName, NAME_LENGTH), date: formats.day(asOf, "long") });
  return [repOf(rep), line.isNew ? `*${slackText(say("alert.new"))}*` : "", slackText(day)]
    .filter((part) => part !== "")
    .join("  ·  ");
}

const SLACK_USER = /^[UW][A-Z0-9]{2,}$/;

function repOf(rep: WordedAlert["rep"]): string {
  if (rep === undefined) return "";
  const id = rep.slackUserId ?? "";
  return SLACK_USER.test(id) ? `<@${id}>` : slackText(oneLine(rep.name, NAME_LENGTH));
}
