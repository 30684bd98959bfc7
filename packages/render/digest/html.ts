import type { DigestSales, DigestToDo } from "@regulars/core/notifications/message";
import type { WordedDigest, WordedEntry } from "../notifications/worded.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { type LineTexts, digestTexts, lineGroups, lineTexts, moreText, toldText } from "./line.ts";
import { digestSkeleton as skeleton } from "./digest-skeleton.ts";
import { BARS_WIDTH } from "../pictures/bars.ts";
import { SALES_PICTURE, salesTexts } from "./sales.ts";
import { toDoTexts } from "./to-do.ts";
import { NAME_LENGTH, WHY_LENGTH, clip, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";
import { fill } from "./skeleton.ts";

const PREHEADER_LENGTH = 140;

/** The HTML part of a digest; `ends` is the finished HTML of the links at its end. */
export function digestHtml(digest: WordedDigest, subject: string, ends = ""): string {
  const texts = digestTexts(digest);
  const card =
    listHtml(digest, texts.listLink) +
    toDoHtml(digest.toDo, digest.words, texts.listLink) +
    salesHtml(digest.sales, digest.words, texts.listLink);
  return fill(skeleton.page, {
    ...texts,
    language: digest.words.language,
    subject,
    preheader: preheaderOf(digest),
    card,
    endLinks: ends,
  });
}

/** A card with one of its contents. */
const cardHtml = (content: "section" | "toDo" | "sales" | "lowest", values: Readonly<Record<string, string>>): string =>
  fill(skeleton.card, { section: "", toDo: "", sales: "", lowest: "", [content]: fill(skeleton[content], values) });

/** The preview text that mail programs show after the subject: the first names and reasons. */
function preheaderOf(digest: WordedDigest): string {
  const first = lineGroups(digest).flatMap(({ lines }) => lines);
  const texts = first.slice(0, 3).map((line) => lineTexts(line, digest.words));
  const { toDo, words } = digest;
  const tasks = toDo === undefined || texts.length > 0 ? [] : toDoTexts(toDo, words).tasks.slice(0, 3);
  const told = texts.length + tasks.length > 0 ? undefined : toldText(digest);
  const said = [
    ...texts.map(({ customerName, why }) => `${customerName}: ${why}`),
    ...tasks.map(({ customerName, what }) => `${customerName}: ${what}`),
    ...(told === undefined ? [] : [told]),
  ];
  return clip(said.join(" · "), PREHEADER_LENGTH);
}

function listHtml(digest: WordedDigest, listLink: string): string {
  const more = moreText(digest);
  const groups = lineGroups(digest);
  return groups
    .map(({ title, lines }, index) =>
      cardHtml("section", {
        title,
        line: lines.map((line) => lineHtml(line, digest.words)).join("\n"),
        more: moreHtml(index < groups.length - 1 ? undefined : more, listLink),
      }),
    )
    .join("\n");
}

/** The card of what the reader has to do. */
function toDoHtml(given: DigestToDo | undefined, words: Words, listLink: string): string {
  if (given === undefined) return "";
  const { title, tasks, more } = toDoTexts(given, words);
  return cardHtml("toDo", {
    title,
    task: tasks.map((task) => fill(skeleton.task, task)).join("\n"),
    more: moreHtml(more, listLink),
  });
}

/** The last two cards: weekly sales and the lowest performers. */
function salesHtml(given: DigestSales | undefined, words: Words, listLink: string): string {
  if (given === undefined) return "";
  const { say } = words;
  const { gp, lowest, picture, ...week } = salesTexts(given, words);
  const sales = cardHtml("sales", {
    ...week,
    title: say("sales.title"),
    gp: gp === undefined ? "" : fill(skeleton.gp, { gp }),
    ...picture,
    width: String(BARS_WIDTH),
    source: `cid:${SALES_PICTURE}`,
  });
  if (lowest === undefined) return sales;
  return (
    sales +
    cardHtml("lowest", {
      title: say("lowest.title"),
      of: lowest.of,
      performer: lowest.rows.map((row) => fill(skeleton.performer, row)).join("\n"),
      more: moreHtml(say("lowest.other"), listLink),
    })
  );
}

/** The last row of a card, which leads to the whole list; none without a text. */
const moreHtml = (more: string | undefined, listLink: string): string =>
  more === undefined ? "" : fill(skeleton.more, { more, listLink });

function lineHtml(line: WordedEntry, words: Words): string {
  const { say } = words;
  const texts = lineTexts(line, words);
  const { mark, customerName, why, link, atStake } = texts;
  const marks = { high: "", medium: "", watch: "", [line.level]: fill(skeleton[line.level], { mark }) };
  return fill(skeleton.line, {
    ...marks,
    newMark: line.isNew ? fill(skeleton.newMark, { mark: say("line.new") }) : "",
    kind: oneLine(line.title, NAME_LENGTH),
    also: line.also
      .map((text) => fill(skeleton.also, { text: say("line.also", { text: oneLine(text, WHY_LENGTH) }) }))
      .join("\n"),
    customerName,
    why,
    link,
    open: say("line.open"),
    stake: atStake === undefined ? "" : fill(skeleton.stake, { label: say("line.atStake"), atStake }),
    followUp: followUpHtml(texts, words),
    ...contactHtml(texts, words),
  });
}

function followUpHtml({ followUp }: LineTexts, { say }: Words): string {
  if (followUp.join("") === "") return "";
  const followUpLines = followUp.map((text) => escapeFor("html", text)).join("<br>");
  return fill(skeleton.followUp, { label: say("line.message"), followUpLines });
}

/** A phone number, as a link if it can be dialled. */
function contactHtml({ contact }: LineTexts, { say }: Words): { call: string; spoken: string } {
  if (contact === undefined) return { call: "", spoken: "" };
  const { name, phone, tel } = contact;
  const call = say("line.call", { name });
  if (tel === undefined) return { call: "", spoken: fill(skeleton.spoken, { call, phone }) };
  return { call: fill(skeleton.call, { tel, call, phone }), spoken: "" };
}
