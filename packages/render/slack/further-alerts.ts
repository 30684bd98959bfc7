import type { AlertStanding } from "@regulars/core/slack/handled";
import type { KnownBlock } from "@slack/types";
import { lineTexts } from "../digest/line.ts";
import type { WordedFurther } from "../notifications/worded.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import { mrkdwn, plain, slackClip } from "../slack-text.ts";
import type { Words } from "../texts/words.ts";
import { actionBlocks } from "./alert-actions.ts";

/** What was done with a finding of an alert since; `undefined`: nothing that is known. */
export type StandingOf = (findingId: string) => AlertStanding | undefined;

// Slack takes 50 blocks and about 13,000 characters of a message: this many have blocks of their own, the others a line.
const MOST_IN_FULL = 6;
const MOST_LINES = 40;
const TITLE_LENGTH = 120;
const WHY_LENGTH = 300;
const LINE_LENGTH = 60;
/** A longer address makes no link in a line. */
const LINK_LENGTH = 120;
const SECTION_LENGTH = 3000;

/** "▲ High: Churn risk – Café Crémant": the heading of a finding, plain. */
export const headingOf = ({ title, line }: WordedFurther, words: Words): string => {
  const { mark, customerName } = lineTexts(line, words);
  return words.say("alert.title", { levl: mark, kind: oneLine(title, NAME_LENGTH), name: customerName });
};

/** A heading, and how many findings are told with it: "▲ High: Churn risk – Café Crémant, and 3 more". */
export const withOthers = (heading: string, others: readonly WordedFurther[] | undefined, { say }: Words): string =>
  others === undefined || others.length === 0 ? heading : say("alert.andMore", { titl: heading, numb: others.length });

/** The further findings of an alert, each with what can be done with it; of very many, the last are a line with a link. */
export function furtherBlocks(others: readonly WordedFurther[], words: Words, standingOf: StandingOf): KnownBlock[] {
  const inFull = others.slice(0, MOST_IN_FULL).flatMap((one) => blocksOf(one, words, standingOf(one.line.findingId)));
  return [...inFull, ...lineBlocks(others.slice(MOST_IN_FULL), words)];
}

function blocksOf(one: WordedFurther, words: Words, standing: AlertStanding | undefined): KnownBlock[] {
  const { why, link } = lineTexts(one.line, words);
  const heading = slackClip(headingOf(one, words), TITLE_LENGTH);
  return [
    { type: "divider" },
    { type: "section", text: mrkdwn(`*${heading}*\n${slackClip(why, WHY_LENGTH)}`) },
    ...actionBlocks({
      findingId: one.line.findingId,
      episode: one.line.episode,
      open: { type: "button", action_id: "open", text: plain(words.say("alert.open"), 75), url: link },
      words,
      standing,
    }),
  ];
}

function lineBlocks(others: readonly WordedFurther[], words: Words): KnownBlock[] {
  if (others.length === 0) return [];
  const lines = others.slice(0, MOST_LINES).map((one) => {
    // Slack ends a link's label at "|".
    const label = slackClip(headingOf(one, words).replaceAll("|", "/"), LINE_LENGTH);
    const { link } = lineTexts(one.line, words);
    return link.length > LINK_LENGTH || /[<>|]/.test(link) ? label : `<${link.replaceAll("&", "&amp;")}|${label}>`;
  });
  const more = others.length - lines.length;
  if (more > 0) lines.push(words.say("digest.more", { numb: more }));
  return sectionsOf(lines).map((text) => ({ type: "section", text: mrkdwn(text) }));
}

/** Lines in as few texts as their length allows. */
function sectionsOf(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || joined.length > SECTION_LENGTH) texts.push(line);
    else texts[texts.length - 1] = joined;
  }
  return texts;
}
