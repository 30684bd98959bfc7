import type { WordedDigest, WordedLine } from "../notifications/worded.ts";
import { formatMoney } from "@regulars/core/platform/money";
import { minor } from "@regulars/core/platform/values";
import { digestCountsOf, dueText, formatCount, moreThanLines, digestTotalsOf } from "./counts.ts";
import { levelMark } from "../level-mark.ts";
import { telLink, webLink } from "../links.ts";
import { FOLLOW_UP_LENGTH, NAME_LENGTH, WHY_LENGTH, formatDay, lines, oneLine } from "../plain-text.ts";

/** The texts of one finding that all messages use, cleaned but not escaped. */
export interface LineTexts {
  readonly mark: string;
  readonly customerName: string;
  readonly why: string;
  /** Absent when nothing is at stake. */
  readonly atStake: string | undefined;
  readonly contact: { readonly name: string; readonly phone: string; readonly tel: string | undefined } | undefined;
  readonly link: string;
  readonly followUp: readonly string[];
}

/** The texts of one finding, with money in the reader's locale. */
export function lineTexts(line: WordedLine, locale: string): LineTexts {
  return {
    mark: levelMark(line.level),
    customerName: oneLine(line.customerName, NAME_LENGTH),
    why: oneLine(line.why, WHY_LENGTH),
    atStake: line.atStakeMinor > 0 ? formatMoney(minor(line.atStakeMinor), line.currency, locale) : undefined,
    contact: contactOf(line),
    link: webLink(line.link),
    followUp: lines(line.followUp, FOLLOW_UP_LENGTH),
  };
}

function contactOf({ contact }: WordedLine): LineTexts["contact"] {
  if (contact === undefined) return undefined;
  const [name, phone] = [oneLine(contact.name, NAME_LENGTH), oneLine(contact.phone, NAME_LENGTH)];
  return name === "" && phone === "" ? undefined : { name, phone, tel: telLink(phone) };
}

/** "and 12 more to act on", or undefined when all are shown. */
export function moreText(digest: WordedDigest): string | undefined {
  const more = moreThanLines(digest);
  return more > 0 ? `and ${formatCount(more, digest.locale)} more to act on` : undefined;
}

/** The texts before and after the sections. */
export function digestTexts(digest: WordedDigest) {
  const { locale, sections } = digest;
  const { count, newCount } = digestTotalsOf(sections);
  const tenantName = oneLine(digest.tenantName, NAME_LENGTH);
  const asOf = formatDay(digest.asOf, locale, "long");
  const news = newCount > 0 ? `, ${newCount === count ? "all" : formatCount(newCount, locale)} of them new` : "";
  return {
    tenantName,
    headline: count === 0 ? (dueText(digest.toDo, locale) ?? "") : `${formatCount(count, locale)} to act on`,
    listTitle: "Talk to these first",
    lead: `${greeting(digest)}${digestCountsOf(digest)}${news}. Everything up to ${asOf} is counted.`,
    // The one-click unsubscribe link (RFC 8058) goes behind this sentence, its headers into email.ts.
    footer: `You get this e-mail because you look after customers of ${tenantName}.`,
    listLink: webLink(digest.link),
  };
}

function greeting({ to }: WordedDigest): string {
  const name = oneLine(to.name, NAME_LENGTH);
  return name === "" ? "" : `Hello ${name}, you have `;
}
