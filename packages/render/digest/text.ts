import type { DigestSales, DigestToDo } from "@regulars/core/notifications/message";
import type { WordedDigest, WordedEntry } from "../notifications/worded.ts";
import { type LineGroup, type LineTexts, digestTexts, lineGroups, lineTexts, moreText } from "./line.ts";
import { salesTexts } from "./sales.ts";
import { toDoTexts } from "./to-do.ts";
import { NAME_LENGTH, WHY_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";

/** The plain text part of a digest, with the same content as the HTML part. */
export function digestText(digest: WordedDigest, ends = ""): string {
  const { words, sales, toDo } = digest;
  const { tenantName, headline, lead, footer, listLink } = digestTexts(digest);
  const more = moreText(digest);
  const parts = [
    ...lineGroups(digest).map((group) => groupText(group, words)),
    ...(more === undefined ? [] : [`${more}: ${listLink}`]),
    ...(toDo === undefined ? [] : [toDoText(toDo, words)]),
    ...(sales === undefined ? [] : salesText(sales, words)),
  ];
  const end = [words.say("plain.openList", { link: listLink }), `${footer}${ends}`].join("\n");
  return `${[`${tenantName}: ${headline}`, lead, ...parts, end].join("\n\n")}\n`;
}

/** Weekly sales and the lowest performers. */
function salesText(given: DigestSales, words: Words): readonly string[] {
  const { period, sales, change, gp, lowest } = salesTexts(given, words);
  const week = [
    headed(`${words.say("sales.title")} (${period})`),
    [sales, change, ...(gp === undefined ? [] : [gp])].join("\n"),
  ];
  if (lowest === undefined) return [week.join("\n\n")];
  const rows = lowest.rows.map(({ customerName, figures }) => `  ${customerName}: ${figures}`);
  const title = `${words.say("lowest.title")} (${lowest.of})`;
  return [week.join("\n\n"), [headed(title), rows.join("\n")].join("\n\n")];
}

/** What the reader has to do. */
function toDoText(toDo: DigestToDo, words: Words): string {
  const { title, tasks, more } = toDoTexts(toDo, words);
  const rows = tasks.map(({ customerName, what, due }) => `  ${customerName} | ${what} | ${due}`);
  return [headed(title), [...rows, ...(more === undefined ? [] : [`  ${more}`])].join("\n")].join("\n\n");
}

const headed = (title: string): string => `${title}\n${"=".repeat(title.length)}`;

const groupText = ({ title, lines }: LineGroup, words: Words): string =>
  [headed(title), ...lines.map((line) => lineText(line, words))].join("\n\n");

function lineText(line: WordedEntry, words: Words): string {
  const { say } = words;
  const texts = lineTexts(line, words);
  return [
    `${texts.mark}${line.isNew ? ` | ${say("line.new")}` : ""} | ${texts.customerName}`,
    `  ${oneLine(line.title, NAME_LENGTH)}: ${texts.why}`,
    ...line.also.map((text) => `  ${say("line.also", { text: oneLine(text, WHY_LENGTH) })}`),
    ...(texts.atStake === undefined ? [] : [`  ${say("plain.atStake", { mony: texts.atStake })}`]),
    ...contactText(texts, words),
    `  ${say("plain.open", { link: texts.link })}`,
    ...followUpText(texts, words),
  ].join("\n");
}

function contactText({ contact }: LineTexts, { say }: Words): readonly string[] {
  if (contact === undefined) return [];
  const name = `${contact.name} ${contact.phone}`.trim();
  return [`  ${say("plain.call", { name })}${contact.tel === undefined ? "" : ` (${contact.tel})`}`];
}

function followUpText({ followUp }: LineTexts, { say }: Words): readonly string[] {
  if (followUp.join("") === "") return [];
  return [`  ${say("plain.message")}`, ...followUp.map((text) => `  > ${text}`.trimEnd())];
}
