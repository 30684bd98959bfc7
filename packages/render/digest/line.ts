import type { WordedDigest, WordedEntry, WordedLine } from "../notifications/worded.ts";
import { closedCountText, digestCountsOf, digestTotalsOf, dueText, moreThanLines, toldCountOf } from "./counts.ts";
import { telLink, webLink } from "../links.ts";
import { FOLLOW_UP_LENGTH, NAME_LENGTH, WHY_LENGTH, lines, oneLine } from "../plain-text.ts";
import { isolated } from "../texts/isolated.ts";
import type { Words } from "../texts/words.ts";

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

/** HTML, plain text and preview of a message have the same texts, so those of a line are made once. */
const made = new WeakMap<WordedLine, { readonly words: Words; readonly texts: LineTexts }>();

/** The texts of one finding in the reader's words. */
export function lineTexts(line: WordedLine, words: Words): LineTexts {
  const known = made.get(line);
  if (known?.words === words) return known.texts;
  const texts = makeLineTexts(line, words);
  made.set(line, { words, texts });
  return texts;
}

function makeLineTexts(line: WordedLine, { say, formats }: Words): LineTexts {
  return {
    mark: say(`level.${line.level}`),
    customerName: isolated(oneLine(line.customerName, NAME_LENGTH)),
    why: oneLine(line.why, WHY_LENGTH),
    atStake: line.atStakeMinor > 0 ? formats.money(line.atStakeMinor, line.currency) : undefined,
    contact: contactOf(line),
    link: webLink(line.link),
    followUp: lines(line.followUp, FOLLOW_UP_LENGTH),
  };
}

function contactOf({ contact }: WordedLine): LineTexts["contact"] {
  if (contact === undefined) return undefined;
  const [name, phone] = [isolated(oneLine(contact.name, NAME_LENGTH)), oneLine(contact.phone, NAME_LENGTH)];
  return name === "" && phone === "" ? undefined : { name, phone, tel: telLink(phone) };
}

/** "and 12 more", or undefined when all are shown. */
export function moreText(digest: WordedDigest): string | undefined {
  const more = moreThanLines(digest);
  return more > 0 ? digest.words.say("digest.more", { numb: more }) : undefined;
}

/** Lines under one heading. */
export interface LineGroup {
  readonly title: string;
  readonly lines: readonly WordedEntry[];
}

/** What is new since yesterday first, then the rest, each in the order of the rep's list. */
export function lineGroups({ lines: entries, words: { say } }: WordedDigest): readonly LineGroup[] {
  const fresh = entries.filter(({ isNew }) => isNew);
  const others = entries.filter(({ isNew }) => !isNew);
  return [
    { title: say("digest.changed"), lines: fresh },
    { title: say(fresh.length === 0 ? "digest.first" : "digest.rest"), lines: others },
  ].filter((group) => group.lines.length > 0);
}

type DigestTexts = ReturnType<typeof makeDigestTexts>;

const madeOf = new WeakMap<WordedDigest, DigestTexts>();

/** The texts before and after the sections; made once for HTML and plain text. */
export function digestTexts(digest: WordedDigest): DigestTexts {
  const texts = madeOf.get(digest) ?? makeDigestTexts(digest);
  madeOf.set(digest, texts);
  return texts;
}

function makeDigestTexts(digest: WordedDigest) {
  const { sections, words } = digest;
  const { say } = words;
  const { count } = digestTotalsOf(sections);
  const tenantName = isolated(oneLine(digest.tenantName, NAME_LENGTH));
  return {
    tenantName,
    headline:
      count === 0
        ? (dueText(digest.toDo, words) ?? closedCountText(digest.cleared, words))
        : say("digest.headline", { numb: count }),
    lead: leadOf(digest),
    openList: say("digest.openList"),
    // The one-click unsubscribe link (RFC 8058) goes behind this sentence, its headers into email.ts.
    footer: say("digest.footer", { firm: tenantName }),
    listLink: webLink(digest.link),
  };
}

/** "Closed since yesterday: Café Crémant (Churn risk), and 2 more.", or nothing. */
function closedText({ cleared, words: { say } }: WordedDigest): string | undefined {
  if (cleared === undefined) return undefined;
  const more = cleared.count - cleared.first.length;
  const names = cleared.first.map(
    ({ title, customerName }) => `${oneLine(customerName, NAME_LENGTH)} (${oneLine(title, NAME_LENGTH)})`,
  );
  return say("digest.closed", {
    text: [...names, ...(more > 0 ? [say("digest.more", { numb: more })] : [])].join(", "),
  });
}

/** Where nothing is listed: what the reader was told already, when and where; nothing where that is not known. */
export function toldText(digest: WordedDigest): string | undefined {
  const { told = [], lines: entries, sections, words } = digest;
  if (entries.length > 0 || told.length === 0) return undefined;
  const { say, formats } = words;
  const more = toldCountOf(sections) - told.length;
  const names = told.map(({ title, customerName, sent }) => {
    const name = `${oneLine(customerName, NAME_LENGTH)} (${oneLine(title, NAME_LENGTH)})`;
    if (sent === undefined) return say("told.alone", { name });
    return say(`told.${sent.channel}`, { name, date: formats.day(sent.on, "short"), time: sent.time });
  });
  return say("digest.toldBefore", {
    text: [...names, ...(more > 0 ? [say("digest.more", { numb: more })] : [])].join("; "),
  });
}

/** Whole sentences: what there is, what of it is new or was told before, what has ended, and up to when. */
function leadOf(digest: WordedDigest): string {
  const { to, sections, asOf, words } = digest;
  const { say, formats } = words;
  const { count, newCount } = digestTotalsOf(sections);
  const name = oneLine(to.name, NAME_LENGTH);
  const cnts = digestCountsOf(digest);
  const told = toldCountOf(sections);
  const closed = closedText(digest);
  return [
    name === "" ? say("digest.nameless", { cnts }) : say("digest.hello", { name, cnts }),
    ...(newCount === 0 ? [] : [say(newCount === count ? "digest.allNew" : "digest.new", { numb: newCount })]),
    ...(told === 0 ? [] : [toldText(digest) ?? say("digest.told", { numb: told })]),
    ...(closed === undefined ? [] : [closed]),
    say("digest.asOf", { date: formats.day(asOf, "long") }),
  ].join(" ");
}
