import type { Digest, MessageLine } from "@regulars/core/messages/message";
import { type LineTexts, digestTexts, lineTexts, moreText, sectionTotal } from "./digest-line.ts";
import { NAME_LENGTH, oneLine } from "./plain-text.ts";

type Section = Digest["sections"][number];

/** The plain text part of a digest: what the HTML part says, for readers without HTML. */
export function digestText(digest: Digest): string {
  const { tenantName, headline, lead, footer, listLink } = digestTexts(digest);
  const sections = digest.sections.map((section) => sectionText(section, digest.locale, listLink));
  const end = [`Open your whole list: ${listLink}`, footer].join("\n");
  return `${[`${tenantName}: ${headline}`, lead, ...sections, end].join("\n\n")}\n`;
}

function sectionText(section: Section, locale: string, listLink: string): string {
  const title = `${oneLine(section.title, NAME_LENGTH)} (${sectionTotal(section, locale)})`;
  const more = moreText(section, locale);
  return [
    `${title}\n${"=".repeat(title.length)}`,
    ...section.lines.map((line) => lineText(line, locale)),
    ...(more === undefined ? [] : [`${more}: ${listLink}`]),
  ].join("\n\n");
}

function lineText(line: MessageLine, locale: string): string {
  const texts = lineTexts(line, locale);
  return [
    `${texts.mark}${line.isNew ? " | NEW" : ""} | ${texts.customerName}`,
    `  ${texts.why}`,
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
