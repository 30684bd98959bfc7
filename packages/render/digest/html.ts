import type { DigestSales, DigestToDo } from "@regulars/core/notifications/message";
import type { WordedDigest, WordedEntry } from "../notifications/worded.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { type LineTexts, digestTexts, lineTexts, moreText } from "./line.ts";
import { digestSkeleton as skeleton } from "./digest-skeleton.ts";
import { salesTexts } from "./sales.ts";
import { NAME_LENGTH, WHY_LENGTH, clip, oneLine } from "../plain-text.ts";
import { toDoTexts } from "./to-do.ts";
import { fill } from "./skeleton.ts";

const PREHEADER_LENGTH = 140;

/** The HTML part of a digest. */
export function digestHtml(digest: WordedDigest, subject: string): string {
  const texts = digestTexts(digest);
  const section = listHtml(digest, texts);
  const sales = salesHtml(digest.sales, digest.locale, texts.listLink);
  return fill(skeleton.page, {
    ...texts,
    subject,
    preheader: preheaderOf(digest),
    section,
    toDo: toDoHtml(digest.toDo, digest.locale, texts.listLink),
    ...sales,
  });
}

/** The preview text that mail programs show after the subject: the first names and reasons. */
function preheaderOf({ lines, toDo, locale }: WordedDigest): string {
  const texts = lines.slice(0, 3).map((line) => lineTexts(line, locale));
  const tasks = toDo === undefined || texts.length > 0 ? [] : toDoTexts(toDo, locale).tasks.slice(0, 3);
  const said = [
    ...texts.map(({ customerName, why }) => `${customerName}: ${why}`),
    ...tasks.map(({ customerName, what }) => `${customerName}: ${what}`),
  ];
  return clip(said.join(" · "), PREHEADER_LENGTH);
}

function listHtml(digest: WordedDigest, { listTitle, listLink }: ReturnType<typeof digestTexts>): string {
  const { lines, locale } = digest;
  if (lines.length === 0) return "";
  const more = moreText(digest);
  return fill(skeleton.section, {
    title: listTitle,
    line: lines.map((line) => lineHtml(line, locale)).join("\n"),
    more: more === undefined ? "" : fill(skeleton.more, { more, listLink }),
  });
}

/** The card of what the reader has to do. */
function toDoHtml(given: DigestToDo | undefined, locale: string, listLink: string): string {
  if (given === undefined) return "";
  const { title, tasks, more } = toDoTexts(given, locale);
  return fill(skeleton.toDo, {
    toDoTitle: title,
    task: tasks.map((task) => fill(skeleton.task, task)).join("\n"),
    moreToDo: more === undefined ? "" : fill(skeleton.moreToDo, { more, listLink }),
  });
}

/** The last two cards: weekly sales and the lowest performers. */
function salesHtml(
  given: DigestSales | undefined,
  locale: string,
  listLink: string,
): { sales: string; lowest: string } {
  if (given === undefined) return { sales: "", lowest: "" };
  const { gp, lowest, ...week } = salesTexts(given, locale);
  const performer = lowest?.rows.map((row) => fill(skeleton.performer, row)).join("\n") ?? "";
  return {
    sales: fill(skeleton.sales, { ...week, gp: gp === undefined ? "" : fill(skeleton.gp, { gp }) }),
    lowest: lowest === undefined ? "" : fill(skeleton.lowest, { of: lowest.of, performer, listLink }),
  };
}

function lineHtml(line: WordedEntry, locale: string): string {
  const texts = lineTexts(line, locale);
  const { mark, customerName, why, link, atStake } = texts;
  const dirtyMarkers = { high: "", medium: "", watch: "", [line.level]: fill(skeleton[line.level], { mark }) };
  return fill(skeleton.line, {
    ...dirtyMarkers,
    newMark: line.isNew ? skeleton.newMark : "",
    kind: oneLine(line.title, NAME_LENGTH),
    also: line.also.map((text) => fill(skeleton.also, { text: oneLine(text, WHY_LENGTH) })).join("\n"),
    customerName,
    why,
    link,
    stake: atStake === undefined ? "" : fill(skeleton.stake, { atStake }),
    followUp: followUpHtml(texts),
    ...contactHtml(texts),
  });
}

function followUpHtml({ followUp }: LineTexts): string {
  if (followUp.join("") === "") return "";
  return fill(skeleton.followUp, { followUpLines: followUp.map((text) => escapeFor("html", text)).join("<br>") });
}

/** A phone number, as a link if it can be dialled. */
function contactHtml({ contact }: LineTexts): { call: string; spoken: string } {
  if (contact === undefined) return { call: "", spoken: "" };
  const { name: contactName, phone, tel } = contact;
  if (tel === undefined) return { call: "", spoken: fill(skeleton.spoken, { contactName, phone }) };
  return { call: fill(skeleton.call, { tel, contactName, phone }), spoken: "" };
}
