import type { DigestSales, DigestToDo } from "@regulars/core/notifications/message";
import type { WordedDigest, WordedEntry } from "../notifications/worded.ts";
import { type LineTexts, digestTexts, lineTexts, moreText } from "./line.ts";
import { salesTexts } from "./sales.ts";
import { toDoTexts } from "./to-do.ts";
import { NAME_LENGTH, WHY_LENGTH, oneLine } from "../plain-text.ts";

/** The plain text part of a digest, with the same content as the HTML part. */
export function digestText(digest: WordedDigest): string {
  const { tenantName, headline, lead, footer, listTitle, listLink } = digestTexts(digest);
  const sections = digest.lines.length === 0 ? [] : [listText(digest, listTitle, listLink)];
  if (digest.toDo !== undefined) sections.push(toDoText(digest.toDo, digest.locale));
  if (digest.sales !== undefined) sections.push(...salesText(digest.sales, digest.locale));
  const end = [`Open your whole list: ${listLink}`, footer].join("\n");
  return `${[`${tenantName}: ${headline}`, lead, ...sections, end].join("\n\n")}\n`;
}

/** What the reader has to do. */
function toDoText(toDo: DigestToDo, locale: string): string {
  const { title, tasks, more } = toDoTexts(toDo, locale);
  const rows = tasks.map(({ customerName, what, due }) => `  ${customerName} | ${what} | ${due}`);
  return [headed(title), [...rows, ...(more === undefined ? [] : [`  ${more}`])].join("\n")].join("\n\n");
}

/** Weekly sales and the lowest performers. */
function salesText(given: DigestSales, locale: string): readonly string[] {
  const { period, sales, change, gp, lowest } = salesTexts(given, locale);
  const week = [headed(`Weekly sales (${period})`), [sales, change, ...(gp === undefined ? [] : [gp])].join("\n")];
  if (lowest === undefined) return [week.join("\n\n")];
  const rows = lowest.rows.map(({ customerName, figures }) => `  ${customerName}: ${figures}`);
  return [week.join("\n\n"), [headed(`Lowest performing customers (${lowest.of})`), rows.join("\n")].join("\n\n")];
}

const headed = (title: string): string => `${title}\n${"=".repeat(title.length)}`;

function listText(digest: WordedDigest, listTitle: string, listLink: string): string {
  const more = moreText(digest);
  return [
    headed(listTitle),
    ...digest.lines.map((line) => lineText(line, digest.locale)),
    ...(more === undefined ? [] : [`${more}: ${listLink}`]),
  ].join("\n\n");
}

function lineText(line: WordedEntry, locale: string): string {
  const texts = lineTexts(line, locale);
  return [
    `${texts.mark}${line.isNew ? " | NEW" : ""} | ${texts.customerName}`,
    `  ${oneLine(line.title, NAME_LENGTH)}: ${texts.why}`,
    ...line.also.map((text) => `  also ${oneLine(text, WHY_LENGTH)}`),
    ...(texts.atStake === undefined ? [] : [`  At stake: ${texts.atStake}`]),
    ...contactText(texts),
    `  Open: ${texts.link}`,
    ...followUpText(texts),
  ].join("\n");
}

function contactText({ contact }: LineTexts): readonly string[] {
  if (contact === undefined) return [];
  return [
    `  Call: ${`${contact.name} ${contact.phone}`.trim()}${contact.tel === undefined ? "" : ` (${contact.tel})`}`,
  ];
}

function followUpText({ followUp }: LineTexts): readonly string[] {
  if (followUp.join("") === "") return [];
  return ["  Message you can send:", ...followUp.map((text) => `  > ${text}`.trimEnd())];
}
