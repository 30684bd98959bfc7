import type { WordedAlert } from "./notifications/worded.ts";
import type { Button, KnownBlock } from "@slack/types";
import { type LineTexts, lineTexts } from "./digest/line.ts";
import { NAME_LENGTH, formatDay, oneLine } from "./plain-text.ts";
import { mrkdwn, plain, slackClip, slackText } from "./slack-text.ts";

/** One Slack message: `text` is shown in notifications, `blocks` in the channel. */
export interface AlertMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

// https://docs.slack.dev/reference/block-kit/blocks: characters of a header, a section's text and one of its fields.
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;
const FIELD_LENGTH = 2000;

/** Actions on an alert, in the order of the buttons. */
const buttons: readonly ((alert: WordedAlert, texts: LineTexts) => Button)[] = [openButton];

/**
 * An alert as one Block Kit message, every value escaped and within Slack's limits. Throws when its link is not a web
 * address.
 */
export function alertMessage(alert: WordedAlert): AlertMessage {
  const texts = lineTexts(alert.line, alert.locale);
  const title = `${texts.mark}: ${oneLine(alert.title, NAME_LENGTH)} – ${texts.customerName}`;
  return {
    text: slackClip(`${title}: ${texts.why}`, SECTION_LENGTH),
    blocks: [
      { type: "header", text: plain(title, HEADER_LENGTH) },
      { type: "section", fields: fieldsOf(texts) },
      ...followUpBlocks(texts),
      { type: "actions", elements: buttons.map((button) => button(alert, texts)) },
      { type: "context", elements: [mrkdwn(contextOf(alert))] },
    ],
  };
}

/** Why, what is at stake and whom to call: the customer is in the header. */
function fieldsOf({ why, atStake, contact }: LineTexts) {
  const fields = [field("Why", slackClip(why, FIELD_LENGTH / 2))];
  if (atStake !== undefined) fields.push(field("At stake", slackText(atStake)));
  if (contact !== undefined) fields.push(field("Call", contactOf(contact)));
  return fields;
}

const field = (label: string, value: string) => mrkdwn(`*${label}*\n${value}`);

/** Slack ends a link's label at "|", so it is replaced by "/" in a phone number. */
function contactOf({ name, phone, tel }: NonNullable<LineTexts["contact"]>): string {
  const number = slackText(phone.replaceAll("|", "/"));
  return [slackText(name), tel === undefined ? number : `<${tel}|${number}>`].filter((part) => part !== "").join("\n");
}

function followUpBlocks({ followUp }: LineTexts): KnownBlock[] {
  if (followUp.join("") === "") return [];
  const quote = slackClip(followUp.join("\n"), SECTION_LENGTH / 2).replace(/^/gm, "> ");
  return [{ type: "section", text: mrkdwn(`*Message you can send*\n${quote}`) }];
}

function openButton(_alert: WordedAlert, { link }: LineTexts): Button {
  return { type: "button", action_id: "open", style: "primary", text: plain("Open", 75), url: link };
}

/** The context line: the rep, whether the finding is new, and the as-of day. */
function contextOf({ rep, line, tenantName, asOf, locale }: WordedAlert): string {
  const day = `${oneLine(tenantName, NAME_LENGTH)}, counted up to ${formatDay(asOf, locale, "long")}`;
  return [repOf(rep), line.isNew ? "*New*" : "", slackText(day)].filter((part) => part !== "").join("  ·  ");
}

const SLACK_USER = /^[UW][A-Z0-9]{2,}$/;

function repOf(rep: WordedAlert["rep"]): string {
  if (rep === undefined) return "";
  const id = rep.slackUserId ?? "";
  return SLACK_USER.test(id) ? `<@${id}>` : slackText(oneLine(rep.name, NAME_LENGTH));
}
