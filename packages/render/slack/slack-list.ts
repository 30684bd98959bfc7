import type { KnownBlock } from "@slack/types";
import type { AlertMessage } from "../alert.ts";
import { type LineTexts, lineTexts } from "../digest/line.ts";
import { webLink } from "../links.ts";
import type { WordedLine } from "../notifications/worded.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";
import { mrkdwn, slackClip, slackText } from "../slack-text.ts";

interface SlackList {
  /** The first of the list, with the titles of their kinds. */
  readonly lines: readonly (WordedLine & { readonly title: string })[];
  /** How many the whole list has. */
  readonly count: number;
  readonly words: Words;
  /** The whole list. */
  readonly link: string;
}

const WHY_LENGTH = 1_000;

/** The first of somebody's list as one Slack message, every value escaped. */
export function slackList({ lines, count, words, link }: SlackList): AlertMessage {
  if (lines.length === 0) return { text: slackText(words.say("slack.nothingToDo")), blocks: [] };
  const head = slackText(
    count > lines.length
      ? words.say("slack.first", { firs: lines.length, numb: count })
      : words.say("digest.headline", { numb: count }),
  );
  const blocks: KnownBlock[] = [
    { type: "section", text: mrkdwn(`*${head}*`) },
    ...lines.map((line, i): KnownBlock => ({ type: "section", text: mrkdwn(entryOf(line, i + 1, words)) })),
    { type: "context", elements: [mrkdwn(`<${webLink(link)}|${slackText(words.say("digest.openList"))}>`)] },
  ];
  return { text: head, blocks };
}

function entryOf(line: WordedLine & { readonly title: string }, place: number, words: Words): string {
  const { customerName, why, atStake, contact, link } = lineTexts(line, words);
  const head = `${place}. *<${link}|${slackText(customerName).replaceAll("|", "/")}>* – ${slackText(oneLine(line.title, NAME_LENGTH))}`;
  const money = atStake === undefined ? [] : [slackText(words.say("plain.atStake", { mony: atStake }))];
  return [head, slackClip(why, WHY_LENGTH), ...money, ...callOf(contact, words)].join("\n");
}

/** Slack ends a link's label at "|", so it is replaced by "/" in a phone number. */
function callOf(contact: LineTexts["contact"], { say }: Words): string[] {
  if (contact === undefined) return [];
  const number = slackText(contact.phone.replaceAll("|", "/"));
  const called = contact.tel === undefined ? number : `<${contact.tel}|${number}>`;
  return [
    `${slackText(say("alert.call"))}: ${[slackText(contact.name), called].filter((part) => part !== "").join(", ")}`,
  ];
}
