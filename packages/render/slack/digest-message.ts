import type { KnownBlock } from "@slack/types";
import type { AlertMessage } from "../alert.ts";
import { type LineGroup, type LineTexts, digestTexts, lineGroups, lineTexts, moreText } from "../digest/line.ts";
import { salesTexts } from "../digest/sales.ts";
import { toDoTexts } from "../digest/to-do.ts";
import type { WordedDigest, WordedEntry } from "../notifications/worded.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import { mrkdwn, plain, slackClip, slackText } from "../slack-text.ts";
import type { Words } from "../texts/words.ts";

// Slack takes 150 characters of a header, 3,000 of a section and about 13,000 of a message: ten lines, then the rest.
const HEADER_LENGTH = 150;
const LEAD_LENGTH = 500;
const WHY_LENGTH = 250;
const ROW_LENGTH = 120;
const NAME_SIGNS = 100;
/** A longer address makes no link. */
const LINK_LENGTH = 200;

/** A rep's digest as one direct message, with the facts of its e-mail, for whom no mail reaches at `address`. */
export function digestMessage(digest: WordedDigest, address: string | undefined): AlertMessage {
  const { words } = digest;
  const { tenantName, headline, lead, listLink, openList } = digestTexts(digest);
  const more = moreText(digest);
  const link = linked(listLink, more === undefined ? openList : `${openList}: ${more}`);
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(`${tenantName}: ${headline}`, HEADER_LENGTH) },
    section(slackClip(lead, LEAD_LENGTH)),
    ...lineGroups(digest).flatMap((group) => groupBlocks(group, digest)),
    ...[toDoPart(digest), salesPart(digest)].flatMap((part) => (part === "" ? [] : [section(part)])),
    section(link),
    ...(address === undefined
      ? []
      : [
          {
            type: "context" as const,
            elements: [mrkdwn(slackClip(words.say("digest.inSlack", { addr: address }), LEAD_LENGTH))],
          },
        ]),
  ];
  return { text: slackClip(`${tenantName}: ${headline}`, HEADER_LENGTH), blocks };
}

const section = (text: string): KnownBlock => ({ type: "section", text: mrkdwn(text) });

/** A link, or its words where the address is too long for a message or cannot stand in one. */
const linked = (link: string, label: string): string =>
  link.length > LINK_LENGTH || /[<>|]/.test(link)
    ? slackClip(label, NAME_SIGNS)
    : `<${link.replaceAll("&", "&amp;")}|${slackClip(label.replaceAll("|", "/"), NAME_SIGNS)}>`;

const groupBlocks = ({ title, lines }: LineGroup, digest: WordedDigest): KnownBlock[] => [
  section(`*${slackText(title)}*`),
  ...lines.map((line) => section(lineText(line, digest))),
];

function lineText(line: WordedEntry, { words }: WordedDigest): string {
  const { mark, customerName, why, atStake, contact, link } = lineTexts(line, words);
  const name = linked(link, customerName);
  const head = `${slackText(mark)} *${name}* – ${slackClip(oneLine(line.title, NAME_LENGTH), NAME_SIGNS)}`;
  const money = atStake === undefined ? [] : [slackText(words.say("plain.atStake", { mony: atStake }))];
  const also = line.also.map((text) => slackClip(words.say("line.also", { text }), ROW_LENGTH));
  return [head, slackClip(why, WHY_LENGTH), ...also.slice(0, 1), ...money, ...callOf(contact, words)].join("\n");
}

/** Slack ends a link's label at "|". */
function callOf(contact: LineTexts["contact"], { say }: Words): string[] {
  if (contact === undefined) return [];
  const number = slackClip(contact.phone.replaceAll("|", "/"), NAME_SIGNS / 2);
  const called = contact.tel === undefined ? number : `<${contact.tel}|${number}>`;
  const parts = [slackClip(contact.name, NAME_SIGNS / 2), called].filter((part) => part !== "");
  return [`${slackText(say("alert.call"))}: ${parts.join(", ")}`];
}

function toDoPart({ toDo, words }: WordedDigest): string {
  if (toDo === undefined || toDo.tasks.length === 0) return "";
  const { title, tasks, more } = toDoTexts(toDo, words);
  const rows = tasks.map(({ customerName, what, due }) => slackClip(`• ${customerName}: ${what}, ${due}`, ROW_LENGTH));
  return [`*${slackText(title)}*`, ...rows, ...(more === undefined ? [] : [slackText(more)])].join("\n");
}

function salesPart({ sales: given, words }: WordedDigest): string {
  if (given === undefined) return "";
  const { period, sales, change, gp, lowest } = salesTexts(given, words);
  const head = `*${slackText(`${words.say("sales.title")} (${period})`)}*`;
  const rows = (lowest?.rows ?? []).map(({ customerName, figures }) =>
    slackClip(`• ${customerName}: ${figures}`, ROW_LENGTH),
  );
  const worst = lowest === undefined ? [] : [`*${slackText(`${words.say("lowest.title")} (${lowest.of})`)}*`, ...rows];
  return [head, slackText([sales, change, ...(gp === undefined ? [] : [gp])].join(" · ")), ...worst].join("\n");
}
